/* coopsim - GPL-3.0-or-later
 *
 * When something happens that needs the ideal points of a decision (ODD 7, time). */
#ifndef COOP_MODELS_SEO_CALENDAR_H
#define COOP_MODELS_SEO_CALENDAR_H

#include "models/seo/seo.h"

/* A function of one name for each instruction set level that the models are compiled for. */
#define seo_weeks_between_decisions COOP_ISA_NAME(seo_weeks_between_decisions)
#define seo_weeks_between_votes COOP_ISA_NAME(seo_weeks_between_votes)
#define seo_rule_is_voted COOP_ISA_NAME(seo_rule_is_voted)

/* `governance.every`; 0: nothing is ever decided. */
int64_t seo_weeks_between_decisions(const struct coop_batch *b);
/* `decide.every` */
int64_t seo_weeks_between_votes(const struct coop_batch *b);
/* `decide.rule`, of this regime in this week. */
bool seo_rule_is_voted(const struct coop_batch *b);

/* Whether something with a period and a start happens this week. It waits for a decision, which it
 * needs: it happens in the first week of decision at or after the week in which it falls due. */
static inline bool seo_falls_due(const struct coop_batch *b, int64_t start, int64_t every)
{
    int64_t lived = b->week + 1 - start, between = seo_weeks_between_decisions(b);
    return between > 0 && (b->week + 1) % between == 0 && lived >= every && lived % every < between;
}

#endif
