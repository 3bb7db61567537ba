/* coopsim - GPL-3.0-or-later
 *
 * The reader of results: a file that `run` or `merge` wrote, or the directory of a sweep, finished
 * or not. Whatever reads results reads them here. Every byte has been compared with its checksum
 * before HDF5 sees it; what cannot be read right is refused with a sentence (COOP_REFUSED: foreign,
 * damaged, cut short, of another experiment, or not recorded; COOP_IO: cannot be read at all).
 *
 * Of the values only those asked for are in memory. */
#ifndef COOP_IO_READ_H
#define COOP_IO_READ_H

#include "sim/io/digest.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A sealed file: a shard of a sweep, or the whole. */
struct coop_sealed_file {
    char *path;
    const void *bytes; /* in place of the path: a file in memory, borrowed */
    size_t size;       /* bytes */
    char sha256[COOP_DIGEST_TEXT];
    int64_t *number; /* [rows] runs, rising */
    int8_t *status;  /* [rows] enum coop_run_status */
    size_t rows;
    int64_t file;  /* HDF5's, or -1 while it is closed */
    uint64_t used; /* when it was last used */
    bool listed;   /* of a shard: the manifest has it */
};

/* A shard that is not what it should be. */
struct coop_read_fault {
    char *path, *text;
};

/* The value of a parameter that all runs share. */
struct coop_fixed_param {
    bool is_read;
    double value;
};

enum { COOP_NO_SOURCE = -1 };
struct coop_place_of_run {
    int32_t source; /* COOP_NO_SOURCE: missing */
    int8_t status;
    uint32_t row;
};

struct coop_reader {
    char *path;
    bool is_sweep;
    struct coop_sealed_file *source;
    size_t sources;
    struct coop_read_fault *fault;
    size_t faults;
    struct coop_place_of_run *run; /* [runs] */
    size_t runs;                   /* of the whole design */
    size_t done, failed;           /* the others are missing */
    int64_t *week;                 /* [times] */
    size_t times;
    char **measure; /* [measures] */
    size_t measures;
    char **param;                   /* [params] rows, without "p_" */
    size_t params, params_by_run;   /* the first of them; the others are the same in all runs */
    struct coop_fixed_param *fixed; /* [params] as they were asked for; NULL: none yet */
    uint64_t clock;
};

/* To be closed in any case. A directory opens whatever shards it has; those at fault are in
 * `fault`. */
enum coop_status coop_reader_open(struct coop_reader *ret, const char *path);
void coop_reader_close(struct coop_reader *reader); /* safe on a zeroed struct */

/* COOP_REFUSED unless every run is done and no shard is at fault. */
enum coop_status coop_reader_require_whole(const struct coop_reader *reader);

/* The number of a measure, or a failure that names the nearest one. */
enum coop_status coop_reader_measure(const struct coop_reader *reader, const char *name,
                                     size_t *ret);

/* Runs [first, first + count); NAN where a run is not done or has no value. `ret_error` (may be
 * NULL): the standard error over organisations. */
enum coop_status coop_reader_finals(struct coop_reader *reader, size_t measure, size_t first,
                                    size_t count, double *ret_value, double *ret_error);
/* [count][times] */
enum coop_status coop_reader_series(struct coop_reader *reader, size_t measure, size_t first,
                                    size_t count, double *ret);
/* The standard deviation over organisations, [count][times]. */
enum coop_status coop_reader_spreads(struct coop_reader *reader, size_t measure, size_t first,
                                     size_t count, double *ret);
/* A parameter that is no list, or another number of each run ("point", "self", "replicate"). NAN
 * where the run is missing or its regimes differ. */
enum coop_status coop_reader_param(struct coop_reader *reader, const char *name, size_t first,
                                   size_t count, double *ret);
enum coop_status coop_reader_number(struct coop_reader *reader, const char *variable, size_t first,
                                    size_t count, double *ret);
/* "case", "twin" or "state_hash" of a run, "" if it is missing; to be freed. */
enum coop_status coop_reader_text(struct coop_reader *reader, const char *variable, size_t run,
                                  char **ret);
/* Of /provenance: "resolved_config", "version" ...; to be freed. */
enum coop_status coop_reader_provenance(struct coop_reader *reader, const char *name, char **ret);

/* Most regimes of a run: 0 if there are none with a name; measures are by regime from 2 on. */
enum coop_status coop_reader_regimes(struct coop_reader *reader, size_t *ret);
/* "" where the run has fewer; to be freed. */
enum coop_status coop_reader_regime_name(struct coop_reader *reader, size_t run, size_t regime,
                                         char **ret);
/* [count][times][regimes], NAN where the run has fewer; `ret_spread` is the standard deviation
 * over the organisations of a regime. */
enum coop_status coop_reader_regime_series(struct coop_reader *reader, size_t measure, size_t first,
                                           size_t count, double *ret_value, double *ret_spread);

/* Reads every variable of every source, which compares all of HDF5's own checksums, and checks the
 * structure and that the settings are those of the stored hash. */
enum coop_status coop_reader_verify(struct coop_reader *reader);

#endif
