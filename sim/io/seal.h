/* coopsim - GPL-3.0-or-later
 *
 * Sealing: a file appears under its name whole and durable, or not at all: bytes -> temporary name
 * in the same directory (O_EXCL) -> fsync -> rename without replace -> fsync of the directory. */
#ifndef COOP_IO_SEAL_H
#define COOP_IO_SEAL_H

#include "sim/base/status.h"

#include <stdbool.h>
#include <stddef.h>

/* Before hours are spent: can a file be created at `path`? COOP_CANNOT_CREATE if it exists (and
 * not `replace`), its directory is missing or not writable, or less than `bytes` are free. */
enum coop_status coop_seal_check(const char *path, size_t bytes, bool replace);

/* Writes and seals. COOP_IO on a full disk, with the temporary file removed. */
enum coop_status coop_seal_write(const char *path, const void *bytes, size_t size, bool replace);

/* Removes what was left half-written for `path` by processes that ended meanwhile; to be called where
 * no other process writes it. */
void coop_seal_clear(const char *path);

#endif
