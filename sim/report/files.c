/* coopsim - GPL-3.0-or-later
 *
 * The figures of a report as files. */
#include "sim/report/figure.h"
#include "sim/report/report.h"

#include <stdlib.h>
#include <string.h>

struct taker {
    enum coop_status (*take)(void *user, const struct coop_report_file *file);
    void *user;
};

static enum coop_status hand_over(const struct taker *taker, const char *id, const char *ending,
                                  const char *bytes, size_t size)
{
    char name[COOP_FIGURE_ID + 8];
    snprintf(name, sizeof name, "%s.%s", id, ending);
    return taker->take(taker->user, &(struct coop_report_file){name, bytes, size});
}

static enum coop_status take_figure(const struct coop_report_sink *sink,
                                    const struct coop_figure *figure)
{
    const struct taker *taker = sink->user;
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (out == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for a table");
    coop_sheet_csv(figure->table, out);
    enum coop_status status =
        fclose(out) == 0 ? COOP_OK : COOP_FAIL(COOP_MEMORY, "out of memory for a table");
    if (status == COOP_OK)
        status = hand_over(taker, figure->id, "svg", figure->svg, strlen(figure->svg));
    if (status == COOP_OK)
        status = hand_over(taker, figure->id, "csv", text, size);
    free(text);
    return status;
}

enum coop_status coop_report_files(const struct coop_report *report,
                                   enum coop_status (*take)(void *user,
                                                            const struct coop_report_file *file),
                                   void *user)
{
    struct taker taker = {take, user};
    enum coop_status status = COOP_OK;
    for (size_t s = 0; status == COOP_OK && coop_sections[s].id != NULL; s++) {
        char *words = NULL; /* of the page, which nobody reads here */
        size_t size = 0;
        FILE *out = open_memstream(&words, &size);
        if (out == NULL)
            return COOP_FAIL(COOP_MEMORY, "out of memory for the report");
        status =
            coop_sections[s].write(report, &(struct coop_report_sink){out, take_figure, &taker});
        if (fclose(out) != 0 && status == COOP_OK)
            status = COOP_FAIL(COOP_MEMORY, "out of memory for the report");
        free(words);
    }
    return status;
}
