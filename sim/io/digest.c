/* coopsim - GPL-3.0-or-later */
#include "sim/io/digest.h"

#include <errno.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PIECE = 1 << 16 };

static void print_digest(struct sha256_ctx *context, char ret[COOP_DIGEST_TEXT])
{
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_digest(context, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++)
        snprintf(ret + 2 * i, 3, "%02x", digest[i]);
}

void coop_digest(const void *bytes, size_t size, char ret[COOP_DIGEST_TEXT])
{
    struct sha256_ctx context;
    sha256_init(&context);
    sha256_update(&context, size, bytes);
    print_digest(&context, ret);
}

static void print_line(const char digest[COOP_DIGEST_TEXT], char ret[COOP_SEAL_BYTES + 1])
{
    snprintf(ret, COOP_SEAL_BYTES + 1, "\nsha256 %s coopsim\n", digest);
}

enum coop_status coop_digest_append(void **bytes, size_t *size)
{
    char digest[COOP_DIGEST_TEXT], line[COOP_SEAL_BYTES + 1];
    char *grown = realloc(*bytes, *size + COOP_SEAL_BYTES);
    if (grown == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory sealing %zu bytes", *size);
    *bytes = grown;
    coop_digest(grown, *size, digest);
    print_line(digest, line);
    memcpy(grown + *size, line, COOP_SEAL_BYTES);
    *size += COOP_SEAL_BYTES;
    return COOP_OK;
}

/* The digest of the first `size` bytes. */
static enum coop_status digest_file(FILE *file, const char *path, size_t size,
                                    char ret[COOP_DIGEST_TEXT])
{
    struct sha256_ctx context;
    uint8_t piece[PIECE];
    sha256_init(&context);
    while (size > 0) {
        const size_t wanted = size < sizeof piece ? size : sizeof piece;
        if (fread(piece, 1, wanted, file) != wanted)
            return COOP_FAIL(COOP_IO, "%s: cannot read: %s", path,
                             ferror(file) ? strerror(errno) : "it became shorter");
        sha256_update(&context, wanted, piece);
        size -= wanted;
    }
    print_digest(&context, ret);
    return COOP_OK;
}

static enum coop_status verify(FILE *file, const char *path, char ret[COOP_DIGEST_TEXT],
                               size_t *ret_size)
{
    struct stat found;
    char line[COOP_SEAL_BYTES + 1], stored[COOP_SEAL_BYTES] = "";
    if (fstat(fileno(file), &found) != 0)
        return COOP_FAIL(COOP_IO, "%s: cannot read: %s", path, strerror(errno));
    if (!S_ISREG(found.st_mode))
        return COOP_FAIL(COOP_REFUSED, "%s is not a file", path);
    const size_t size = (size_t)found.st_size;
    if (size <= COOP_SEAL_BYTES)
        return COOP_FAIL(COOP_REFUSED, "%s is no result of coopsim, or cut short", path);
    COOP_TRY(digest_file(file, path, size - COOP_SEAL_BYTES, ret));
    if (fread(stored, 1, sizeof stored, file) != sizeof stored)
        return COOP_FAIL(COOP_IO, "%s: cannot read its end", path);
    print_line(ret, line);
    if (memcmp(stored, line, 8) != 0 || memcmp(stored + 72, line + 72, 9) != 0)
        return COOP_FAIL(COOP_REFUSED, "%s is no result of coopsim, or cut short", path);
    if (memcmp(stored, line, sizeof stored) != 0)
        return COOP_FAIL(COOP_REFUSED, "%s is damaged: its checksum does not fit", path);
    if (ret_size != NULL)
        *ret_size = size;
    return COOP_OK;
}

enum coop_status coop_digest_verify(const char *path, char ret[COOP_DIGEST_TEXT], size_t *ret_size)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return COOP_FAIL(COOP_IO, "%s: cannot open: %s", path, strerror(errno));
    const enum coop_status status = verify(file, path, ret, ret_size);
    fclose(file);
    return status;
}
