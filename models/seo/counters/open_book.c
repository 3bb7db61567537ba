/* coopsim - GPL-3.0-or-later
 *
 * Open books (ODD 2, step 7): what is known is open to all, so that competence and know-how in the
 * voice are pulled to the organisation's means by the openness o,
 *
 *     q - o (q - mean q),   z - o (z - mean z).
 *
 * What is the same for everybody does not matter in shares of voice: ln v_i loses
 * o (theta_R q_i + theta_Z z_i). It counteracts that know-how convinces; know-how itself stays. */
#include "models/seo/voice.h"

#define COOP_OWNER open_book
#define OPEN_BOOK_PARAMS(X)                                                                        \
    X(REAL, openness, "open_book.openness", .5, 0, 1, "1", "0",                                    \
      "How far competence and know-how in the voice are pulled to the mean, o", "ODD 2, step 7")
COOP_PARAMS(OPEN_BOOK_PARAMS)

enum { VALUE, OPENNESS };
static const struct coop_field open_book_fields[] = {
    {"open_book_value", COOP_ORGANISATION_SCRATCH, COOP_F64, 1, "1", "o where it acts, else 0"},
    {"open_book_openness", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "The same for every worker"}};

static void open_book_act(const struct coop_batch *b)
{
    const struct open_book_params *params = b->params;
    const struct seo_params *shared = seo_shared(b);
    double *value = coop_organisation(b, b->own + VALUE, 0);
    if (!seo_counter_dose(b, SEO_COUNTER_open_book, params->openness, value,
                          coop_worker(b, b->own + OPENNESS, 0)))
        return;
    float by_skill = seo_voice_weight(shared, shared->voice_skill, SEO_ARROW_skill_voice);
    float by_know = seo_voice_weight(shared, shared->voice_know, SEO_ARROW_know_voice);
    const float *openness = coop_worker(b, b->own + OPENNESS, 0);
    const float *competence = coop_worker(b, SEO_COMPETENCE, 0);
    const float *know = seo_known(b);
    float *extra = coop_worker(b, SEO_VOICE_EXTRA, 0);
    COOP_LANEWISE (i, b->lanes)
        extra[i] -= openness[i] * (by_skill * competence[i] + by_know * know[i]);
}

COOP_MECHANISM(open_book) = {
    .name = "open_book",
    .summary = "Open books: what some know more counts less in the assembly",
    .source = "ODD 2, step 7; Case (1995), Open-Book Management; Pateman (1970), Participation and "
              "Democratic Theory, on information as a condition of equal participation",
    .params = &open_book_table,
    .fields = open_book_fields,
    .field_count = sizeof open_book_fields / sizeof *open_book_fields,
    .act = open_book_act,
};
