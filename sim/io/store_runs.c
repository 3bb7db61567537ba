/* coopsim - GPL-3.0-or-later
 *
 * One value a run: which case, which twin, how it ended. */
#include "sim/io/store_parts.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { HASH_TEXT = 17 /* 16 digits and the end */ };

static struct coop_plan plan_of(const void *context, size_t row)
{
    const struct coop_result *result = context;
    return coop_design_plan(result->design, coop_store_number(result, row));
}

static void fill_case(const void *context, size_t row, void *ret_row)
{
    const struct coop_result *result = context;
    *(const char **)ret_row = coop_design_plan(result->design, plan_of(context, row).self).name;
}

static void fill_twin(const void *context, size_t row, void *ret_row)
{
    const struct coop_plan plan = plan_of(context, row);
    if (plan.twin != NULL)
        *(const char **)ret_row = plan.twin;
}

static void fill_point(const void *context, size_t row, void *ret_row)
{
    *(int64_t *)ret_row = (int64_t)plan_of(context, row).point;
}

static void fill_self(const void *context, size_t row, void *ret_row)
{
    *(int64_t *)ret_row = (int64_t)plan_of(context, row).self;
}

static void fill_replicate(const void *context, size_t row, void *ret_row)
{
    *(int64_t *)ret_row = (int64_t)plan_of(context, row).replicate;
}

static void fill_status(const void *context, size_t run, void *ret_row)
{
    const struct coop_result *result = context;
    *(int8_t *)ret_row = (int8_t)result->status[run];
}

static void fill_hash(const void *context, size_t run, void *ret_row)
{
    const char(*text)[HASH_TEXT] = context;
    *(const char **)ret_row = text[run];
}

/* Text, because R has no integer of 64 bits without sign. */
static enum coop_status write_hashes(const struct coop_store *store,
                                     struct coop_h5_variable variable)
{
    const struct coop_result *result = store->result;
    char(*text)[HASH_TEXT] = calloc(result->runs, sizeof *text);
    if (text == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory writing the hashes of the runs");
    for (size_t r = 0; r < result->runs; r++)
        if (result->status[r] == COOP_RUN_DONE)
            snprintf(text[r], sizeof text[r], "%016" PRIx64, result->record[r].state_hash);
    variable.context = text;
    enum coop_status status = coop_h5_write(&variable);
    free(text);
    return status;
}

enum coop_status coop_store_runs(const struct coop_store *store)
{
    const struct coop_result *result = store->result;
    const struct {
        const char *name, *units, *long_name, *choices;
        enum coop_h5_type type;
        void (*fill_row)(const void *context, size_t run, void *ret_row);
        const void *context;
    } item[] = {
        {"case", NULL, "name of the case", NULL, COOP_H5_TEXT, fill_case, result},
        {"twin", NULL, "which twin of the case the run is, empty for the case itself", NULL,
         COOP_H5_TEXT, fill_twin, result},
        {"point", "1", "number of the point of the design", NULL, COOP_H5_I64, fill_point, result},
        {"self", "1", "run that is the case itself, to compare a twin with", NULL, COOP_H5_I64,
         fill_self, result},
        {"replicate", "1", "number of the replicate", NULL, COOP_H5_I64, fill_replicate, result},
        {"status", "1", "how the run ended", "done|failed|stopped", COOP_H5_I8, fill_status,
         result},
        {"state_hash", NULL, "hash of the whole state at the end of the run, empty if not done",
         NULL, COOP_H5_TEXT, fill_hash, NULL},
    };
    for (size_t i = 0; i < sizeof item / sizeof *item; i++) {
        struct coop_h5_variable variable = {.place = store->file,
                                            .name = item[i].name,
                                            .type = item[i].type,
                                            .rank = 1,
                                            .axis = {store->run},
                                            .choices = item[i].choices,
                                            .fill_row = item[i].fill_row,
                                            .context = item[i].context};
        coop_h5_describe(&variable, item[i].units, item[i].long_name);
        COOP_TRY(item[i].context == NULL ? write_hashes(store, variable)
                                         : coop_h5_write(&variable));
    }
    return COOP_OK;
}
