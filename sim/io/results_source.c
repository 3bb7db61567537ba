/* coopsim - GPL-3.0-or-later */
#include "sim/io/results_source.h"

#include "sim/io/store.h"

#include <math.h>
#include <stdio.h>

enum { YEAR = 52 };

void coop_results_source_init(struct coop_results_source *ret, struct coop_reader *reader,
                              const struct coop_model *model, const struct coop_design *design)
{
    *ret = (struct coop_results_source){
        .blocks = {.reader = reader}, .model = model, .design = design};
}

void coop_results_source_free(struct coop_results_source *source)
{
    coop_blocks_free(&source->blocks);
}

static bool finished(void *user, size_t run)
{
    const struct coop_results_source *source = user;
    const struct coop_reader *reader = source->blocks.reader;
    return run < reader->runs && reader->run[run].source != COOP_NO_SOURCE &&
           reader->run[run].status == COOP_RUN_DONE;
}

/* The run's numbers in the variable `head` + `name` + `tail`. */
static enum coop_status find_row(struct coop_results_source *source, const char *head,
                                 const char *name, const char *tail, size_t run,
                                 const double **ret_row, size_t *ret_cells)
{
    char variable[COOP_BLOCK_NAME];
    snprintf(variable, sizeof variable, "%s%s%s", head, name, tail);
    return coop_blocks_row(&source->blocks, variable, run, ret_row, ret_cells);
}

static enum coop_status parameter(void *user, size_t run, const char *name, double *ret)
{
    struct coop_results_source *source = user;
    const double *row;
    size_t cells;
    COOP_TRY(find_row(source, "p_", name, "", run, &row, &cells));
    if (row == NULL) /* all runs share it, or nobody has it */
        return coop_reader_param(source->blocks.reader, name, run, 1, ret);
    if (cells != 1)
        return COOP_FAIL(COOP_REFUSED, "%s has no parameter '%s' with one value a run",
                         source->blocks.reader->path, name);
    *ret = row[0];
    return COOP_OK;
}

static enum coop_status organisations(void *user, size_t run, size_t *ret)
{
    double number = 0;
    COOP_TRY(parameter(user, run, "economy.organisations", &number));
    *ret = number >= 1 ? (size_t)number : 0;
    return COOP_OK;
}

static const char *name_of(const struct coop_results_source *source, size_t measure)
{
    return coop_model_measure(source->model, measure)->name;
}

static enum coop_status value(void *user, size_t run, size_t measure, double *ret)
{
    struct coop_results_source *source = user;
    const double *row;
    size_t cells, number;
    COOP_TRY(find_row(source, "", name_of(source, measure), "_final", run, &row, &cells));
    if (row == NULL)
        return coop_reader_measure(source->blocks.reader, name_of(source, measure), &number);
    *ret = row[0];
    return COOP_OK;
}

static enum coop_status refuse_size(const struct coop_results_source *source, size_t measure)
{
    return COOP_FAIL(COOP_REFUSED, "%s has fewer organisations of '%s' than its runs",
                     source->blocks.reader->path, name_of(source, measure));
}

static enum coop_status read_finals(struct coop_results_source *source, size_t run, size_t measure,
                                    size_t count, double *ret, bool *ret_there)
{
    const double *row;
    size_t cells;
    COOP_TRY(find_row(source, "", name_of(source, measure), "_final_by_organisation", run, &row,
                      &cells));
    *ret_there = row != NULL;
    if (row != NULL && cells < count)
        return refuse_size(source, measure);
    for (size_t o = 0; o < count && row != NULL; o++)
        ret[o] = row[o];
    return COOP_OK;
}

/* Mean over the records of the 52 weeks that end in week `end`; `row` [times][organisations]. */
static void mean_of_year(const struct coop_reader *reader, const double *row, size_t organisations,
                         double end, size_t count, double *ret)
{
    const double before = end > YEAR ? end - YEAR : 0;
    for (size_t o = 0; o < count; o++) {
        double sum = 0, records = 0;
        for (size_t t = 0; t < reader->times; t++) {
            const double week = (double)reader->week[t], at = row[t * organisations + o];
            if (!(week > before && week <= end) || isnan(at))
                continue;
            sum += at;
            records += 1;
        }
        ret[o] = records > 0 ? sum / records : (double)NAN;
    }
}

static enum coop_status read_earlier(struct coop_results_source *source, size_t run, size_t measure,
                                     int64_t shift, size_t count, double *ret, bool *ret_there)
{
    const struct coop_reader *reader = source->blocks.reader;
    const double *row;
    double weeks = 0;
    size_t cells;
    COOP_TRY(parameter(source, run, "run.weeks", &weeks));
    COOP_TRY(find_row(source, "", name_of(source, measure), "_by_organisation", run, &row, &cells));
    *ret_there = row != NULL;
    if (row == NULL)
        return COOP_OK;
    if (reader->times == 0 || cells % reader->times != 0 || cells / reader->times < count)
        return refuse_size(source, measure);
    mean_of_year(reader, row, cells / reader->times, weeks - (double)shift, count, ret);
    return COOP_OK;
}

static enum coop_status values(void *user, size_t run, size_t measure, int64_t shift, size_t count,
                               double *ret, bool *ret_there)
{
    struct coop_results_source *source = user;
    const bool together = coop_model_measure(source->model, measure)->pool != NULL;
    *ret_there = true;
    for (size_t o = 0; o < count && together; o++)
        ret[o] = NAN;
    if (together)
        return COOP_OK;
    return shift > 0 ? read_earlier(source, run, measure, shift, count, ret, ret_there)
                     : read_finals(source, run, measure, count, ret, ret_there);
}

struct coop_source coop_results_source(struct coop_results_source *source)
{
    return (struct coop_source){.user = source,
                                .design = source->design,
                                .finished = finished,
                                .organisations = organisations,
                                .values = values,
                                .value = value,
                                .parameter = parameter};
}
