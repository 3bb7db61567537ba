/* coopsim - GPL-3.0-or-later
 *
 * The checks over a design: every case and twin at every point, and the time axis of them all. */
#include "sim/engine/verify.h"

#include "sim/engine/recorder.h"
#include "sim/engine/run.h"
#include "sim/param/grow.h"

#include <stdio.h>

static const struct coop_settings *settings_of(const struct coop_param_set *set)
{
    return coop_param_values(set, COOP_TABLE_ENGINE);
}

/* A shorter run must record the same weeks as a longer one as far as it goes. */
static bool same_weeks(const struct coop_settings *a, const struct coop_settings *b)
{
    const size_t times = coop_recorder_times(a->weeks < b->weeks ? a : b);
    for (size_t number = 0; number < times; number++)
        if (coop_recorder_week(a, number) != coop_recorder_week(b, number))
            return false;
    return true;
}

/* Weeks and records of runs that have been looked at, each pair once. */
struct times {
    const struct coop_design *design;
    size_t *run;         /* [count] one that has them */
    int64_t (*weeks)[2]; /* [count] run.weeks, record.every */
    size_t count, longest;
};

static enum coop_status note_times(struct times *times, size_t run,
                                   const struct coop_settings *settings)
{
    for (size_t i = times->count; i-- > 0;)
        if (times->weeks[i][0] == settings->weeks && times->weeks[i][1] == settings->every)
            return COOP_OK;
    if (!coop_grow(&times->run, times->count, sizeof *times->run) ||
        !coop_grow(&times->weeks, times->count, sizeof *times->weeks))
        return COOP_FAIL(COOP_MEMORY, "out of memory for the weeks of the runs");
    times->run[times->count] = run;
    times->weeks[times->count][0] = settings->weeks;
    times->weeks[times->count][1] = settings->every;
    if (settings->weeks > times->weeks[times->longest][0])
        times->longest = times->count;
    times->count++;
    return COOP_OK;
}

/* One result file has one time axis: better said now than after the computation. */
static enum coop_status verify_times(const struct times *times, struct coop_problems *problems)
{
    char label[COOP_DESIGN_LABEL_SIZE], longest_label[COOP_DESIGN_LABEL_SIZE];
    const struct coop_settings longest = {.weeks = times->weeks[times->longest][0],
                                          .every = times->weeks[times->longest][1]};
    for (size_t i = 0; i < times->count; i++) {
        const struct coop_settings settings = {.weeks = times->weeks[i][0],
                                               .every = times->weeks[i][1]};
        struct coop_script script;
        if (same_weeks(&settings, &longest))
            continue;
        COOP_TRY(coop_design_script(times->design, times->run[i], &script));
        coop_problems_add(
            problems, coop_param_first_place(script.set, "record.every", "run.weeks"),
            "%s and %s record different weeks, and one result file has one time axis "
            "- give all the same record.every, and run.weeks that are multiples of "
            "it",
            coop_design_label(times->design, times->run[times->longest], longest_label),
            coop_design_label(times->design, times->run[i], label));
        coop_script_free(&script);
        break;
    }
    return COOP_OK;
}

static bool is_named(const struct coop_problems *problems, struct coop_place place)
{
    for (size_t i = 0; i < problems->count; i++) {
        const struct coop_place other = problems->item[i].place;
        if (other.line == place.line && other.column == place.column &&
            (other.file == place.file ||
             (other.file != NULL && place.file != NULL && strcmp(other.file, place.file) == 0)))
            return true;
    }
    return false;
}

/* "voice.know 4, governance.rule majority". */
static void write_point(const struct coop_design *design, size_t point, char *ret, size_t size)
{
    char text[COOP_AXIS_TEXT_SIZE];
    size_t used = 0;
    *ret = '\0';
    for (size_t a = 0; a < design->axes && used < size; a++)
        used += (size_t)snprintf(ret + used, size - used, "%s%s %s", a > 0 ? ", " : "",
                                 coop_design_axis_name(design, a),
                                 coop_design_axis_text(design, a, point, text));
}

/* Problems of a point: the same place is named once, with the first point that has it. */
static void add_of_point(const struct coop_design *design, size_t point,
                         const struct coop_problems *found, struct coop_problems *problems)
{
    const size_t before = problems->count;
    char values[256];
    for (size_t i = 0; i < found->count; i++) {
        const struct coop_problems known = {problems->item, before};
        if (is_named(&known, found->item[i].place))
            continue;
        write_point(design, point, values, sizeof values);
        coop_problems_add(problems, found->item[i].place, "%s (at %s)",
                          found->item[i].text != NULL ? found->item[i].text : "?", values);
    }
}

static enum coop_status verify_run(const struct coop_model *model, const struct coop_design *design,
                                   size_t run, struct times *times, struct coop_problems *problems)
{
    const struct coop_plan plan = coop_design_plan(design, run);
    struct coop_script script;
    struct coop_problems found = {0};
    struct coop_problems *into = design->axes > 0 ? &found : problems;
    COOP_TRY(coop_design_script(design, run, &script));
    for (size_t i = 0; i < coop_script_set_count(&script); i++)
        coop_set_verify(model, &script.set[i], into);
    if (plan.twin == NULL)
        coop_script_verify(model, &script, into);
    if (found.count > 0)
        add_of_point(design, plan.point, &found, problems);
    coop_problems_free(&found);
    const enum coop_status status =
        plan.twin == NULL ? note_times(times, run, settings_of(script.set)) : COOP_OK;
    coop_script_free(&script);
    return status;
}

/* Replicates have the same parameters, so that one of them stands for all. */
enum coop_status coop_design_verify(const struct coop_model *model,
                                    const struct coop_design *design,
                                    struct coop_problems *problems)
{
    struct times times = {.design = design};
    enum coop_status status = COOP_OK;
    for (size_t r = 0; r < design->points * design->entries && status == COOP_OK; r++)
        status = verify_run(model, design, r, &times, problems);
    if (status == COOP_OK)
        status = verify_times(&times, problems);
    free(times.run);
    free(times.weeks);
    coop_problems_sort(problems);
    return status;
}
