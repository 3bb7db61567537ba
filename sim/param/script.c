/* coopsim - GPL-3.0-or-later
 *
 * The script of a run as memory: copying, setting, giving back, and the blocks of its regimes. */
#include "sim/param/script.h"

#include <stdlib.h>
#include <string.h>

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for the parameters of a run");
}

static enum coop_status copy_parts(struct coop_script *ret, const struct coop_script *script)
{
    ret->regime = calloc(script->regimes, sizeof *ret->regime);
    ret->epoch = calloc(script->epochs, sizeof *ret->epoch);
    ret->set = calloc(script->epochs * script->regimes, sizeof *ret->set);
    if (!ret->regime || !ret->epoch || !ret->set)
        return no_memory();
    ret->regimes = script->regimes;
    ret->epochs = script->epochs;
    for (size_t r = 0; r < script->regimes; r++) {
        ret->regime[r] = script->regime[r];
        ret->regime[r].name = strdup(script->regime[r].name);
        if (!ret->regime[r].name)
            return no_memory();
    }
    memcpy(ret->epoch, script->epoch, script->epochs * sizeof *ret->epoch);
    for (size_t i = 0; i < script->epochs * script->regimes; i++)
        COOP_TRY(coop_param_copy(&ret->set[i], &script->set[i]));
    return COOP_OK;
}

enum coop_status coop_script_copy(struct coop_script *ret, const struct coop_script *script)
{
    *ret = (struct coop_script){0};
    const enum coop_status status = copy_parts(ret, script);
    if (status != COOP_OK)
        coop_script_free(ret);
    return status;
}

void coop_script_free(struct coop_script *script)
{
    for (size_t r = 0; script->regime && r < script->regimes; r++)
        free(script->regime[r].name);
    for (size_t i = 0; script->set && i < script->epochs * script->regimes; i++)
        coop_param_free(&script->set[i]);
    free(script->regime);
    free(script->epoch);
    free(script->set);
    *script = (struct coop_script){0};
}

enum coop_status coop_script_set_text(struct coop_script *script, const char *name,
                                      const char *text, const char *origin)
{
    for (size_t i = 0; i < script->epochs * script->regimes; i++)
        COOP_TRY(coop_param_set_text(&script->set[i], name, text, origin));
    return COOP_OK;
}

/* Shares sum to 1 within rounding, and the last regime reaches to the last organisation. */
size_t coop_script_end(const struct coop_script *script, size_t regime, size_t organisations)
{
    double share = 0;
    if (regime + 1 == script->regimes)
        return organisations;
    for (size_t r = 0; r <= regime; r++)
        share += script->regime[r].share;
    const size_t end = (size_t)((double)organisations * share + 0.5);
    return end < organisations ? end : organisations;
}

bool coop_script_acts(const struct coop_script *script, size_t set, const char *name,
                      coop_script_test *acts, const void *what)
{
    for (size_t s = 0; s < coop_script_set_count(script); s++)
        if (coop_param_same_place(&script->set[s], &script->set[set], name) &&
            acts(script, s, what))
            return true;
    return false;
}

/* `set` and `first` are of one epoch, the sets of the epoch before lie `regimes` before them. */
static bool changes_like(const struct coop_param_set *set, const struct coop_param_set *first,
                         size_t regimes)
{
    for (size_t t = 0; t < set->tables; t++)
        for (size_t r = 0; r < set->table[t]->rows; r++) {
            const char *name = set->table[t]->row[r].name;
            const bool stays = coop_param_same(set, set - regimes, name);
            if (stays != coop_param_same(first, first - regimes, name) ||
                (!stays && !coop_param_same(set, first, name)))
                return false;
        }
    return true;
}

bool coop_script_changes_alike(const struct coop_script *script, size_t epoch)
{
    const struct coop_param_set *set = coop_script_sets(script, epoch);
    for (size_t r = 1; r < script->regimes; r++)
        if (!changes_like(&set[r], set, script->regimes))
            return false;
    return true;
}
