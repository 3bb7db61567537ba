/* coopsim - GPL-3.0-or-later
 *
 * The result file as a whole: axes, general attributes, parts, provenance, sealing. */
#include "sim/io/store.h"

#include "sim/io/seal.h"
#include "sim/io/store_parts.h"

#include <stdio.h>
#include <stdlib.h>

const char *coop_store_library(void)
{
    static _Thread_local char text[48];
    unsigned major = 0, minor = 0, release = 0;
    H5get_libversion(&major, &minor, &release);
    snprintf(text, sizeof text, "HDF5 %u.%u.%u", major, minor, release);
    return text;
}

/* The run recorded longest gives the time axis; NULL without runs. */
static const struct coop_record *longest_record(const struct coop_result *result)
{
    const struct coop_record *longest = result->record;
    for (size_t r = 1; r < result->design->runs; r++)
        if (result->record[r].times > longest->times)
            longest = &result->record[r];
    return longest;
}

static enum coop_status check_weeks(const struct coop_result *result,
                                    const struct coop_record *longest)
{
    const struct coop_run_plan *plan = result->design->run;
    const char *longest_name = plan[longest - result->record].name;
    for (size_t r = 0; r < result->design->runs; r++)
        for (size_t t = 0; t < result->record[r].times; t++)
            if (result->record[r].week[t] != longest->week[t])
                return COOP_FAIL(COOP_USAGE,
                                 "runs `%s` and `%s` record different weeks (record %zu is after "
                                 "week %lld in one, after week %lld in the other): one file has "
                                 "one time axis, so record all cases at the same weeks or give "
                                 "each its own file",
                                 longest_name, plan[r].name, t + 1, (long long)longest->week[t],
                                 (long long)result->record[r].week[t]);
    return COOP_OK;
}

static size_t most_organisations(const struct coop_result *result)
{
    size_t most = 0;
    for (size_t r = 0; r < result->design->runs; r++)
        if (result->record[r].organisation != NULL && result->record[r].organisations > most)
            most = result->record[r].organisations;
    return most;
}

static enum coop_status make_axes(struct coop_store *store)
{
    const struct coop_result *result = store->result;
    const struct coop_record *longest = longest_record(result);
    size_t organisations = most_organisations(result);
    COOP_TRY(check_weeks(result, longest));
    COOP_TRY(
        coop_h5_scale(store->file, "run", result->design->runs, NULL, "1", "run", &store->run));
    COOP_TRY(coop_h5_scale(store->file, "time", longest->times, longest->week, "week",
                           "weeks lived", &store->time));
    if (organisations > 0)
        COOP_TRY(coop_h5_scale(store->file, "organisation", organisations, NULL, "1",
                               "number of the organisation in its economy", &store->organisation));
    return COOP_OK;
}

/* The axes' values are those of the parameters, `p_<name>(run)`. */
static enum coop_status write_design(const struct coop_store *store)
{
    const struct coop_design *design = store->result->design;
    char axes[COOP_AXES_MAX * 64] = "";
    size_t used = 0;
    if (design->kind == COOP_NO_SCHEME)
        return COOP_OK;
    for (size_t a = 0; a < design->axes && used < sizeof axes; a++)
        used += (size_t)snprintf(axes + used, sizeof axes - used, "%s%s", a > 0 ? " " : "",
                                 coop_design_axis_name(design, a));
    COOP_TRY(coop_h5_text_attribute(store->file, "design", coop_scheme_word(design->kind)));
    return coop_h5_text_attribute(store->file, "axes", axes);
}

static enum coop_status write_title(const struct coop_store *store)
{
    const struct coop_model *model = store->result->model;
    const struct coop_provenance *provenance = store->result->provenance;
    char title[512], source[128];
    bool named = provenance->title[0] != '\0';
    snprintf(title, sizeof title, "%s", named ? provenance->title : model->summary);
    snprintf(source, sizeof source, "coopsim %s (%s)", provenance->version, provenance->revision);
    COOP_TRY(coop_h5_text_attribute(store->file, "Conventions", "CF-1.8"));
    COOP_TRY(coop_h5_text_attribute(store->file, "title", title));
    COOP_TRY(coop_h5_text_attribute(store->file, "source", source));
    if (model->source != NULL && model->source[0] != '\0')
        COOP_TRY(coop_h5_text_attribute(store->file, "references", model->source));
    COOP_TRY(write_design(store));
    return coop_h5_text_attribute(store->file, "model", model->name);
}

static void fill_text(const void *context, size_t row, void *ret_row)
{
    const char *text = context;
    (void)row;
    if (text != NULL)
        *(const char **)ret_row = text;
}

static enum coop_status write_provenance(const struct coop_store *store)
{
    const struct coop_provenance *provenance = store->result->provenance;
    const struct {
        const char *name, *text, *long_name;
    } item[] = {
        {"config_text", provenance->config_text, "The configuration as the user gave it."},
        {"settings", provenance->settings, "The --set's of the command line, one a line."},
        {"resolved_config", provenance->resolved_config,
         "A configuration with every value that gives the same runs."},
        {"version", provenance->version, "Version of coopsim."},
        {"revision", provenance->revision, "Revision of its source."},
        {"compiler", provenance->compiler, "Compiler it was built with."},
        {"flags", provenance->flags, "Compiler flags of the model code."},
        {"libraries", provenance->libraries, "Libraries it ran with."},
    };
    enum coop_status status;
    hid_t group = -1;
    COOP_TRY(coop_h5_group(store->file, "provenance", &group));
    status = coop_h5_text_attribute(group, "long_name", "Where this result comes from.");
    for (size_t i = 0; i < sizeof item / sizeof *item && status == COOP_OK; i++) {
        struct coop_h5_variable variable = {.place = group,
                                            .name = item[i].name,
                                            .type = COOP_H5_TEXT,
                                            .fill_row = fill_text,
                                            .context = item[i].text};
        coop_h5_describe(&variable, NULL, item[i].long_name);
        status = coop_h5_write(&variable);
    }
    H5Gclose(group);
    return status;
}

static enum coop_status write_parts(struct coop_store *store)
{
    COOP_TRY(write_title(store));
    COOP_TRY(make_axes(store));
    COOP_TRY(coop_store_runs(store));
    COOP_TRY(coop_store_params(store));
    COOP_TRY(coop_store_measures(store));
    COOP_TRY(coop_store_regimes(store));
    COOP_TRY(coop_store_panel(store));
    COOP_TRY(coop_store_expect(store));
    return write_provenance(store);
}

static enum coop_status build(const struct coop_result *result, void **ret_bytes, size_t *ret_size)
{
    struct coop_h5_file file;
    enum coop_status status = coop_h5_file_open(&file);
    struct coop_store store = {.file = file.id, .result = result};
    if (status == COOP_OK)
        status = write_parts(&store);
    coop_h5_axis_close(&store.organisation);
    coop_h5_axis_close(&store.time);
    coop_h5_axis_close(&store.run);
    if (status == COOP_OK)
        return coop_h5_file_close(&file, ret_bytes, ret_size);
    coop_h5_file_close(&file, NULL, NULL);
    return status;
}

enum coop_status coop_store_write(const char *path, const struct coop_result *result, bool replace)
{
    void *bytes = NULL;
    size_t size = 0;
    H5E_auto2_t print = NULL;
    void *print_context = NULL;
    if (result->design->runs == 0)
        return COOP_FAIL(COOP_INTERNAL, "%s: there is no run to store", path);
    /* HDF5 would print every failure on stderr; the caller's own setting is put back. */
    H5Eget_auto2(H5E_DEFAULT, &print, &print_context);
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    enum coop_status status = build(result, &bytes, &size);
    H5Eset_auto2(H5E_DEFAULT, print, print_context);
    if (status == COOP_OK)
        status = coop_seal_write(path, bytes, size, replace);
    free(bytes);
    return status;
}
