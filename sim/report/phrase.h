/* coopsim - GPL-3.0-or-later
 *
 * Inside sim/report: sentences put together in a text of fixed size; what has no room is cut. */
#ifndef COOP_REPORT_PHRASE_H
#define COOP_REPORT_PHRASE_H

#include "sim/base/status.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

struct coop_phrase {
    char *text;
    size_t size, used;
};

COOP_PRINTF(2, 3)
static inline void coop_phrase_add(struct coop_phrase *words, const char *format, ...)
{
    va_list arguments;
    if (words->used + 1 >= words->size)
        return;
    va_start(arguments, format);
    const int length =
        vsnprintf(words->text + words->used, words->size - words->used, format, arguments);
    va_end(arguments);
    words->used += length > 0 ? (size_t)length : 0;
    if (words->used >= words->size)
        words->used = words->size - 1;
}

#endif
