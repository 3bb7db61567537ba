/* coopsim - GPL-3.0-or-later
 *
 * Checksums. A sealed file ends in a line with the SHA-256 of all that stands before it. HDF5
 * readers do not look behind the end that a file gives itself, so the line is nobody's trouble;
 * and coopsim's own reader lets HDF5 see no byte of a file that is not what was sealed, since
 * HDF5 reads many damaged files wrong without a word. */
#ifndef COOP_IO_DIGEST_H
#define COOP_IO_DIGEST_H

#include "sim/base/status.h"

#include <stddef.h>

enum { COOP_DIGEST_TEXT = 65 /* 64 hexadecimal digits and the end */, COOP_SEAL_BYTES = 81 };

/* SHA-256 as text. */
void coop_digest(const void *bytes, size_t size, char ret[COOP_DIGEST_TEXT]);

/* Appends the line; the memory may move. */
enum coop_status coop_digest_append(void **bytes, size_t *size);

/* Reads the whole file, a piece at a time. COOP_REFUSED if it has no such line or the line does not
 * fit, COOP_IO if it cannot be read. `ret_size` (may be NULL) counts all bytes. */
enum coop_status coop_digest_verify(const char *path, char ret[COOP_DIGEST_TEXT], size_t *ret_size);

#endif
