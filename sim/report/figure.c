/* coopsim - GPL-3.0-or-later */
#include "sim/report/figure.h"

#include <ctype.h>
#include <stdlib.h>

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for a figure");
}

enum coop_status coop_drawing_begin(struct coop_drawing *ret, const char *id, const char *part,
                                    const char *const *column, size_t columns)
{
    *ret = (struct coop_drawing){.text = NULL};
    snprintf(ret->id, sizeof ret->id, "%s%s%s", id, part != NULL ? "_" : "",
             part != NULL ? part : "");
    for (char *at = ret->id; *at != '\0'; at++)
        if (!isalnum((unsigned char)*at) || (unsigned char)*at > 127)
            *at = '_';
    coop_sheet_init(&ret->table, column, columns);
    ret->svg = open_memstream(&ret->text, &ret->size);
    return ret->svg != NULL ? COOP_OK : no_memory();
}

struct coop_svg_head coop_drawing_head(const struct coop_drawing *drawing)
{
    return (struct coop_svg_head){drawing->id, drawing->title, drawing->caption};
}

enum coop_status coop_drawing_end(struct coop_drawing *drawing, const struct coop_report_sink *sink,
                                  enum coop_status status)
{
    if (drawing->svg != NULL && fclose(drawing->svg) != 0 && status == COOP_OK)
        status = no_memory();
    if (status == COOP_OK)
        status = coop_sheet_status(&drawing->table);
    if (status == COOP_OK)
        status =
            sink->figure(sink, &(struct coop_figure){drawing->id, drawing->title, drawing->caption,
                                                     drawing->text, &drawing->table});
    coop_sheet_free(&drawing->table);
    free(drawing->text);
    *drawing = (struct coop_drawing){.text = NULL};
    return status;
}
