/* coopsim - GPL-3.0-or-later */
#include "sim/report/bands.h"

#include "sim/engine/run.h"
#include "sim/io/store.h"
#include "sim/report/moments.h"
#include "sim/report/phrase.h"

#include <gsl/gsl_cdf.h>
#include <stdlib.h>
#include <string.h>

enum { RUNS_AT_ONCE = 128 };

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for the lines of a figure");
}

double coop_interval_half(double deviation, double count)
{
    return count > 1 ? gsl_cdf_tdist_Pinv(.975, count - 1) * deviation / sqrt(count) : NAN;
}

static void name_band(const struct coop_report *report, const struct coop_grouping *grouping,
                      size_t group, struct coop_band *ret)
{
    const struct coop_design *design = report->design;
    const size_t twins = 1 + design->twins, slot = group / grouping->entries;
    const size_t entry = group % grouping->entries, of = entry / twins;
    ret->entry = entry;
    ret->point = grouping->by_point ? coop_grouping_point(grouping, slot) : SIZE_MAX;
    ret->twin = entry % twins > 0;
    ret->style = ret->twin ? -(int)(entry % twins) : (int)of;
    if (!ret->twin && grouping->by_point)
        ret->style = (int)(of * grouping->slots + slot);
    ret->label[0] = '\0';
    if (!grouping->by_point || design->cases > 1 || ret->twin)
        snprintf(ret->label, sizeof ret->label, "%s", design->name[entry]);
    if (ret->point != SIZE_MAX)
        coop_grouping_name_point(design, ret->point, ret->label, sizeof ret->label);
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

/* "3", or "2 to 3" where they are not alike. */
struct count_text {
    char text[96];
};
static struct count_text runs_of(const struct coop_bands *bands, size_t *ret_most)
{
    struct count_text ret;
    size_t least = SIZE_MAX, most = 0;
    for (size_t i = 0; i < bands->count; i++) {
        least = bands->band[i].runs < least ? bands->band[i].runs : least;
        most = bands->band[i].runs > most ? bands->band[i].runs : most;
    }
    *ret_most = most;
    if (least < most)
        snprintf(ret.text, sizeof ret.text, "%zu to %zu", least, most);
    else
        snprintf(ret.text, sizeof ret.text, "%zu", most);
    return ret;
}

/* How many points of the design have a run of an entry that is done. */
static size_t points_done(const struct coop_report *report, size_t entry)
{
    const struct coop_design *design = report->design;
    size_t done = 0;
    for (size_t p = 0; p < design->points; p++) {
        bool found = false;
        for (size_t run = p * design->entries + entry; run < report->reader->runs && !found;
             run += design->points * design->entries)
            found = report->reader->run[run].status == COOP_RUN_DONE;
        done += found;
    }
    return done;
}

/* `entry` SIZE_MAX: of every one of them. */
static struct count_text say_points(const struct coop_report *report, size_t entry)
{
    const struct coop_design *design = report->design;
    struct count_text ret;
    size_t least = SIZE_MAX, most = 0;
    for (size_t e = 0; e < design->entries; e++) {
        if (entry != SIZE_MAX && e != entry)
            continue;
        const size_t done = points_done(report, e);
        least = done < least ? done : least;
        most = done > most ? done : most;
    }
    if (least == design->points)
        snprintf(ret.text, sizeof ret.text, "all %zu points", most);
    else if (least == most)
        snprintf(ret.text, sizeof ret.text, "the %zu finished of %zu points", most, design->points);
    else
        snprintf(ret.text, sizeof ret.text, "the %zu to %zu finished of %zu points", least, most,
                 design->points);
    return ret;
}

static void tell_meaning(const struct coop_report *report, bool of_one_point, size_t entry,
                         const char *organisations, struct coop_bands *ret)
{
    size_t most;
    const struct count_text runs = runs_of(ret, &most);
    ret->is_of_runs = most > 1;
    ret->is_interval = most > 1 && of_one_point;
    if (ret->is_interval)
        snprintf(ret->meaning, sizeof ret->meaning,
                 "the 95 %% interval of the mean over %s replicates", runs.text);
    else if (most > 1)
        snprintf(ret->meaning, sizeof ret->meaning,
                 "one standard deviation up and down over the %s runs of %s of the design",
                 runs.text, say_points(report, entry).text);
    else if (organisations[0] != '\0')
        snprintf(ret->meaning, sizeof ret->meaning, "one standard deviation up and down over %s",
                 organisations);
}

static void count_organisations(const struct coop_report *report, char *ret, size_t size)
{
    const struct coop_settings *settings =
        coop_param_values(report->design->script[0].set, COOP_TABLE_ENGINE);
    ret[0] = '\0';
    if (settings->organisations > 1)
        snprintf(ret, size, "the %lld organisations", (long long)settings->organisations);
}

/* Each regime has a block of the organisations. */
static void count_in_regimes(const struct coop_script *script, char *ret, size_t size)
{
    const struct coop_settings *settings = coop_param_values(script->set, COOP_TABLE_ENGINE);
    struct coop_phrase words = {ret, size, 0};
    size_t begin = 0;
    ret[0] = '\0';
    coop_phrase_add(&words, "the organisations of the regime: ");
    for (size_t r = 0; r < script->regimes; r++) {
        const size_t end = coop_script_end(script, r, (size_t)settings->organisations);
        coop_phrase_add(&words, "%s%zu of %s", r > 0 ? ", " : "", end - begin,
                        script->regime[r].name);
        begin = end;
    }
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
            if (group == SIZE_MAX)
                continue;
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
    char organisations[64];
    count_organisations(report, organisations, sizeof organisations);
    enum coop_status status = allocate(report, grouping.groups, ret);
    if (status == COOP_OK)
        status = init_gathering(&gathering, grouping.groups, ret->times, ret->times);
    if (status == COOP_OK)
        status = gather(report, measure, &grouping, &gathering, ret);
    if (status == COOP_OK)
        tell_meaning(report, grouping.by_point || grouping.points == 1, SIZE_MAX, organisations,
                     ret);
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
    const struct coop_grouping joined = coop_grouping_joined(report);
    for (size_t first = 0; first < reader->runs; first += RUNS_AT_ONCE) {
        const size_t left = reader->runs - first;
        const size_t count = left < RUNS_AT_ONCE ? left : RUNS_AT_ONCE;
        COOP_TRY(coop_reader_regime_series(reader, measure, first, count, gathering->value,
                                           gathering->deviation));
        for (size_t i = 0; i < count; i++)
            if (coop_grouping_group(&joined, first + i) == entry &&
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
    char organisations[COOP_BAND_MEANING / 2];
    *ret = (struct coop_bands){0};
    count_in_regimes(script, organisations, sizeof organisations);
    COOP_TRY(coop_reader_regimes(report->reader, &regimes));
    enum coop_status status = allocate(report, regimes, ret);
    if (status == COOP_OK)
        status = init_gathering(&gathering, regimes, ret->times, ret->times * regimes);
    if (status == COOP_OK)
        status = gather_regimes(report, measure, entry, &gathering, ret);
    if (status == COOP_OK)
        tell_meaning(report, report->design->points == 1 || report->design->cut != NULL, entry,
                     organisations, ret);
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
