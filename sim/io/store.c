/* coopsim - GPL-3.0-or-later
 *
 * The result file as a whole: axes, general attributes, parts, provenance, sealing. */
#include "sim/io/store.h"

#include "sim/io/digest.h"
#include "sim/io/seal.h"
#include "sim/io/store_judged.h"
#include "sim/io/store_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *coop_store_library(void)
{
    static _Thread_local char text[48];
    unsigned major = 0, minor = 0, release = 0;
    H5get_libversion(&major, &minor, &release);
    snprintf(text, sizeof text, "HDF5 %u.%u.%u", major, minor, release);
    return text;
}

/* The layout of what was recorded. */
static enum coop_status lay_out(const struct coop_result *result, struct coop_layout *ret)
{
    COOP_TRY(coop_layout_init(ret, coop_store_script(result, 0)->set, result->kept,
                              coop_model_measure_count(result->model)));
    for (size_t r = 0; r < result->runs; r++) {
        const size_t number = coop_store_number(result, r);
        coop_layout_add_script(ret, coop_store_script(result, r));
        COOP_TRY(coop_layout_add_record(ret, coop_design_plan(result->design, number).name,
                                        &result->record[r]));
    }
    return COOP_OK;
}

/* Shards say which runs of the sweep they hold. */
static enum coop_status make_run_axis(struct coop_store *store)
{
    const struct coop_result *result = store->result;
    int64_t *number = malloc(result->runs * sizeof *number);
    if (number == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for %zu runs", result->runs);
    for (size_t r = 0; r < result->runs; r++)
        number[r] = (int64_t)coop_store_number(result, r);
    const enum coop_status status =
        coop_h5_scale(store->file, "run", result->runs, number, "1", "run", &store->run);
    free(number);
    return status;
}

enum coop_status coop_store_time(const struct coop_store *store, hid_t group,
                                 struct coop_h5_axis *ret)
{
    return coop_h5_scale(group, "time", store->layout->times, store->layout->week, "week",
                         "weeks lived", ret);
}

static enum coop_status make_axes(struct coop_store *store)
{
    const struct coop_layout *layout = store->layout;
    COOP_TRY(make_run_axis(store));
    COOP_TRY(coop_store_time(store, store->file, &store->time));
    if (layout->organisations > 0)
        COOP_TRY(coop_h5_scale(store->file, "organisation", layout->organisations, NULL, "1",
                               "number of the organisation in its economy", &store->organisation));
    return COOP_OK;
}

/* What tells runs apart; xarray makes coordinates of the variables that are named here. */
static enum coop_status write_coordinates(const struct coop_store *store)
{
    const struct coop_design *design = store->result->design;
    char names[64 + COOP_AXES_MAX * 64] = "case twin point replicate";
    size_t used = strlen(names);
    for (size_t a = 0; a < design->axes && used < sizeof names; a++)
        used += (size_t)snprintf(names + used, sizeof names - used, " p_%s",
                                 coop_design_axis_name(design, a));
    return coop_h5_text_attribute(store->file, "coordinates", names);
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
    char title[512], source[128], digest[COOP_DIGEST_TEXT];
    bool named = provenance->title[0] != '\0';
    snprintf(title, sizeof title, "%s", named ? provenance->title : model->summary);
    snprintf(source, sizeof source, "coopsim %s (%s)", provenance->version, provenance->revision);
    COOP_TRY(coop_h5_text_attribute(store->file, "Conventions", "CF-1.8"));
    COOP_TRY(coop_h5_text_attribute(store->file, "title", title));
    COOP_TRY(coop_h5_text_attribute(store->file, "source", source));
    coop_digest(provenance->resolved_config, strlen(provenance->resolved_config), digest);
    COOP_TRY(coop_h5_text_attribute(store->file, "settings_sha256", digest));
    if (model->source != NULL && model->source[0] != '\0')
        COOP_TRY(coop_h5_text_attribute(store->file, "references", model->source));
    COOP_TRY(write_design(store));
    COOP_TRY(write_coordinates(store));
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
    return write_provenance(store);
}

static enum coop_status build(const struct coop_result *result, const struct coop_layout *layout,
                              void **ret_bytes, size_t *ret_size)
{
    struct coop_h5_file file;
    enum coop_status status = coop_h5_file_open(&file);
    struct coop_store store = {.file = file.id, .result = result, .layout = layout};
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

static enum coop_status add_judged(const struct coop_result *result, void **bytes, size_t *size)
{
    const struct coop_judged_result judged = {.model = result->model,
                                              .design = result->design,
                                              .expectation = result->expectation,
                                              .finding = result->finding,
                                              .expectations = result->expectations,
                                              .hypothesis = result->hypothesis,
                                              .judgement = result->judgement,
                                              .hypotheses = result->hypotheses};
    return result->expectations + result->hypotheses > 0 ? coop_store_judged(bytes, size, &judged)
                                                         : COOP_OK;
}

enum coop_status coop_store_build(const struct coop_result *result, void **ret_bytes,
                                  size_t *ret_size)
{
    struct coop_layout own = {0};
    struct coop_h5_quiet quiet;
    enum coop_status status = COOP_OK;
    *ret_bytes = NULL;
    if (result->runs == 0)
        return COOP_FAIL(COOP_INTERNAL, "there is no run to store");
    if (result->layout == NULL)
        status = lay_out(result, &own);
    coop_h5_quiet_begin(&quiet);
    if (status == COOP_OK)
        status = build(result, result->layout != NULL ? result->layout : &own, ret_bytes, ret_size);
    coop_h5_quiet_end(&quiet);
    coop_layout_free(&own);
    if (status == COOP_OK)
        status = coop_digest_append(ret_bytes, ret_size);
    return status == COOP_OK ? add_judged(result, ret_bytes, ret_size) : status;
}

enum coop_status coop_store_write(const char *path, const struct coop_result *result, bool replace)
{
    void *bytes = NULL;
    size_t size = 0;
    enum coop_status status = coop_store_build(result, &bytes, &size);
    if (status == COOP_OK)
        status = coop_seal_write(path, bytes, size, replace);
    free(bytes);
    return status;
}
