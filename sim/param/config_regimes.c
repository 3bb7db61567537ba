/* coopsim - GPL-3.0-or-later
 *
 * The regimes of a configuration or a case: `regime:`, one for all, or the mix `regimes:`. */
#include "sim/param/assign.h"
#include "sim/param/grow.h"
#include "sim/param/text.h"
#include "sim/param/yaml.h"

#include <math.h>

static const double share_tolerance = 1e-9;

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for the regimes");
}

void coop_mix_free(struct coop_mix *mix)
{
    for (size_t i = 0; i < mix->count; i++) {
        free(mix->item[i].name);
        free(mix->item[i].file);
        coop_assignments_free(&mix->item[i].values);
        coop_assignments_free(&mix->item[i].set);
    }
    free(mix->item);
    *mix = (struct coop_mix){0};
}

static void take_share(struct coop_regime *regime, const struct coop_yaml *share,
                       struct coop_problems *problems)
{
    double value = 0;
    if (share->kind == COOP_YAML_NONE)
        return;
    if (share->kind == COOP_YAML_WORD && coop_read_real(share->text, &value) == COOP_NUMBER_FINE &&
        value > 0 && value <= 1)
        regime->share = value;
    else
        coop_problems_add(problems, share->place,
                          "a 'share' is a number above 0 and at most 1, as in .4");
}

static enum coop_status take_name(struct coop_regime *regime, const struct coop_yaml *name,
                                  struct coop_problems *problems)
{
    const char *fault = coop_config_name_fault(name);
    if (fault)
        coop_problems_add(problems, name->place, "the regime's 'name' %s", fault);
    if (fault || name->kind != COOP_YAML_WORD)
        return COOP_OK;
    free(regime->name);
    regime->name = strdup(name->text);
    return regime->name ? COOP_OK : no_memory();
}

static void refuse_entry_key(const struct coop_yaml *key, struct coop_problems *problems)
{
    static const char *const known[] = {"file", "name", "share", "set", NULL};
    const char *near = coop_nearest_word(known, key->text);
    coop_problems_add(problems, key->place, "unknown key '%s' in a regime - %s%s%s",
                      coop_show(key->text).text,
                      near ? "did you mean '" : "it has 'file', 'name', 'share' and 'set'",
                      near ? near : "", near ? "'?" : "");
}

static void check_keys(const struct coop_yaml *entry, struct coop_problems *problems)
{
    for (size_t i = 0; i + 1 < entry->count; i += 2) {
        const struct coop_yaml *key = &entry->child[i];
        if (key->kind != COOP_YAML_WORD || coop_assign_repeats(entry, i, problems))
            continue;
        if (strcmp(key->text, "file") != 0 && strcmp(key->text, "name") != 0 &&
            strcmp(key->text, "share") != 0 && strcmp(key->text, "set") != 0)
            refuse_entry_key(key, problems);
    }
}

static enum coop_status read_entry(struct coop_regime *regime, const struct coop_yaml *entry,
                                   const char *config_file, struct coop_problems *problems)
{
    const struct coop_yaml *name = coop_yaml_find(entry, "name"),
                           *file = coop_yaml_find(entry, "file");
    const struct coop_yaml *share = coop_yaml_find(entry, "share"),
                           *set = coop_yaml_find(entry, "set");
    check_keys(entry, problems);
    if (!name && !file)
        coop_problems_add(problems, entry->place,
                          "a regime without a file - add 'file: path', or a 'name' and its 'set'");
    if (!share)
        coop_problems_add(problems, entry->place,
                          "a regime of a mix without a share of the organisations - add 'share: "
                          ".5'");
    else
        take_share(regime, share, problems);
    if (name)
        COOP_TRY(take_name(regime, name, problems));
    if (file)
        COOP_TRY(coop_regime_read_file(regime, file, config_file, problems));
    if (set)
        COOP_TRY(coop_assign_mapping(&regime->set, set, problems));
    coop_assign_refuse_engine(&regime->set,
                              "belongs to the whole run, not to a regime - set it in the "
                              "configuration",
                              problems);
    return COOP_OK;
}

static enum coop_status add_regime(struct coop_mix *mix, struct coop_place place)
{
    if (!coop_grow(&mix->item, mix->count, sizeof *mix->item))
        return no_memory();
    mix->item[mix->count++] = (struct coop_regime){.name = strdup(""), .place = place};
    return mix->item[mix->count - 1].name ? COOP_OK : no_memory();
}

static void check_names(const struct coop_mix *mix, struct coop_problems *problems)
{
    for (size_t i = 0; i < mix->count; i++)
        for (size_t k = 0; k < i; k++) {
            const struct coop_regime *first = &mix->item[k], *regime = &mix->item[i];
            if (*regime->name == '\0' || strcmp(first->name, regime->name) != 0)
                continue;
            coop_problems_add(problems, regime->place,
                              "a second regime is named '%s', first at %s:%zu:%zu - give one of "
                              "them another 'name'",
                              regime->name, first->place.file, first->place.line,
                              first->place.column);
            break;
        }
}

static void check_shares(const struct coop_mix *mix, struct coop_problems *problems)
{
    char text[COOP_REAL_TEXT_SIZE];
    double total = 0;
    for (size_t i = 0; i < mix->count; i++) {
        if (!(mix->item[i].share > 0))
            return; /* has been reported */
        total += mix->item[i].share;
    }
    /* Rounded, so that .6 + .3 reads as what is meant. */
    if (mix->count > 0 && fabs(total - 1) > share_tolerance)
        coop_problems_add(problems, mix->place,
                          "the shares sum to %s - change them so that they sum to 1",
                          coop_real_text(round(total * 1e9) / 1e9, text));
}

/* One configuration or case has one mix. */
static bool is_taken(const struct coop_mix *mix, const struct coop_yaml *key,
                     struct coop_problems *problems)
{
    if (mix->place.file == NULL)
        return false;
    coop_problems_add(problems, key->place,
                      "'regime' and 'regimes' beside each other, first at %s:%zu:%zu - keep one of "
                      "the two",
                      mix->place.file, mix->place.line, mix->place.column);
    return true;
}

enum coop_status coop_config_read_regime(struct coop_mix *ret, const struct coop_yaml *key,
                                         const char *config_file, struct coop_problems *problems)
{
    if (is_taken(ret, key, problems))
        return COOP_OK;
    ret->place = key->place;
    COOP_TRY(add_regime(ret, key[1].place));
    ret->item[0].share = 1;
    return coop_regime_read_file(&ret->item[0], key + 1, config_file, problems);
}

enum coop_status coop_config_read_regimes(struct coop_mix *ret, const struct coop_yaml *key,
                                          const char *config_file, struct coop_problems *problems)
{
    const struct coop_yaml *list = key + 1;
    if (is_taken(ret, key, problems))
        return COOP_OK;
    ret->place = key->place;
    if (list->kind != COOP_YAML_NONE && (list->kind != COOP_YAML_LIST || list->count == 0))
        coop_problems_add(problems, list->place,
                          "'regimes' takes a list, each '- file: path' with its 'share'");
    for (size_t i = 0; list->kind == COOP_YAML_LIST && i < list->count; i++) {
        const struct coop_yaml *entry = &list->child[i];
        if (entry->kind == COOP_YAML_NONE)
            continue;
        COOP_TRY(add_regime(ret, entry->place));
        if (entry->kind == COOP_YAML_MAPPING)
            COOP_TRY(read_entry(&ret->item[ret->count - 1], entry, config_file, problems));
        else
            coop_problems_add(problems, entry->place,
                              "a regime of a mix is a mapping with 'file' and 'share'");
    }
    check_names(ret, problems);
    check_shares(ret, problems);
    return COOP_OK;
}
