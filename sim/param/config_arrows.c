/* coopsim - GPL-3.0-or-later
 *
 * Lists of names in a design: its arrows, and the measures that its analysis is about. What they name
 * is checked where the model is known. */
#include "sim/param/assign.h"
#include "sim/param/text.h"
#include "sim/param/yaml.h"

#include <stdlib.h>
#include <string.h>

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for the design");
}

void coop_words_free(struct coop_words *words)
{
    for (size_t i = 0; words->item && i < words->count; i++)
        free(words->item[i]);
    free(words->item);
    free(words->at);
    *words = (struct coop_words){0};
}

static bool is_again(const struct coop_words *words, const struct coop_yaml *word, const char *what,
                     struct coop_problems *problems)
{
    for (size_t i = 0; i < words->count; i++) {
        if (strcmp(words->item[i], word->text) != 0)
            continue;
        coop_problems_add(problems, word->place,
                          "the %s '%s' a second time, first at %s:%zu:%zu - keep one", what,
                          coop_show(word->text).text, words->at[i].file, words->at[i].line,
                          words->at[i].column);
        return true;
    }
    return false;
}

enum coop_status coop_config_read_words(struct coop_words *ret, const struct coop_yaml *list,
                                        const char *what, const char *example, size_t most,
                                        struct coop_problems *problems)
{
    /* One name may stand without brackets. */
    const struct coop_yaml *word = list->kind == COOP_YAML_WORD ? list : list->child;
    const size_t count = list->kind == COOP_YAML_WORD ? 1 : list->count;
    ret->place = list->place;
    if (list->kind == COOP_YAML_NONE)
        return COOP_OK;
    if ((list->kind != COOP_YAML_LIST && list->kind != COOP_YAML_WORD) || count == 0 ||
        count > most) {
        coop_problems_add(problems, list->place, "'%ss' takes a list of 1 to %zu names, as in [%s]",
                          what, most, example);
        return COOP_OK;
    }
    ret->item = calloc(count, sizeof *ret->item);
    ret->at = calloc(count, sizeof *ret->at);
    if (!ret->item || !ret->at)
        return no_memory();
    for (size_t i = 0; i < count; i++) {
        if (word[i].kind != COOP_YAML_WORD || *word[i].text == '\0') {
            coop_problems_add(problems, word[i].place, "the name of %s %s, as in %s",
                              strchr("aeiou", what[0]) ? "an" : "a", what, example);
            continue;
        }
        if (is_again(ret, &word[i], what, problems))
            continue;
        ret->at[ret->count] = word[i].place;
        ret->item[ret->count] = strdup(word[i].text);
        if (!ret->item[ret->count++])
            return no_memory();
    }
    return COOP_OK;
}
