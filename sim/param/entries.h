/* coopsim - GPL-3.0-or-later
 *
 * Lists of mappings with the same keys in a configuration (`expect:`, `hypotheses:`), inside
 * sim/param. */
#ifndef COOP_PARAM_ENTRIES_H
#define COOP_PARAM_ENTRIES_H

#include "sim/param/yaml.h"

/* What is said of a list, and the keys of its entries. */
struct coop_entries {
    const char *list_fault;     /* "'expect' takes a list of ..." */
    const char *mapping_fault;  /* "an expectation is a mapping with ..." */
    const char *entry;          /* "an expectation" */
    const char *has;            /* its keys: "measure, case ..." */
    const char *const *key;     /* [keys], NULL behind them */
    const char *const *list_of; /* [keys] "cases" where a key takes a list; else NULL */
    size_t keys;
    /* One mapping of the list. */
    enum coop_status (*read)(struct coop_config *config, const struct coop_yaml *node,
                             struct coop_problems *problems);
};

/* Reads every mapping of the list; what is none is reported. */
enum coop_status coop_entries_read(const struct coop_entries *entries, struct coop_config *config,
                                   const struct coop_yaml *list, struct coop_problems *problems);

/* The keys of an entry, [keys], NULL where one is not given; and their values, NULL too where there
 * is none that can be used, which is reported. */
void coop_entry_read(const struct coop_entries *entries, const struct coop_yaml *node,
                     const struct coop_yaml **ret_key, const struct coop_yaml **ret_value,
                     struct coop_problems *problems);
/* A copy of a value that may be NULL; NULL if there is no memory. */
char *coop_entry_word(const struct coop_yaml *value);
/* The place of a value that may be NULL, then of its entry. */
struct coop_place coop_entry_place(const struct coop_yaml *value, const struct coop_yaml *entry);

#endif
