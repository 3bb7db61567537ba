/* coopsim - GPL-3.0-or-later */
#include "sim/report/bands.h"

#include "sim/engine/run.h"
#include "sim/io/store.h"
#include "sim/report/moments.h"

#include <gsl/gsl_cdf.h>
#include <stdlib.h>
#include <string.h>

enum { RUNS_AT_ONCE = 128, LINES_BY_POINT_MAX = 8 };

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for the lines of a figure");
}

struct coop_grouping coop_grouping_of(const struct coop_report *report)
{
    const struct coop_design *design = report->design;
    struct coop_grouping grouping = {.entries = design->entries, .points = design->points};
    grouping.by_point = design->points > 1 && design->points * design->cases <= LINES_BY_POINT_MAX;
    grouping.groups = design->entries * (grouping.by_point ? design->points : 1);
    return grouping;
}

size_t coop_grouping_group(const struct coop_grouping *grouping, size_t run)
{
    return grouping->by_point ? run % (grouping->points * grouping->entries)
                              : run % grouping->entries;
}

double coop_interval_half(double deviation, double count)
{
    return count > 1 ? gsl_cdf_tdist_Pinv(.975, count - 1) * deviation / sqrt(count) : NAN;
}

/* "voice.know 8, governance.rule mean" */
static void write_point(const struct coop_design *design, size_t point, char *ret, size_t size)
{
    size_t used = strlen(ret);
    for (size_t a = 0; a < design->axes && used + 1 < size; a++) {
        char value[COOP_AXIS_TEXT_SIZE];
        used += (size_t)snprintf(ret + used, size - used, "%s%s %s", used > 0 ? ", " : "",
                                 coop_design_axis_name(design, a),
                                 coop_design_axis_text(design, a, point, value));
    }
}

static void name_band(const struct coop_report *report, const struct coop_grouping *grouping,
                      size_t group, struct coop_band *ret)
{
    const struct coop_design *design = report->design;
    const struct coop_plan plan = coop_design_plan(design, group);
    const size_t twins = 1 + design->twins;
    ret->entry = group % grouping->entries;
    ret->point = grouping->by_point ? plan.point : SIZE_MAX;
    ret->twin = plan.twin != NULL;
    ret->style = ret->twin ? -(int)(ret->entry % twins) : (int)plan.case_number;
    if (!ret->twin && grouping->by_point)
        ret->style = (int)(plan.case_number * design->points + plan.point);
    ret->label[0] = '\0';
    if (!grouping->by_point || design->cases > 1)
        snprintf(ret->label, sizeof ret->label, "%s", plan.name);
    if (ret->point != SIZE_MAX)
        write_point(design, ret->point, ret->label, sizeof ret->label);
}

static enum coop_status allocate(const struct coop_report *report, size_t count,
                                 struct coop_bands *ret)
{
    const size_t times = report->reader->times;
    *ret = (struct coop_bands){.count = count, .times = times};
    ret->band = calloc(count + 1, sizeof *ret->band);
    ret->year = calloc(times + 1, sizeof *ret->year);
    ret->values = calloc(3 * count * times + 1, sizeof *ret->values);
    if (ret->band == NULL || ret->year == NULL || ret->values == NULL)
        return no_memory();
    for (size_t t = 0; t < times; t++)
        ret->year[t] = (double)report->reader->week[t] / 52;
    for (size_t i = 0; i < count; i++) {
        ret->band[i].mean = ret->values + 3 * i * times;
        ret->band[i].low = ret->band[i].mean + times;
        ret->band[i].high = ret->band[i].low + times;
    }
    return COOP_OK;
}

void coop_bands_free(struct coop_bands *bands)
{
    free(bands->band);
    free(bands->year);
    free(bands->values);
    *bands = (struct coop_bands){0};
}

/* Of each group and time; `spread` of the single runs' own standard deviations. */
struct gathering {
    struct coop_moments *moments, *spread; /* [groups][times] */
    double *value, *deviation;             /* [RUNS_AT_ONCE][times] */
};

static void free_gathering(struct gathering *gathering)
{
    free(gathering->moments);
    free(gathering->spread);
    free(gathering->value);
    free(gathering->deviation);
}

/* `cells`: values of a run. */
static enum coop_status init_gathering(struct gathering *ret, size_t groups, size_t times,
                                       size_t cells)
{
    *ret =
        (struct gathering){.moments = calloc(groups * times + 1, sizeof *ret->moments),
                           .spread = calloc(groups * times + 1, sizeof *ret->spread),
                           .value = calloc(RUNS_AT_ONCE * cells + 1, sizeof *ret->value),
                           .deviation = calloc(RUNS_AT_ONCE * cells + 1, sizeof *ret->deviation)};
    const bool whole = ret->moments && ret->spread && ret->value && ret->deviation;
    return whole ? COOP_OK : no_memory();
}

/* A group's band, given what was gathered; all bands of a figure are of one kind. */
static void finish_band(const struct gathering *gathering, size_t group,
                        const struct coop_bands *bands, struct coop_band *band)
{
    const size_t times = bands->times;
    for (size_t t = 0; t < times; t++) {
        const struct coop_moments *moments = &gathering->moments[group * times + t];
        const double deviation = coop_moments_deviation(moments);
        double half = coop_moments_mean(&gathering->spread[group * times + t]);
        if (bands->is_interval)
            half = coop_interval_half(deviation, moments->count);
        else if (bands->is_of_runs)
            half = deviation;
        band->mean[t] = coop_moments_mean(moments);
        band->low[t] = band->mean[t] - half;
        band->high[t] = band->mean[t] + half;
    }
}

static void tell_meaning(const struct coop_report *report, size_t runs, bool by_point,
                         struct coop_bands *ret)
{
    const struct coop_settings *settings =
        coop_param_values(report->design->script[0].set, COOP_TABLE_ENGINE);
    ret->is_of_runs = runs > 1;
    ret->is_interval = runs > 1 && (by_point || report->design->points == 1);
    if (ret->is_interval)
        snprintf(ret->meaning, sizeof ret->meaning,
                 "the 95 %% interval of the mean over %zu replicates", runs);
    else if (runs > 1)
        snprintf(ret->meaning, sizeof ret->meaning,
                 "one standard deviation up and down over the %zu runs of all %zu points of the "
                 "design",
                 runs, report->design->points);
    else if (settings->organisations > 1)
        snprintf(ret->meaning, sizeof ret->meaning,
                 "one standard deviation up and down over the %lld organisations",
                 (long long)settings->organisations);
}

static size_t most_runs(const struct coop_bands *bands)
{
    size_t most = 0;
    for (size_t i = 0; i < bands->count; i++)
        most = bands->band[i].runs > most ? bands->band[i].runs : most;
    return most;
}

static enum coop_status gather(const struct coop_report *report, size_t measure,
                               const struct coop_grouping *grouping, struct gathering *gathering,
                               struct coop_bands *ret)
{
    struct coop_reader *reader = report->reader;
    const size_t times = reader->times;
    for (size_t first = 0; first < reader->runs; first += RUNS_AT_ONCE) {
        const size_t left = reader->runs - first;
        const size_t count = left < RUNS_AT_ONCE ? left : RUNS_AT_ONCE;
        COOP_TRY(coop_reader_series(reader, measure, first, count, gathering->value));
        COOP_TRY(coop_reader_spreads(reader, measure, first, count, gathering->deviation));
        for (size_t i = 0; i < count; i++) {
            const size_t group = coop_grouping_group(grouping, first + i);
            ret->band[group].runs += reader->run[first + i].status == COOP_RUN_DONE;
            for (size_t t = 0; t < times; t++) {
                coop_moments_add(&gathering->moments[group * times + t],
                                 gathering->value[i * times + t]);
                coop_moments_add(&gathering->spread[group * times + t],
                                 gathering->deviation[i * times + t]);
            }
        }
    }
    return COOP_OK;
}

enum coop_status coop_bands_read(const struct coop_report *report, size_t measure,
                                 struct coop_bands *ret)
{
    struct gathering gathering = {.moments = NULL};
    const struct coop_grouping grouping = coop_grouping_of(report);
    enum coop_status status = allocate(report, grouping.groups, ret);
    if (status == COOP_OK)
        status = init_gathering(&gathering, grouping.groups, ret->times, ret->times);
    if (status == COOP_OK)
        status = gather(report, measure, &grouping, &gathering, ret);
    if (status == COOP_OK)
        tell_meaning(report, most_runs(ret), grouping.by_point, ret);
    for (size_t g = 0; status == COOP_OK && g < grouping.groups; g++) {
        name_band(report, &grouping, g, &ret->band[g]);
        finish_band(&gathering, g, ret, &ret->band[g]);
    }
    free_gathering(&gathering);
    return status;
}

static void add_regimes(const struct gathering *gathering, size_t i, size_t times,
                        struct coop_bands *ret)
{
    const size_t regimes = ret->count;
    for (size_t r = 0; r < regimes; r++) {
        ret->band[r].runs++;
        for (size_t t = 0; t < times; t++) {
            const size_t at = (i * times + t) * regimes + r;
            coop_moments_add(&gathering->moments[r * times + t], gathering->value[at]);
            coop_moments_add(&gathering->spread[r * times + t], gathering->deviation[at]);
        }
    }
}

/* The runs of one entry of the design. */
static enum coop_status gather_regimes(const struct coop_report *report, size_t measure,
                                       size_t entry, struct gathering *gathering,
                                       struct coop_bands *ret)
{
    struct coop_reader *reader = report->reader;
    for (size_t first = 0; first < reader->runs; first += RUNS_AT_ONCE) {
        const size_t left = reader->runs - first;
        const size_t count = left < RUNS_AT_ONCE ? left : RUNS_AT_ONCE;
        COOP_TRY(coop_reader_regime_series(reader, measure, first, count, gathering->value,
                                           gathering->deviation));
        for (size_t i = 0; i < count; i++)
            if ((first + i) % report->design->entries == entry &&
                reader->run[first + i].status == COOP_RUN_DONE)
                add_regimes(gathering, i, reader->times, ret);
    }
    return COOP_OK;
}

enum coop_status coop_bands_read_regimes(const struct coop_report *report, size_t measure,
                                         size_t entry, struct coop_bands *ret)
{
    struct gathering gathering = {.moments = NULL};
    const struct coop_script *script = &report->design->script[entry / (1 + report->design->twins)];
    size_t regimes;
    *ret = (struct coop_bands){0};
    COOP_TRY(coop_reader_regimes(report->reader, &regimes));
    enum coop_status status = allocate(report, regimes, ret);
    if (status == COOP_OK)
        status = init_gathering(&gathering, regimes, ret->times, ret->times * regimes);
    if (status == COOP_OK)
        status = gather_regimes(report, measure, entry, &gathering, ret);
    if (status == COOP_OK)
        tell_meaning(report, most_runs(ret), false, ret);
    for (size_t r = 0; status == COOP_OK && r < regimes; r++) {
        struct coop_band *band = &ret->band[r];
        band->style = (int)r;
        band->point = SIZE_MAX;
        snprintf(band->label, sizeof band->label, "%s",
                 r < script->regimes ? script->regime[r].name : "");
        finish_band(&gathering, r, ret, band);
    }
    free_gathering(&gathering);
    if (status == COOP_OK && script->regimes < ret->count)
        ret->count = script->regimes;
    return status;
}

static enum coop_status gather_finals(const struct coop_report *report, size_t measure,
                                      const struct coop_grouping *grouping,
                                      struct coop_moments *moments, struct coop_moments *errors)
{
    struct coop_reader *reader = report->reader;
    double value[RUNS_AT_ONCE], error[RUNS_AT_ONCE];
    for (size_t first = 0; first < reader->runs; first += RUNS_AT_ONCE) {
        const size_t left = reader->runs - first;
        const size_t count = left < RUNS_AT_ONCE ? left : RUNS_AT_ONCE;
        COOP_TRY(coop_reader_finals(reader, measure, first, count, value, error));
        for (size_t i = 0; i < count; i++) {
            const size_t group = coop_grouping_group(grouping, first + i);
            coop_moments_add(&moments[group], value[i]);
            coop_moments_add(&errors[group], error[i]);
        }
    }
    return COOP_OK;
}

enum coop_status coop_finals_read(const struct coop_report *report, size_t measure,
                                  const struct coop_grouping *grouping, struct coop_final *ret)
{
    struct coop_moments *moments = calloc(2 * grouping->groups + 1, sizeof *moments);
    if (moments == NULL)
        return no_memory();
    struct coop_moments *errors = moments + grouping->groups;
    const enum coop_status status = gather_finals(report, measure, grouping, moments, errors);
    for (size_t g = 0; status == COOP_OK && g < grouping->groups; g++) {
        const double deviation = coop_moments_deviation(&moments[g]);
        const double half = moments[g].count > 1 ? coop_interval_half(deviation, moments[g].count)
                                                 : 1.96 * coop_moments_mean(&errors[g]);
        ret[g].mean = coop_moments_mean(&moments[g]);
        ret[g].low = ret[g].mean - half;
        ret[g].high = ret[g].mean + half;
        ret[g].runs = (size_t)moments[g].count;
    }
    free(moments);
    return status;
}
