/* coopsim - GPL-3.0-or-later
 *
 * The list `schedule:` of a configuration or a case: which parameters change in which week. */
#include "sim/param/assign.h"
#include "sim/param/grow.h"
#include "sim/param/text.h"
#include "sim/param/yaml.h"

enum { MONTH = 4 /* weeks: parameters hold for whole months */ };

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for the schedule");
}

void coop_schedule_free(struct coop_schedule *schedule)
{
    for (size_t i = 0; i < schedule->count; i++) {
        free(schedule->item[i].regime);
        coop_assignments_free(&schedule->item[i].set);
    }
    free(schedule->item);
    *schedule = (struct coop_schedule){0};
}

static void read_week(struct coop_change *change, const struct coop_yaml *week,
                      struct coop_problems *problems)
{
    int64_t value = 0;
    change->place = week->place;
    if (week->kind == COOP_YAML_NONE)
        return;
    if (week->kind != COOP_YAML_WORD || coop_read_whole(week->text, &value) != COOP_NUMBER_FINE) {
        coop_problems_add(problems, week->place, "a 'week' is a whole number, as in 260");
        return;
    }
    change->week = value;
    if (value <= 0)
        coop_problems_add(problems, week->place,
                          "week %lld is a schedule in the past: a run begins in week 0 - set the "
                          "value itself, outside of 'schedule'",
                          (long long)value);
    else if (value < MONTH)
        coop_problems_add(problems, week->place,
                          "week %lld is within the first month: a change holds from a month's "
                          "start, in weeks that are multiples of 4 - the nearest is 4",
                          (long long)value);
    else if (value % MONTH != 0)
        coop_problems_add(problems, week->place,
                          "week %lld is within a month: a change holds from a month's start, in "
                          "weeks that are multiples of 4 - the nearest are %lld and %lld",
                          (long long)value, (long long)(value / MONTH * MONTH),
                          (long long)(value / MONTH * MONTH + MONTH));
}

static enum coop_status read_regime(struct coop_change *change, const struct coop_yaml *regime,
                                    struct coop_problems *problems)
{
    const char *fault = coop_config_name_fault(regime);
    if (fault)
        coop_problems_add(problems, regime->place, "'regime' %s", fault);
    if (fault || regime->kind != COOP_YAML_WORD)
        return COOP_OK;
    change->regime_place = regime->place;
    change->regime = strdup(regime->text);
    return change->regime ? COOP_OK : no_memory();
}

static enum coop_status read_key(struct coop_change *change, const struct coop_yaml *key,
                                 struct coop_problems *problems)
{
    static const char *const known[] = {"week", "set", "regime", NULL};
    const char *near = coop_nearest_word(known, key->text);
    if (strcmp(key->text, "week") == 0) {
        read_week(change, key + 1, problems);
        return COOP_OK;
    }
    if (strcmp(key->text, "regime") == 0)
        return read_regime(change, key + 1, problems);
    if (strcmp(key->text, "set") == 0)
        return coop_assign_mapping(&change->set, key + 1, problems);
    coop_problems_add(problems, key->place, "unknown key '%s' in a schedule - %s%s%s",
                      coop_show(key->text).text,
                      near ? "did you mean '" : "its parameters go under 'set'", near ? near : "",
                      near ? "'?" : "");
    return COOP_OK;
}

static enum coop_status read_change(struct coop_change *change, const struct coop_yaml *entry,
                                    struct coop_problems *problems)
{
    for (size_t i = 0; i + 1 < entry->count; i += 2) {
        const struct coop_yaml *key = &entry->child[i];
        if (key->kind == COOP_YAML_WORD && !coop_assign_repeats(entry, i, problems))
            COOP_TRY(read_key(change, key, problems));
    }
    if (coop_yaml_find(entry, "week") == NULL)
        coop_problems_add(problems, entry->place,
                          "an entry of a schedule without a week - add 'week: 260'");
    if (coop_yaml_find(entry, "set") == NULL)
        coop_problems_add(problems, entry->place,
                          "an entry of a schedule that changes nothing - add 'set: {...}'");
    coop_assign_refuse_engine(&change->set,
                              "holds for a whole run and cannot change - set it outside of "
                              "'schedule'",
                              problems);
    return COOP_OK;
}

enum coop_status coop_config_read_schedule(struct coop_schedule *ret, const struct coop_yaml *list,
                                           struct coop_problems *problems)
{
    if (list->kind != COOP_YAML_LIST && list->kind != COOP_YAML_NONE)
        coop_problems_add(problems, list->place,
                          "'schedule' takes a list, each '- week: 260' with its 'set'");
    for (size_t i = 0; list->kind == COOP_YAML_LIST && i < list->count; i++) {
        const struct coop_yaml *entry = &list->child[i];
        if (entry->kind == COOP_YAML_NONE)
            continue;
        if (entry->kind != COOP_YAML_MAPPING) {
            coop_problems_add(problems, entry->place,
                              "an entry of a schedule is a mapping with 'week' and 'set'");
            continue;
        }
        if (!coop_grow(&ret->item, ret->count, sizeof *ret->item))
            return no_memory();
        ret->item[ret->count++] = (struct coop_change){.place = entry->place};
        COOP_TRY(read_change(&ret->item[ret->count - 1], entry, problems));
    }
    return COOP_OK;
}
