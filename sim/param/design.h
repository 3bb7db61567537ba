/* coopsim - GPL-3.0-or-later
 *
 * The design: which runs a configuration asks for. Every replicate has every point of the space of
 * parameters, every point every case, and beside every case stand its twins. A run's parameters are
 * made when they are asked for, so that a design of many runs stays small. */
#ifndef COOP_PARAM_DESIGN_H
#define COOP_PARAM_DESIGN_H

#include "sim/param/config.h"
#include "sim/param/param.h"
#include "sim/param/script.h"

/* What is known of a run without its parameters. */
struct coop_plan {
    const char *name; /* "rotation" or, for a twin, "rotation/exposure"; alike at all points;
                         borrowed from the design */
    const char *twin; /* NULL: the case itself; borrowed from the config */
    size_t case_number;
    size_t point;       /* 0 without a design */
    size_t self;        /* number of the run that is the case itself (its own number if no twin) */
    uint32_t replicate; /* the same replicate has the same persons and draws at all points */
};

/* An axis where the rows of the parameters are known. */
struct coop_design_axis {
    const struct coop_axis *plan; /* borrowed from the config */
    const struct coop_param *row;
    char *base;   /* the configuration's own value, as text */
    char *origin; /* where the axis stands, "file:3:9" */
};

struct coop_design {
    size_t runs; /* replicates x points x entries, the replicate slowest and the entry fastest, so
                    that what is done of an unfinished sweep is an even sample */
    size_t replicates, points, axes;
    size_t entries; /* of a point: each case followed by its twins */
    size_t cases;
    enum coop_scheme_kind kind;    /* COOP_NO_SCHEME: one point without axes */
    char **name;                   /* [entries] */
    struct coop_script *script;    /* [cases], before the axes */
    struct coop_design_axis *axis; /* [axes] */
    double *unit;                  /* [points][axes]: coop_design_unit */
    uint32_t
        *cut; /* [points] of COOP_ARROWS, rising: bit a says that arrow a is cut; NULL: others */
    uint8_t *order;       /* [orders][axes] in which arrows are cut, 2 i + 1 the reverse of 2 i */
    size_t orders;        /* 0: all sets of arrows are points */
    const char *twin_row; /* NULL: the model has none */
    char **twin_origin;   /* [twins of the config] */
    char **twin;          /* [twins], borrowed from the config */
    size_t twins;
};

/* Plans all runs. Errors of every run go to `problems`, each named once (COOP_USAGE if there are
 * any). `twin_row` is the model's choice row that `twins:` sets, NULL if it has none. Of the library
 * sim/design, since its samples need GSL. */
enum coop_status coop_design_init(struct coop_design *ret, const struct coop_config *config,
                                  const struct coop_param_table *const *table, size_t tables,
                                  const char *twin_row, struct coop_problems *problems);
void coop_design_free(struct coop_design *design); /* safe on a zeroed struct */

struct coop_plan coop_design_plan(const struct coop_design *design, size_t run);
/* The parameters of a run: those of its case, in every set of them the values of its point, then
 * the twin. To be freed with coop_script_free; may be called by several threads at once. */
enum coop_status coop_design_script(const struct coop_design *design, size_t run,
                                    struct coop_script *ret);
/* "rotation", "rotation, point 3, replicate 12": what tells a run from the others of its design. */
enum { COOP_DESIGN_LABEL_SIZE = 192 };
const char *coop_design_label(const struct coop_design *design, size_t run,
                              char buffer[COOP_DESIGN_LABEL_SIZE]);

/* The parameter's name. */
const char *coop_design_axis_name(const struct coop_design *design, size_t axis);
/* The place of a point along an axis, 0 to 1: the share of a range that is passed (of its logarithm
 * if it is logarithmic), of values the one of as many equal parts. NAN: the axis keeps the
 * configuration's own value (one_at_a_time). */
double coop_design_unit(const struct coop_design *design, size_t axis, size_t point);
/* The value as text that the parameter takes ("0.25", "majority", "[1, 2]"); the configuration's own
 * is that of the first case and of its first regime. */
enum { COOP_AXIS_TEXT_SIZE = 32 };
const char *coop_design_axis_text(const struct coop_design *design, size_t axis, size_t point,
                                  char buffer[COOP_AXIS_TEXT_SIZE]);
/* The value as a number: of a number itself, of a choice and of on/off its index as in the result
 * file, of a list its place among the axis's values (NAN at the configuration's own). */
double coop_design_axis_number(const struct coop_design *design, size_t axis, size_t point);
/* How far along the axis the value is, from 0, its first, to 1, its last: of listed values by their
 * places, of whole numbers as they are rounded, so that a switch is at 0 or at 1. NAN as above. */
double coop_design_axis_share(const struct coop_design *design, size_t axis, size_t point);
/* The values of an axis if they can be counted: those listed, or the steps of a range; 0 for a range
 * that is sampled. */
size_t coop_design_axis_values(const struct coop_design *design, size_t axis);

#endif
