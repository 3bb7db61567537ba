/* coopsim - GPL-3.0-or-later
 *
 * Which keys the contrasts of hypotheses take and need. */
#include "sim/param/config_hypotheses.h"
#include "sim/param/text.h"

#include <string.h>

#define KEY(name) (1u << COOP_KEY_##name)

enum { CONTRASTS = COOP_SWAP_SHARE + 1 };
static const unsigned common = KEY(NAME) | KEY(CLAIM) | KEY(MEASURE) | KEY(CONTRAST) | KEY(EXPECT) |
                               KEY(MARGIN) | KEY(ALPHA) | KEY(LEVEL);
static const unsigned always_needed = KEY(NAME) | KEY(MEASURE) | KEY(CONTRAST) | KEY(EXPECT);
static const unsigned needed[CONTRASTS] = {
    [COOP_PAIRED] = KEY(CASE) | KEY(AGAINST),
    [COOP_TREND] = KEY(OVER),
    [COOP_CORRELATION] = KEY(WITH),
    [COOP_ORDERING] = KEY(ORDER),
    [COOP_THRESHOLD] = KEY(CASE) | KEY(VALUE),
    [COOP_SWAP_SHARE] = KEY(CASE) | KEY(AGAINST) | KEY(VALUE),
};
static const unsigned possible[CONTRASTS] = {
    [COOP_TREND] = KEY(CASE) | KEY(CASES),
    [COOP_CORRELATION] = KEY(CASE) | KEY(CASES) | KEY(LAG) | KEY(POOLED),
    [COOP_ORDERING] = KEY(WITHIN),
};

static const char *const phrase[CONTRASTS] = {
    [COOP_PAIRED] = "a paired hypothesis",           [COOP_TREND] = "a trend hypothesis",
    [COOP_CORRELATION] = "a correlation hypothesis", [COOP_ORDERING] = "an ordering hypothesis",
    [COOP_THRESHOLD] = "a threshold hypothesis",     [COOP_SWAP_SHARE] = "a swap_share hypothesis",
};

/* "case, against" */
static void list_keys(unsigned keys, char *ret, size_t size)
{
    size_t used = 0;
    *ret = '\0';
    for (size_t k = 0; k < COOP_KEYS && used < size; k++)
        if (keys & (1u << k))
            used += (size_t)snprintf(ret + used, size - used, "%s%s", used > 0 ? ", " : "",
                                     coop_hypothesis_key_name[k]);
}

static void check_needed(const struct coop_hypothesis_entry *entry, unsigned keys, const char *of,
                         struct coop_problems *problems)
{
    for (size_t k = 0; k < COOP_KEYS; k++)
        if ((keys & (1u << k)) && entry->key[k] == NULL)
            coop_problems_add(problems, entry->node->place, "%s without '%s' - add it", of,
                              coop_hypothesis_key_name[k]);
}

/* Only where the contrast is known. */
static void check_contrast(const struct coop_hypothesis_entry *entry, enum coop_contrast contrast,
                           struct coop_problems *problems)
{
    char own[80];
    const char *of = phrase[contrast];
    const unsigned taken = needed[contrast] | possible[contrast];
    list_keys(taken, own, sizeof own);
    check_needed(entry, needed[contrast], of, problems);
    for (size_t k = 0; k < COOP_KEYS; k++)
        if (entry->key[k] != NULL && !((common | taken) & (1u << k)))
            coop_problems_add(problems, entry->key[k]->place,
                              "'%s' in %s, which takes %s - remove it", coop_hypothesis_key_name[k],
                              of, own);
    if (contrast != COOP_CORRELATION && contrast != COOP_TREND)
        return;
    if (entry->key[COOP_KEY_CASE] == NULL && entry->key[COOP_KEY_CASES] == NULL)
        coop_problems_add(problems, entry->node->place, "%s without a case - add 'case' or 'cases'",
                          of);
    if (entry->key[COOP_KEY_CASE] != NULL && entry->key[COOP_KEY_CASES] != NULL)
        coop_problems_add(problems, entry->key[COOP_KEY_CASES]->place,
                          "'cases' beside 'case' - remove one of the two");
}

static void check_expected(const struct coop_hypothesis_entry *entry,
                           const struct coop_hypothesis *hypothesis, struct coop_problems *problems)
{
    const struct coop_yaml *expect = entry->value[COOP_KEY_EXPECT];
    const struct coop_yaml *margin = entry->key[COOP_KEY_MARGIN];
    const bool equal = expect != NULL && strcmp(expect->text, "equal") == 0;
    const bool none = expect != NULL && strcmp(expect->text, "none") == 0;
    if (equal && margin == NULL)
        coop_problems_add(problems, expect->place,
                          "'equal' without 'margin' - add the largest effect that is none");
    if (equal && entry->value[COOP_KEY_MARGIN] != NULL && hypothesis->margin == 0)
        coop_problems_add(problems, entry->value[COOP_KEY_MARGIN]->place,
                          "'equal' with a margin of 0 can never be shown - give the largest "
                          "effect that is none");
    if (none && margin != NULL)
        coop_problems_add(problems, margin->place,
                          "'margin' where nothing is expected - remove it, or give a direction");
    if (entry->value[COOP_KEY_CONTRAST] != NULL && hypothesis->contrast == COOP_ORDERING &&
        (equal || none))
        coop_problems_add(problems, expect->place,
                          "an order is expected to be 'lower' (each group than the one before it) "
                          "or 'higher'");
    if (entry->value[COOP_KEY_CONTRAST] != NULL && hypothesis->contrast == COOP_CORRELATION &&
        hypothesis->margin >= 1)
        coop_problems_add(problems, entry->value[COOP_KEY_MARGIN]->place,
                          "no correlation is beyond 1 - give a margin below it");
}

void coop_hypothesis_check_keys(const struct coop_hypothesis_entry *entry,
                                const struct coop_hypothesis *hypothesis,
                                struct coop_problems *problems)
{
    const struct coop_yaml *contrast = entry->value[COOP_KEY_CONTRAST];
    check_needed(entry, always_needed, "a hypothesis", problems);
    check_expected(entry, hypothesis, problems);
    if (contrast != NULL && strcmp(contrast->text, coop_contrast_words[hypothesis->contrast]) == 0)
        check_contrast(entry, hypothesis->contrast, problems);
}

void coop_hypothesis_check_name(const struct coop_config *config, struct coop_problems *problems)
{
    const struct coop_hypothesis *last = &config->hypothesis[config->hypotheses - 1];
    for (const struct coop_hypothesis *first = config->hypothesis; first < last; first++)
        if (*last->name != '\0' && strcmp(first->name, last->name) == 0) {
            coop_problems_add(problems, last->name_place,
                              "a second hypothesis is named '%s', first at %s:%zu:%zu - rename one",
                              coop_show(last->name).text, first->name_place.file,
                              first->name_place.line, first->name_place.column);
            return;
        }
}
