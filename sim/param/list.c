/* coopsim - GPL-3.0-or-later
 *
 * Lists as text: "[a, b, c]", where the brackets may be left out. */
#include "sim/param/row.h"

#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool coop_list_open(struct coop_list_reader *list, const char *text)
{
    const char *end = text + strlen(text);
    while (is_blank(*text))
        text++;
    while (end > text && is_blank(end[-1]))
        end--;
    const bool opened = text < end && *text == '[', closed = text < end && end[-1] == ']';
    *list = (struct coop_list_reader){.next = text + opened, .end = end - closed};
    if (opened != closed || list->next > list->end)
        return false;
    while (list->next < list->end && is_blank(*list->next))
        list->next++;
    list->done = list->next == list->end;
    return true;
}

bool coop_list_next(struct coop_list_reader *list)
{
    if (list->done)
        return false;
    const char *begin = list->next;
    const char *comma = memchr(begin, ',', (size_t)(list->end - begin));
    const char *end = comma ? comma : list->end;
    list->done = comma == NULL;
    list->next = comma ? comma + 1 : list->end;
    while (begin < end && is_blank(*begin))
        begin++;
    while (end > begin && is_blank(end[-1]))
        end--;
    const size_t length = (size_t)(end - begin);
    const bool fits = length < COOP_WORD_SIZE;
    memcpy(list->word, begin, fits ? length : COOP_WORD_SIZE);
    if (fits)
        list->word[length] = '\0';
    else
        memcpy(list->word + COOP_WORD_SIZE - 4, "...", 4);
    return true;
}

size_t coop_list_count(const char *text)
{
    struct coop_list_reader list;
    size_t count = 0;
    if (coop_list_open(&list, text))
        while (coop_list_next(&list))
            count++;
    return count;
}
