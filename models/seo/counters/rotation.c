/* coopsim - GPL-3.0-or-later
 *
 * Job rotation (ODD 2, step 7, and 7, persons): every few weeks a share r of the workers passes on
 * positions, which unties power from positions. Standing and skills go with the person, settled
 * authority stays with the position.
 *
 *     random     k = min(n, max(2, floor(r n + .5))) workers in one random cycle
 *     in_turn    a window of k positions goes down from the first to the last position and begins
 *                again: each in it passes on to the next one down, the last to the first
 *     empowered  min(m, n - m, max(1, floor(r m + .5))) of the m holders of empowered positions,
 *                drawn by lot, change places with as many others drawn by lot
 *
 * Whoever would fall in empowerment refuses with a probability, decided by one draw a rotation, and
 * drops out; the others close ranks, are asked about the places that they would get now, and so on.
 * A cycle of one moves nobody. In turn, every window begins with the last place of the one before and
 * the one that reaches the last position may be shorter, so that a pass has ceil((n-1)/(k-1)) rounds.
 * Two cycles that share one place make one cycle of the places of both, so a pass makes a cycle of
 * all n positions, and within n passes everybody who does not refuse comes through every position.
 * Movers lose a share of their standard skills. */
#include "models/seo/counter.h"
#include "models/seo/jobs.h"
#include "models/seo/person.h"
#include "models/seo/verify.h"

#define COOP_OWNER rotation
#define SOURCE "ODD 2, step 7"
enum { RANDOM, IN_TURN, EMPOWERED };
#define ROTATION_PARAMS(X)                                                                         \
    X(INTEGER, every, "rotation.every", 13, 1, 10000, "week", NULL,                                \
      "Weeks from one rotation to the next", SOURCE)                                               \
    X(REAL, share, "rotation.share", 1, 0, 1, "1", NULL,                                           \
      "Share r of the workers, or of holders of empowered positions, who pass on positions; at "   \
      "least two do",                                                                              \
      SOURCE)                                                                                      \
    X(CHOICE, order, "rotation.order", RANDOM, EMPOWERED, "random|in_turn|empowered", NULL,        \
      "Who passes on to whom: by lot, down the positions in turn, or holders of empowered "        \
      "positions with others by lot",                                                              \
      SOURCE)                                                                                      \
    X(REAL, refusal, "rotation.refusal", 0, 0, 1, "1", "0",                                        \
      "Probability that a worker refuses to fall to a position of lower empowerment", SOURCE)      \
    X(REAL, training_loss, "rotation.training_loss", 0, 0, 1, "1", "0",                            \
      "Share of the standard skills that who moves loses", SOURCE)
COOP_PARAMS(ROTATION_PARAMS)

enum { CHOSEN, OTHERS };
static const struct coop_field rotation_fields[] = {
    {"rotation_chosen", COOP_WORKER_SCRATCH, COOP_U32, 1, "1",
     "Slots in the order of the cycle; the first k rotate"},
    {"rotation_others", COOP_WORKER_SCRATCH, COOP_U32, 1, "1",
     "Slots of positions that are not empowered"}};

/* Takes `count` of `n` slots by lot to the front (Fisher and Yates). */
static void draw_first(const struct coop_batch *b, size_t o, uint32_t purpose, uint32_t *slot,
                       size_t n, size_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        struct coop_block block = coop_draw(b->streams.dynamics, purpose,
                                            b->first_organisation + (uint32_t)o, b->week, i, 0);
        uint32_t other = i + coop_below(block.word[0], (uint32_t)n - i), kept = slot[i];
        slot[i] = slot[other];
        slot[other] = kept;
    }
}

static bool refuses(const struct coop_batch *b, size_t o, uint32_t slot)
{
    const struct rotation_params *params = b->params;
    struct coop_block block =
        coop_draw(b->streams.dynamics, coop_purpose("rotation.refuse"),
                  b->first_organisation + (uint32_t)o, b->week, b->position[slot], 0);
    return coop_uniform(block.word[0]) < (float)params->refusal;
}

/* Leaves in the cycle who moves, and returns how many: who refuses to fall drops out, until all who
 * are left agree. */
static size_t ask(const struct coop_batch *b, size_t o, uint32_t *slot, size_t count)
{
    const float *empowerment = coop_worker(b, SEO_EMPOWERMENT, 0);
    for (size_t asked = count + 1; count < asked && count > 1;) {
        uint32_t first = slot[0];
        asked = count;
        count = 0;
        for (size_t i = 0; i < asked; i++) {
            uint32_t next = i + 1 < asked ? slot[i + 1] : first;
            bool falls = empowerment[next] < empowerment[slot[i]] - SEO_LEVEL;
            if (!falls || !refuses(b, o, slot[i]))
                slot[count++] = slot[i];
        }
    }
    return count;
}

static void lose_skills(const struct coop_batch *b, const uint32_t *slot, size_t count)
{
    const struct rotation_params *params = b->params;
    float kept = (float)(1 - params->training_loss);
    for (size_t k = 0; k < b->kinds; k++)
        for (size_t i = 0; i < count; i++)
            coop_worker(b, SEO_SKILL, k)[slot[i]] *= kept;
}

static void pass_on(const struct coop_batch *b, size_t o, uint32_t *slot, size_t count)
{
    const struct rotation_params *params = b->params;
    if (params->refusal > 0)
        count = ask(b, o, slot, count);
    if (count < 2)
        return;
    seo_person_cycle(b, slot, count);
    if (params->training_loss > 0)
        lose_skills(b, slot, count);
}

/* How many of `of` are the share that rotates, at least `least` and at most `most`. */
static size_t share_of(const struct coop_batch *b, size_t of, size_t least, size_t most)
{
    const struct rotation_params *params = b->params;
    size_t count = (size_t)(params->share * (double)of + 0.5);
    count = count < least ? least : count;
    return count < most ? count : most;
}

/* Slots of the positions from `first` on. */
static void line_up(const struct coop_batch *b, size_t o, size_t first, size_t count,
                    uint32_t *ret_slot)
{
    for (size_t i = 0; i < count; i++)
        ret_slot[i] = (uint32_t)coop_slot(b, o, first + i);
}

static void exchange_empowered(const struct coop_batch *b, size_t o)
{
    uint32_t *above = coop_worker_u32(b, b->own + CHOSEN);
    uint32_t *others = coop_worker_u32(b, b->own + OTHERS);
    size_t empowered = seo_split_empowered(b, o, above, others), rest = b->size[o] - empowered;
    size_t count = share_of(b, empowered, 1, empowered < rest ? empowered : rest);
    draw_first(b, o, coop_purpose("rotation.pick"), above, empowered, count);
    draw_first(b, o, coop_purpose("rotation.partner"), others, rest, count);
    for (size_t i = 0; i < count; i++) {
        uint32_t pair[2] = {above[i], others[i]};
        pass_on(b, o, pair, 2);
    }
}

/* Lines up the window of a round in turn, and returns how many positions it has. */
static size_t line_up_turn(const struct coop_batch *b, size_t o, size_t round, size_t count,
                           uint32_t *ret_slot)
{
    size_t last = b->size[o] - 1, step = count - 1;
    size_t first = round % ((last + step - 1) / step) * step;
    size_t places = last - first < step ? last - first + 1 : count;
    line_up(b, o, first, places, ret_slot);
    return places;
}

static void rotate(const struct coop_batch *b, size_t o, size_t round)
{
    const struct rotation_params *params = b->params;
    uint32_t *slot = coop_worker_u32(b, b->own + CHOSEN);
    size_t n = b->size[o], count = share_of(b, n, 2, n);
    if (n < 2)
        return;
    if (params->order == EMPOWERED) {
        exchange_empowered(b, o);
    } else if (params->order == IN_TURN) {
        pass_on(b, o, slot, line_up_turn(b, o, round, count, slot));
    } else {
        line_up(b, o, 0, n, slot);
        draw_first(b, o, coop_purpose("rotation.pick"), slot, n, count);
        pass_on(b, o, slot, count);
    }
}

static void rotation_act(const struct coop_batch *b)
{
    const struct rotation_params *params = b->params;
    int64_t lived = b->week + 1 - seo_shared(b)->counter[SEO_COUNTER_rotation].start;
    if (!seo_counter_planned(seo_shared(b), SEO_COUNTER_rotation) || lived < params->every ||
        lived % params->every != 0)
        return;
    for (size_t o = 0; o < b->organisations; o++)
        if (seo_counter_acts(b, o, SEO_COUNTER_rotation))
            rotate(b, o, (size_t)(lived / params->every - 1));
}

static void rotation_verify(const struct coop_param_set *set, struct coop_problems *problems)
{
    if (seo_shared_values(set)->counter[SEO_COUNTER_rotation].on && seo_smallest_size(set) < 2)
        coop_problems_add(
            problems, coop_param_place(set, "rotation.on"),
            "rotation.on, and an organisation of one worker has nobody to rotate with "
            "- let %s give at least 2 workers",
            seo_smallest_size_row(set));
}

COOP_MECHANISM(rotation) = {
    .name = "rotation",
    .summary = "Workers pass on their positions in turn",
    .source = SOURCE "; after the rotation of delegates and jobs in Michels (1911), Political "
                     "Parties, and Rothschild and Whitt (1986), The Cooperative Workplace",
    .params = &rotation_table,
    .fields = rotation_fields,
    .field_count = sizeof rotation_fields / sizeof *rotation_fields,
    .verify = rotation_verify,
    .act = rotation_act,
};
