/* coopsim - GPL-3.0-or-later
 *
 * Final values of groups of runs. The points of a design are no sample of anything, so that where a
 * group has several each replicate is averaged over them before its interval is taken. */
#include "sim/report/bands.h"
#include "sim/report/moments.h"

#include <stdlib.h>

enum { RUNS_AT_ONCE = 128 };

/* Of a group. */
struct tally {
    struct coop_moments runs, errors, excess;
    struct coop_moments replicate;  /* the present one, over the points */
    struct coop_moments replicates; /* of the whole ones */
};

struct tallies {
    const struct coop_grouping *grouping;
    struct tally *tally; /* [groups] */
    uint8_t *seen;       /* [groups][points]; NULL where a group is of one point */
    size_t twins;
    double self_value; /* of the case that the present twins belong to */
};

static size_t points_of_group(const struct coop_grouping *grouping)
{
    return grouping->by_point ? 1 : grouping->points;
}

/* A replicate that lacks a point would differ from the others by that alone. */
static void end_replicate(struct tallies *tallies)
{
    const double whole = (double)points_of_group(tallies->grouping);
    for (size_t g = 0; g < tallies->grouping->groups; g++) {
        struct tally *tally = &tallies->tally[g];
        if (tally->replicate.count >= whole)
            coop_moments_add(&tally->replicates, coop_moments_mean(&tally->replicate));
        tally->replicate = (struct coop_moments){0};
    }
}

static void add_run(struct tallies *tallies, size_t run, double value, double error)
{
    const struct coop_grouping *grouping = tallies->grouping;
    const size_t block = grouping->points * grouping->entries;
    const size_t group = coop_grouping_group(grouping, run);
    const size_t self = run - run % grouping->entries % (1 + tallies->twins);
    if (run > 0 && run % block == 0)
        end_replicate(tallies);
    if (self == run)
        tallies->self_value = value;
    if (group == SIZE_MAX)
        return;
    struct tally *tally = &tallies->tally[group];
    coop_moments_add(&tally->runs, value);
    coop_moments_add(&tally->errors, error);
    coop_moments_add(&tally->replicate, value);
    coop_moments_add(&tally->excess, tallies->self_value - value);
    if (tallies->seen != NULL && isfinite(value))
        tallies->seen[group * grouping->points + run % block / grouping->entries] = 1;
}

static enum coop_status read_runs(struct coop_reader *reader, size_t measure,
                                  struct tallies *tallies)
{
    double value[RUNS_AT_ONCE], error[RUNS_AT_ONCE];
    for (size_t first = 0; first < reader->runs; first += RUNS_AT_ONCE) {
        const size_t left = reader->runs - first;
        const size_t count = left < RUNS_AT_ONCE ? left : RUNS_AT_ONCE;
        COOP_TRY(coop_reader_finals(reader, measure, first, count, value, error));
        for (size_t i = 0; i < count; i++)
            add_run(tallies, first + i, value[i], error[i]);
    }
    end_replicate(tallies);
    return COOP_OK;
}

static struct coop_final final_of(const struct tallies *tallies, size_t group)
{
    const struct tally *tally = &tallies->tally[group];
    const size_t points = points_of_group(tallies->grouping);
    struct coop_final final = {.mean = coop_moments_mean(&tally->runs),
                               .runs = (size_t)tally->runs.count,
                               .replicates = (size_t)tally->replicates.count,
                               .points = tally->runs.count > 0,
                               .excess = coop_moments_mean(&tally->excess),
                               .pairs = (size_t)tally->excess.count};
    double half =
        coop_interval_half(coop_moments_deviation(&tally->replicates), tally->replicates.count);
    if (points == 1 && final.runs == 1)
        half = 1.96 * coop_moments_mean(&tally->errors);
    final.low = final.mean - half;
    final.high = final.mean + half;
    if (tallies->seen != NULL) {
        final.points = 0;
        for (size_t p = 0; p < points; p++)
            final.points += tallies->seen[group * points + p];
    }
    return final;
}

enum coop_status coop_finals_read(const struct coop_report *report, size_t measure,
                                  const struct coop_grouping *grouping, struct coop_final *ret)
{
    struct tallies tallies = {.grouping = grouping, .twins = report->design->twins};
    const bool several = points_of_group(grouping) > 1;
    tallies.tally = calloc(grouping->groups + 1, sizeof *tallies.tally);
    tallies.seen = several ? calloc(grouping->groups * grouping->points + 1, 1) : NULL;
    enum coop_status status = COOP_OK;
    if (tallies.tally == NULL || (several && tallies.seen == NULL))
        status = COOP_FAIL(COOP_MEMORY, "out of memory for final values");
    else
        status = read_runs(report->reader, measure, &tallies);
    for (size_t g = 0; status == COOP_OK && g < grouping->groups; g++)
        ret[g] = final_of(&tallies, g);
    free(tallies.tally);
    free(tallies.seen);
    return status;
}
