/* coopsim - GPL-3.0-or-later
 *
 * Mandates: some members of an organisation decide until a certain week (board, manager, a council
 * by lot). A body is renewed when none of its mandates holds any more: at the end of a term, when it
 * was recalled, when all its members have left, or when the rule is new. Until then the seat of
 * somebody who left stays vacant. Mandates go with the person. */
#ifndef COOP_MODELS_SEO_RULES_MANDATE_H
#define COOP_MODELS_SEO_RULES_MANDATE_H

#include "models/seo/rules/rule.h"
#include "models/seo/status.h"

/* SEO_MANDATE of somebody who was recalled and cannot stand in the next election. */
#define SEO_BARRED UINT32_MAX

/* Who is to decide under a rule: members drawn by lot, or elected by those present, which depends on
 * standing (weight `standing` of ln nW) and on voice. */
struct seo_body {
    size_t rule; /* enum seo_rule_number */
    int64_t seats, term /* weeks */;
    double standing;
    bool by_lot;
};

/* Whether organisation o has somebody, or a body, with a mandate for a rule. */
static inline bool seo_has_mandates(const struct coop_batch *b, size_t o, size_t rule)
{
    return coop_organisation(b, SEO_MANDATE_RULE, 0)[o] == (double)(rule + 1);
}

static inline bool seo_holds_mandate(const struct coop_batch *b, size_t slot)
{
    uint32_t until = coop_worker_u32(b, SEO_MANDATE)[slot];
    return until != SEO_BARRED && (int64_t)until > b->week;
}

static inline bool seo_body_sits(const struct coop_batch *b, size_t o, size_t rule)
{
    bool sits = false;
    for (size_t p = 0; p < b->size[o] && !sits; p++)
        sits = seo_holds_mandate(b, coop_slot(b, o, p));
    return sits && seo_has_mandates(b, o, rule);
}

/* Ends all mandates of an organisation; those who hold one are barred from the next election, or
 * nobody is. */
static inline void seo_mandates_end(const struct coop_batch *b, size_t o, bool barred)
{
    coop_organisation(b, SEO_MANDATE_RULE, 0)[o] = 0;
    for (size_t p = 0; p < b->size[o]; p++) {
        size_t i = coop_slot(b, o, p);
        coop_worker_u32(b, SEO_MANDATE)[i] = barred && seo_holds_mandate(b, i) ? SEO_BARRED : 0;
    }
}

static inline bool seo_may_stand(const struct coop_batch *b, const struct seo_body *body,
                                 size_t slot)
{
    return seo_is_member(b, slot) &&
           (body->by_lot || (coop_worker(b, SEO_PRESENT, 0)[slot] > 0 &&
                             coop_worker_u32(b, SEO_MANDATE)[slot] != SEO_BARRED));
}

/* ln of the odds of somebody who may stand. */
static inline float seo_merit(const struct coop_batch *b, const struct seo_body *body, size_t slot)
{
    if (body->by_lot)
        return 0;
    bool cut = seo_is_cut(seo_shared(b), SEO_ARROW_standing_jobs);
    float voice = coop_at_least(coop_worker(b, SEO_VOICE, 0)[slot], 1e-37f);
    return (cut ? 0.0f : (float)body->standing) * coop_worker(b, SEO_LOG_STANDING, 0)[slot] +
           coop_logf(voice);
}

/* The slot with the best score, which is then struck off. */
static inline size_t seo_take_best(const struct coop_batch *b, size_t o, float *score)
{
    size_t best = 0;
    for (size_t p = 1; p < b->size[o]; p++)
        best = score[p] > score[best] ? p : best;
    score[best] = -INFINITY;
    return coop_slot(b, o, best);
}

/* Gumbel-max: who gets a seat is drawn with odds e^merit, then the next among the others. Without
 * enough candidates seats stay vacant. */
static inline void seo_body_elect(const struct coop_batch *b, size_t o, const struct seo_body *body)
{
    float *score = coop_worker(b, SEO_BALLOT, SEO_BALLOT_RANGE);
    size_t candidates = 0, n = b->size[o];
    for (uint32_t p = 0; p < n; p++) {
        size_t i = coop_slot(b, o, p);
        struct coop_block block = coop_draw(b->streams.dynamics, coop_purpose("mandate.elect"),
                                            b->first_organisation + (uint32_t)o, b->week, p, 0);
        bool stands = seo_may_stand(b, body, i);
        candidates += stands;
        score[p] = -INFINITY;
        if (stands)
            score[p] = seo_merit(b, body, i) - coop_logf(-coop_logf(coop_uniform(block.word[0])));
    }
    if (candidates == 0)
        return;
    seo_mandates_end(b, o, false);
    coop_organisation(b, SEO_MANDATE_RULE, 0)[o] = (double)(body->rule + 1);
    for (size_t seat = 0; seat < candidates && (int64_t)seat < body->seats; seat++)
        coop_worker_u32(b, SEO_MANDATE)[seo_take_best(b, o, score)] =
            (uint32_t)(b->week + body->term);
}

/* If everybody has been recalled, everybody may stand again. */
static inline void seo_lift_bars(const struct coop_batch *b, size_t o)
{
    bool all = true;
    for (size_t p = 0; p < b->size[o] && all; p++)
        all = !seo_is_member(b, coop_slot(b, o, p)) ||
              coop_worker_u32(b, SEO_MANDATE)[coop_slot(b, o, p)] == SEO_BARRED;
    if (all)
        seo_mandates_end(b, o, false);
}

/* The act of a rule with mandates, once there are voices: the bodies that it needs. */
static inline void seo_bodies_renew(const struct coop_batch *b, const struct seo_body *body)
{
    if (!seo_has(b, SEO_OPTION_MANDATE))
        return;
    for (size_t o = 0; o < b->organisations; o++) {
        if (coop_organisation(b, SEO_RULE, 0)[o] != (double)body->rule ||
            seo_body_sits(b, o, body->rule))
            continue;
        seo_lift_bars(b, o);
        seo_body_elect(b, o, body);
    }
}

/* A vote each for those with a mandate. Where there is no body yet (members vote on whether to have
 * one), they reckon with everybody's odds of a seat. */
static inline void seo_body_votes(const struct coop_batch *b, size_t o, const struct seo_body *body,
                                  float *ret_vote)
{
    bool sits = seo_body_sits(b, o, body->rule);
    for (size_t p = 0; p < b->size[o]; p++) {
        size_t i = coop_slot(b, o, p);
        ret_vote[p] = sits                        ? (float)seo_holds_mandate(b, i)
                      : seo_may_stand(b, body, i) ? coop_expf(seo_merit(b, body, i))
                                                  : 0.0f;
    }
}

/* What those with a mandate want of variable y in the mean; false if there is no body. */
static inline bool seo_body_wants(const struct coop_batch *b, size_t o, size_t rule, size_t y,
                                  double *ret_wish)
{
    double wish = 0, members = 0;
    for (size_t p = 0; p < b->size[o]; p++) {
        size_t i = coop_slot(b, o, p);
        bool member = seo_holds_mandate(b, i);
        wish += member ? (double)coop_worker(b, SEO_IDEAL, y)[i] : 0;
        members += member ? 1 : 0;
    }
    *ret_wish = members > 0 ? wish / members : 0;
    return members > 0 && seo_has_mandates(b, o, rule);
}

#endif
