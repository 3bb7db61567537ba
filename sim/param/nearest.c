/* coopsim - GPL-3.0-or-later
 *
 * The nearest word, for "did you mean": Damerau-Levenshtein distance in its optimal string
 * alignment form (insert, delete, replace, swap two neighbours). Damerau (1964), Communications
 * of the ACM 7(3), 171-176. */
#include "sim/param/param.h"
#include "sim/param/text.h"

#include <ctype.h>
#include <string.h>

enum { WORD_MAX = 64, NEAR_MAX = 3 };

/* Letters of either case are the same, as are the two dashes. */
static char folded(char c)
{
    return (char)(c == '-' ? '_' : tolower((unsigned char)c));
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Three rows of the table are enough: a swap looks back two. */
static size_t distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t row[3][WORD_MAX + 1];
    for (size_t j = 0; j <= b_length; j++)
        row[0][j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        size_t *now = row[i % 3], *last = row[(i + 2) % 3], *before = row[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            const char c = folded(a[i - 1]), d = folded(b[j - 1]);
            now[j] = least(least(last[j], now[j - 1]) + 1, last[j - 1] + (c != d));
            if (i > 1 && j > 1 && c == folded(b[j - 2]) && d == folded(a[i - 2]))
                now[j] = least(now[j], before[j - 2] + 1);
        }
    }
    return row[a_length % 3][b_length];
}

/* Near is at most one slip in three letters, and never more than three. */
void coop_nearest_consider(struct coop_nearest *nearest, const char *candidate, size_t length)
{
    const size_t word_length = strlen(nearest->word);
    if (word_length > WORD_MAX || length > WORD_MAX)
        return;
    const size_t longer = word_length > length ? word_length : length;
    const size_t far = distance(nearest->word, word_length, candidate, length);
    if (far > least(longer / 3, NEAR_MAX) || (nearest->best && far >= nearest->distance))
        return;
    nearest->best = candidate;
    nearest->length = length;
    nearest->distance = far;
}

const char *coop_nearest_word(const char *const *words, const char *word)
{
    struct coop_nearest nearest = {.word = word};
    for (; *words; words++)
        coop_nearest_consider(&nearest, *words, strlen(*words));
    return nearest.best;
}

const char *coop_param_nearest(const struct coop_param_set *set, const char *name)
{
    struct coop_nearest nearest = {.word = name};
    for (size_t t = 0; t < set->tables; t++)
        for (size_t r = 0; r < set->table[t]->rows; r++)
            coop_nearest_consider(&nearest, set->table[t]->row[r].name,
                                  strlen(set->table[t]->row[r].name));
    return nearest.best;
}
