/* coopsim - GPL-3.0-or-later
 *
 * Organisations with a board, a council or a manager, and who has a mandate in them. */
#ifndef COOP_TESTS_LAW_MANDATES_H
#define COOP_TESTS_LAW_MANDATES_H

#include "models/seo/rules/list.h"
#include "tests/law/village.h"

#define STILL "economy.organisations=12; allocation.leave=0; attendance.mode=all;"
#define BOARD "governance.rule=board; board.seats=3; board.term=12;"
#define OUTSIDE "governance.rule=manager; manager.from=outside;"

enum { BARRED = -1 };

static inline uint32_t mandate_of(const struct village *v, size_t o, size_t p)
{
    uint32_t value;
    memcpy(&value, village_place(&v->run, village_field(&v->run, "mandate"), 0, o, p), 4);
    return value;
}

static inline uint32_t label_of(const struct village *v, size_t o, size_t p)
{
    uint32_t value;
    memcpy(&value, village_place(&v->run, village_field(&v->run, "label"), 0, o, p), 4);
    return value;
}

static inline double value_of(const struct village *v, const char *field, size_t o)
{
    return *(double *)village_place(&v->run, village_field(&v->run, field), 0, o, 0);
}

/* Those whose mandate ends in a given week; every other must be 0. */
static inline size_t holders(const struct village *v, size_t o, uint32_t until)
{
    size_t count = 0;
    for (size_t p = 0; p < v->run.economy.size[o]; p++) {
        uint32_t mandate = mandate_of(v, o, p);
        assert_true(mandate == until || mandate == 0);
        count += mandate == until;
    }
    return count;
}

static inline double wish_of(const struct village *v, size_t o)
{
    return value_of(v, "manager_wish_hierarchy", o);
}

#endif
