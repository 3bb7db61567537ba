/* coopsim - GPL-3.0-or-later */
#include "tests/law/configurations.h"

#include <stdio.h>
#include <string.h>

#define FEW "economy.organisations=12;"
#define SIZES "economy.sizes=list; economy.size_list=[1, 2, 3, 4, 5, 7, 12, 20, 33];" FEW
/* Every counter-mechanism, from some week on. */
#define COUNTERS                                                                                   \
    FEW "rotation.on=true; rotation.start=5; rotation.every=7; job_balance.on=true;"               \
        "job_balance.start=8; job_balance.strength=.3; term_limit.on=true; term_limit.start=9;"    \
        "term_limit.weeks=6; open_book.on=true; open_book.start=3; training.on=true;"              \
        "training.start=2; association_building.on=true; association_building.start=6;"

/* The first has much on at once. */
static const char *const seo[] = {
    FEW "economy.sizes=lognormal; economy.size_spread=1.5; allocation.leave=.02; rotation.on=true; "
        "rotation.start=8;"
        "rotation.every=6; rotation.share=.4; job_balance.on=true; job_balance.start=12;"
        "job_balance.strength=.5; market.competition=1; rights.workers=.6; mechanisation.start=.9",
    SIZES,
    SIZES "allocation.leave=.05; rights.workers=.1; rights.outsiders=neutral; market.pressure=1",
    SIZES "attendance.mode=expected; association.absent=proxy; rights.workers=.55;"
          "rights.delegation=formal; division.start=1; hierarchy.start=1",
    FEW "attendance.mode=all; voice.know=30; division.start=0; hierarchy.start=0; economy.size=7",
    SIZES "attendance.intercept=-4; rotation.on=true; rotation.share=0; positions.span=2",
    FEW "arrows.twin=exposure; rights.workers=.3; allocation.leave=.02",
    FEW "arrows.twin=voiceless; governance.on=false; allocation.leave=.02",
    FEW "economy.sizes=list; economy.size_list=[129, 150, 128]; rotation.on=true",
    FEW "governance.rule=majority; rights.workers=.6; outsiders.owners=.4; outsiders.consumers=.2;"
        "outsiders.funders=.2; outsiders.community=.2; rotation.on=true; rotation.every=3;"
        "decide.rotation=true; job_balance.on=true; decide.job_balance=true; decide.every=4;"
        "market.competition=1",
    FEW "outsiders.owners=.4; outsiders.consumers=.2; outsiders.funders=.2; outsiders.community=.2;"
        "rights.workers=.5",
    FEW "governance.rule=board; board.seats=2; board.term=9; recall.on=true; recall.every=5;"
        "recall.tolerance=.08; allocation.leave=.02; rights.workers=.8; governance.every=3",
    SIZES "governance.rule=manager; manager.term=7; governance.every=2; allocation.leave=.05",
    FEW "governance.rule=manager; manager.from=outside; manager.drift=.3; recall.on=true;"
        "recall.every=12; decide.recall=true; decide.every=8; decide.intercept=1",
    FEW "governance.rule=score; score.options=7; score.strategic=.4; rights.workers=.7;"
        "sortition.on=true; sortition.start=20; sortition.end=44; sortition.seats=4;"
        "sortition.term=6; allocation.leave=.01",
    SIZES "governance.rule=consensus; consensus.threshold=.7; decide.rule=true; decide.every=4;"
          "decide.rules=[patronage, self_management, board, manager, sortition, score]",
    FEW "governance.rule=self_management; technology.enabling=.2; formalisation.enabling=.7;"
        "attendance.mode=expected; decide.rule=true; decide.every=8",
    SIZES "gender.share=.4; gender.autonomy=-.5; gender.voice=-.7; gender.allocation=-1;"
          "race.share=.3; race.autonomy=.4; race.voice=-.5; race.allocation=-2; homophily.race=.7;"
          "homophily.gender=1; education.shares=[.2, .3, .3, .2]; rights.hired=.2;"
          "allocation.leave=.05; rights.workers=.6; association.absent=proxy",
    FEW "rights.hired=.5; education.shares=[.4, .3, .2, .1]; governance.rule=majority;"
        "gender.share=.5; gender.voice=-1; attendance.mode=expected; rotation.on=true;"
        "rotation.every=3; allocation.leave=.02",
    SIZES "rights.workers=0; rights.left_inside=0; technology.enabling=1; outlook.spread=3",
    COUNTERS "rotation.order=empowered; rotation.refusal=.3; rotation.training_loss=.2;"
             "economy.sizes=list; economy.size_list=[3, 20, 9, 9, 9, 9, 9, 9, 9, 9, 33];"
             "allocation.leave=.02; market.competition=1",
    COUNTERS SIZES "rotation.order=in_turn; rotation.share=.3; rotation.refusal=.6;"
                   "attendance.mode=expected; decide.every=4; decide.rotation=true;"
                   "decide.training=true; decide.term_limit=true; decide.open_book=true;"
                   "decide.association_building=true; decide.job_balance=true",
    SIZES "intervention.act=swap; intervention.week=8; rotation.on=true; rotation.every=9;"
          "rights.hired=.2; term_limit.on=true; term_limit.weeks=30",
    SIZES
    "intervention.act=reassign; intervention.week=12; governance.rule=board; job_balance.on=true",
    FEW "intervention.act=impulse; intervention.week=16; arrows.twin=talent; allocation.leave=.02;"
        "open_book.on=true",
    NULL};

static const char *turned_switches(const struct coop_model *model)
{
    static char text[4096];
    const struct coop_param_table *table[COOP_OWNERS_MAX];
    size_t tables = coop_model_tables(model, table), length = 0;
    text[0] = '\0';
    for (size_t t = COOP_TABLE_MODEL; t < tables; t++)
        for (size_t r = 0; r < table[t]->rows && length < sizeof text; r++) {
            const struct coop_param *row = &table[t]->row[r];
            if (row->type == COOP_PARAM_BOOLEAN)
                length += (size_t)snprintf(text + length, sizeof text - length, "%s=%s;", row->name,
                                           row->initial > 0 ? "false" : "true");
        }
    return text;
}

const char *configuration_of(const struct coop_model *model, size_t number)
{
    if (strcmp(model->name, "seo") == 0)
        return seo[number];
    return number == 0 ? FEW : number == 1 ? turned_switches(model) : NULL;
}
