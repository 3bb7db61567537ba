/* coopsim - GPL-3.0-or-later
 *
 * Which runs are drawn as one line, and what the lines are called. */
#include "sim/report/bands.h"
#include "sim/report/phrase.h"

#include <string.h>

enum { LINES_BY_POINT_MAX = 8, LINES_OF_ARROWS_MAX = 24 };

static size_t bits_of(uint32_t set)
{
    size_t bits = 0;
    for (; set != 0; set &= set - 1)
        bits++;
    return bits;
}

/* Of many sets of arrows those that can be told apart: none cut, each cut alone, all cut. */
static void choose_sets(const struct coop_design *design, struct coop_grouping *ret)
{
    ret->chooses = true;
    for (size_t p = 0; p < design->points && ret->slots < COOP_GROUPING_CHOSEN_MAX; p++) {
        const size_t cut = bits_of(design->cut[p]);
        if (cut <= 1 || cut == design->axes)
            ret->chosen[ret->slots++] = p;
    }
}

static void choose_intact(struct coop_grouping *ret)
{
    ret->chooses = true;
    ret->slots = 1;
    ret->chosen[0] = 0;
}

static struct coop_grouping finish(struct coop_grouping grouping)
{
    grouping.groups = grouping.entries * (grouping.by_point ? grouping.slots : 1);
    return grouping;
}

struct coop_grouping coop_grouping_of(const struct coop_report *report)
{
    const struct coop_design *design = report->design;
    struct coop_grouping grouping = {.entries = design->entries, .points = design->points};
    const bool few = design->points > 1 && design->points * design->cases <= LINES_BY_POINT_MAX;
    grouping.by_point = few || design->cut != NULL;
    if (few)
        grouping.slots = design->points;
    else if (design->cut != NULL && (design->axes + 2) * design->cases <= LINES_OF_ARROWS_MAX)
        choose_sets(design, &grouping);
    else if (design->cut != NULL)
        choose_intact(&grouping);
    return finish(grouping);
}

struct coop_grouping coop_grouping_joined(const struct coop_report *report)
{
    const struct coop_design *design = report->design;
    struct coop_grouping grouping = {.entries = design->entries, .points = design->points};
    grouping.by_point = design->cut != NULL;
    if (design->cut != NULL)
        choose_intact(&grouping);
    return finish(grouping);
}

struct coop_grouping coop_grouping_points(const struct coop_report *report)
{
    const struct coop_design *design = report->design;
    return finish((struct coop_grouping){.entries = design->entries,
                                         .points = design->points,
                                         .by_point = true,
                                         .slots = design->points});
}

size_t coop_grouping_point(const struct coop_grouping *grouping, size_t slot)
{
    return grouping->chooses ? grouping->chosen[slot] : slot;
}

size_t coop_grouping_group(const struct coop_grouping *grouping, size_t run)
{
    const size_t entry = run % grouping->entries;
    const size_t point = run / grouping->entries % grouping->points;
    if (!grouping->by_point)
        return entry;
    if (!grouping->chooses)
        return point * grouping->entries + entry;
    for (size_t slot = 0; slot < grouping->slots; slot++)
        if (grouping->chosen[slot] == point)
            return slot * grouping->entries + entry;
    return SIZE_MAX;
}

static const char *short_name(const struct coop_design *design, size_t axis)
{
    const char *name = coop_design_axis_name(design, axis), *dot = strrchr(name, '.');
    return dot != NULL ? dot + 1 : name;
}

/* "all intact", "cut: office_voice + power_org" */
static void say_set(const struct coop_design *design, size_t point, struct coop_phrase *words)
{
    const uint32_t cut = design->cut[point];
    size_t said = 0;
    if (cut == 0 || bits_of(cut) == design->axes) {
        coop_phrase_add(words, "%s", cut == 0 ? "all intact" : "all cut");
        return;
    }
    for (size_t a = 0; a < design->axes; a++)
        if (cut >> a & 1)
            coop_phrase_add(words, "%s%s", said++ > 0 ? " + " : "cut: ", short_name(design, a));
}

void coop_grouping_name_point(const struct coop_design *design, size_t point, char *ret,
                              size_t size)
{
    struct coop_phrase words = {ret, size, strlen(ret)};
    if (words.used > 0)
        coop_phrase_add(&words, ", ");
    if (design->cut != NULL) {
        say_set(design, point, &words);
        return;
    }
    for (size_t a = 0; a < design->axes; a++) {
        char value[COOP_AXIS_TEXT_SIZE];
        coop_phrase_add(&words, "%s%s %s", a > 0 ? ", " : "", coop_design_axis_name(design, a),
                        coop_design_axis_text(design, a, point, value));
    }
}
