/* coopsim - GPL-3.0-or-later
 *
 * The contract of an observer: one file ending in one `COOP_OBSERVER(name) = {...}`, with a table
 * of measures. Observers read the state; what they remember between records they keep in fields
 * of their own. One call fills all measures of the observer for a batch. */
#ifndef COOP_ENGINE_OBSERVER_H
#define COOP_ENGINE_OBSERVER_H

#include "sim/engine/isa.h"
#include "sim/param/param.h"
#include "sim/state/batch.h"

/* Everything a pooled measure may look at: one value an organisation. */
struct coop_pool {
    size_t organisations;
    const float *const *value; /* [components][organisations] what `observe` wrote */
    const uint32_t *size;      /* [organisations] workers */
};

struct coop_measure {
    const char *name;
    const char *unit;    /* "1" if dimensionless */
    const char *formula; /* in the notation of the ODD description */
    const char *summary; /* one sentence */
    double min, max;     /* NAN: unbounded */
    double neutral;      /* its value among equals; NAN: none */
    int components;      /* 0 or 1: one value an organisation, the run's value is their mean;
                            more: values an organisation that `pool` joins */
    double (*pool)(const struct coop_pool *pool); /* NULL: mean over organisations that have one */
    bool of_whole_run; /* its final value is that of the last record, not the last year's mean */
    double absent;     /* its value in every organisation where nothing is to be observed */
};

struct coop_observer {
    const char *name;
    const char *summary;
    const struct coop_param_table *params; /* NULL: none */
    const struct coop_field *fields;
    size_t field_count;
    const struct coop_measure *measures;
    size_t measure_count;
    /* Whether there is anything to observe at these parameters of the model; NULL: always. If not in
     * any set of the run, `observe` is not called and its measures are `absent`. */
    bool (*asked)(const void *shared);
    /* ret_value: one array [organisations of the batch] for each measure, or for each component of
     * one, in the table's order. Missing is NAN. */
    void (*observe)(const struct coop_batch *batch, float *const *ret_value);
};

#define COOP_OBSERVER(name) const struct coop_observer COOP_ISA_NAME(coop_observer_##name)

#endif
