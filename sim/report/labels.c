/* coopsim - GPL-3.0-or-later
 *
 * Labels that are shortened to the room they have and still differ. */
#include "sim/report/frame.h"

#include <string.h>

enum { PREFIX_LEAST = 4 };

static bool all_differ(char (*text)[COOP_LABEL_SIZE], size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = i + 1; k < count; k++)
            if (strcmp(text[i], text[k]) == 0)
                return false;
    return true;
}

/* Bytes that all begin with, up to behind a space or a dot, so that words stay whole. */
static size_t common_prefix(const char *const *label, size_t count)
{
    size_t same = 0, whole = 0;
    for (; count > 1 && label[0][same] != '\0'; same++) {
        for (size_t i = 1; i < count; i++)
            if (label[i][same] != label[0][same])
                return whole;
        if (strchr(" .,/", label[0][same]) != NULL)
            whole = same + 1;
    }
    return whole;
}

bool coop_labels_fit(const char *const *label, size_t count, double width,
                     char (*ret)[COOP_LABEL_SIZE])
{
    const size_t prefix = common_prefix(label, count);
    for (size_t i = 0; i < count; i++)
        coop_svg_fit(label[i], width, COOP_SVG_TEXT, ret[i], COOP_LABEL_SIZE);
    if (all_differ(ret, count))
        return true;
    for (size_t i = 0; i < count; i++) {
        char rest[COOP_LABEL_SIZE];
        snprintf(rest, sizeof rest, "…%.*s", COOP_LABEL_SIZE - 8,
                 label[i] + (prefix >= PREFIX_LEAST ? prefix : 0));
        coop_svg_fit(rest, width, COOP_SVG_TEXT, ret[i], COOP_LABEL_SIZE);
    }
    if (prefix >= PREFIX_LEAST && all_differ(ret, count))
        return true;
    for (size_t i = 0; i < count; i++) {
        char numbered[COOP_LABEL_SIZE];
        snprintf(numbered, sizeof numbered, "%zu %.*s", i + 1, COOP_LABEL_SIZE - 24, label[i]);
        coop_svg_fit(numbered, width, COOP_SVG_TEXT, ret[i], COOP_LABEL_SIZE);
    }
    return false;
}
