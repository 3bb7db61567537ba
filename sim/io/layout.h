/* coopsim - GPL-3.0-or-later
 *
 * The layout of a result: how long its axes are and what its variables say of themselves. It is
 * that of all runs of a design, whichever of them a file holds, so that the shards of a sweep can
 * be joined variable by variable. */
#ifndef COOP_IO_LAYOUT_H
#define COOP_IO_LAYOUT_H

#include "sim/engine/model.h"
#include "sim/param/script.h"
#include "sim/state/record.h"

struct coop_param_layout {
    bool varies;     /* from run to run */
    bool mixed;      /* the regimes of a run differ in it in week 0 */
    bool scheduled;  /* the schedule of a run changes it */
    size_t elements; /* of a list: most of any run */
};

/* A variable of the panel: all components of one field. Runs may differ in their fields, or in the
 * number of components (task kinds). */
struct coop_panel_layout {
    struct coop_panel_column column; /* without values */
    size_t components;
};

struct coop_layout {
    size_t times;
    int64_t *week;        /* [times] of the run recorded longest */
    char *longest;        /* its name */
    size_t organisations; /* most of any run with values of each; 0: none */
    bool by_organisation; /* at all recorded weeks, of some run */
    bool *kept;     /* [measures] final values of each organisation are kept; NULL: of no measure */
    size_t regimes; /* most of any run */
    bool named;     /* a regime has a name */
    size_t workers; /* largest panel; 0: none */
    struct coop_panel_layout *field; /* [fields] in the order of their first run */
    size_t fields;
    struct coop_param_layout *param; /* [params] all rows, table after table */
    size_t params;
    struct coop_param_set first; /* of the first run, which the others are compared with */
    size_t scripts;
};

/* Of no run yet; `set` says which rows there are, `kept` (may be NULL) [measures] which measures'
 * final values of each organisation are kept, all in records that have not dropped them. */
enum coop_status coop_layout_init(struct coop_layout *ret, const struct coop_param_set *set,
                                  const bool *kept, size_t measures);
void coop_layout_free(struct coop_layout *layout); /* safe on a zeroed struct */

/* Makes room for the parameters of a run. */
void coop_layout_add_script(struct coop_layout *layout, const struct coop_script *script);
/* Makes room for what a run recorded, or with the name of the run will record. COOP_USAGE if its
 * weeks are not those of the other runs, since a file has one time axis. */
enum coop_status coop_layout_add_record(struct coop_layout *layout, const char *name,
                                        const struct coop_record *record);
enum coop_status coop_layout_add_plan(struct coop_layout *layout, const char *name,
                                      const struct coop_model *model,
                                      const struct coop_script *script, uint32_t replicate);

#endif
