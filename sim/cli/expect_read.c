/* coopsim - GPL-3.0-or-later
 *
 * Expectations, from results in files to findings. */
#include "sim/cli/expect.h"

#include "sim/io/results_source.h"

#include <math.h>
#include <stdlib.h>

/* One measure of one run. */
struct piece {
    struct coop_record record;
    double mean, error;
};

static enum coop_status read_values(struct coop_source *source, size_t run, size_t measure,
                                    struct piece *ret)
{
    bool there;
    size_t count;
    COOP_TRY(source->organisations(source->user, run, &count));
    double *value = calloc(count + 1, sizeof *value);
    ret->record.final_organisation = calloc(count + 1, sizeof *ret->record.final_organisation);
    enum coop_status status = value != NULL && ret->record.final_organisation != NULL
                                  ? COOP_OK
                                  : COOP_FAIL(COOP_MEMORY, "out of memory for an expectation");
    if (status == COOP_OK)
        status = source->values(source->user, run, measure, 0, count, value, &there);
    if (status == COOP_OK && !there)
        status = COOP_FAIL(COOP_REFUSED, "the results have no values of each organisation");
    for (size_t o = 0; status == COOP_OK && o < count; o++)
        ret->record.final_organisation[o] = (float)value[o];
    ret->record.organisations = count;
    free(value);
    return status;
}

static enum coop_status read_piece(struct coop_source *source, struct coop_reader *reader,
                                   const char *name, size_t measure, size_t run, struct piece *ret)
{
    size_t number;
    *ret = (struct piece){.record = {.measures = 1}};
    COOP_TRY(coop_reader_measure(reader, name, &number));
    COOP_TRY(coop_reader_finals(reader, number, run, 1, &ret->mean, &ret->error));
    ret->record.final_mean = &ret->mean;
    ret->record.final_error = &ret->error;
    return read_values(source, run, measure, ret);
}

static enum coop_status find(const struct coop_study *study, struct coop_source *source,
                             struct coop_reader *reader, const struct coop_expectation *expectation,
                             struct coop_finding *ret)
{
    const size_t measure = (size_t)coop_model_measure_find(study->model, expectation->measure);
    struct piece piece[2] = {{.mean = NAN}, {.mean = NAN}};
    size_t run, other;
    coop_expect_runs(&study->design, expectation, &run, &other);
    if (!source->finished(source->user, run) || !source->finished(source->user, other))
        return COOP_OK;
    enum coop_status status =
        read_piece(source, reader, expectation->measure, measure, run, &piece[0]);
    if (status == COOP_OK)
        status = read_piece(source, reader, expectation->measure, measure, other, &piece[1]);
    if (status == COOP_OK)
        coop_finding_make(expectation, coop_model_measure(study->model, measure), &piece[0].record,
                          &piece[1].record, 0, ret);
    free(piece[0].record.final_organisation);
    free(piece[1].record.final_organisation);
    return status;
}

enum coop_status coop_findings_read(const struct coop_study *study, struct coop_reader *reader,
                                    struct coop_finding **ret)
{
    const struct coop_config *config = &study->config;
    struct coop_results_source files;
    enum coop_status status = COOP_OK;
    *ret = calloc(config->expectations + 1, sizeof **ret);
    if (*ret == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for the expectations");
    coop_findings_init(*ret, config->expectations);
    coop_results_source_init(&files, reader, study->model, &study->design);
    struct coop_source source = coop_results_source(&files);
    for (size_t e = 0; status == COOP_OK && e < config->expectations; e++)
        status = find(study, &source, reader, &config->expectation[e], &(*ret)[e]);
    coop_results_source_free(&files);
    return status;
}
