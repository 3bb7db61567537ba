/* coopsim - GPL-3.0-or-later */
#include "sim/base/status.h"

#include <stdarg.h>
#include <stdio.h>

static _Thread_local char last_message[1024];
static _Thread_local const char *last_place = "";

const char *coop_status_message(void)
{
    return last_message;
}

const char *coop_status_place(void)
{
    return last_place;
}

enum coop_status coop_status_fail(enum coop_status status, const char *place, const char *format,
                                  ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(last_message, sizeof last_message, format, arguments);
    va_end(arguments);
    last_place = place;
    return status;
}
