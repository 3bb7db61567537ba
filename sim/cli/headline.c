/* coopsim - GPL-3.0-or-later
 *
 * The summary of a study for people: for each measure that the model names one row a case, then
 * the main result in words. */
#include "sim/cli/runs.h"
#include "sim/cli/text.h"

#include <math.h>
#include <string.h>

enum { LABEL_COLUMNS_MAX = 44, NUMBER_COLUMNS = 18 };

static const struct coop_headline *row_of(const struct coop_runs *runs, size_t headline)
{
    return &runs->study->model->headline[headline];
}

static size_t measure_of(const struct coop_runs *runs, size_t headline)
{
    return (size_t)coop_model_measure_find(runs->study->model, row_of(runs, headline)->measure);
}

/* The finished twin of a case that was listed first; the case itself if there is none. */
static size_t twin_of(const struct coop_runs *runs, size_t self)
{
    const struct coop_design *design = &runs->study->design;
    for (size_t r = self + 1; r < design->runs && design->run[r].self == self; r++)
        if (runs->status[r] == COOP_RUN_DONE)
            return r;
    return self;
}

static size_t label_columns(const struct coop_runs *runs)
{
    size_t widest = 0;
    for (size_t h = 0; h < runs->headlines; h++)
        widest = fmax((double)widest, (double)coop_cli_columns(row_of(runs, h)->label));
    for (size_t r = 0; r < runs->study->design.runs; r++)
        if (runs->study->design.run[r].twin == NULL)
            widest = fmax((double)widest, 2 + (double)strlen(runs->study->design.run[r].name));
    return widest < LABEL_COLUMNS_MAX ? widest : LABEL_COLUMNS_MAX;
}
