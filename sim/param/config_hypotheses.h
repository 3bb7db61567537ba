/* coopsim - GPL-3.0-or-later
 *
 * One hypothesis while it is read, between the files that read it and check its keys. */
#ifndef COOP_PARAM_CONFIG_HYPOTHESES_H
#define COOP_PARAM_CONFIG_HYPOTHESES_H

#include "sim/param/hypothesis.h"
#include "sim/param/yaml.h"

enum coop_hypothesis_key {
    COOP_KEY_NAME,
    COOP_KEY_CLAIM,
    COOP_KEY_MEASURE,
    COOP_KEY_CONTRAST,
    COOP_KEY_CASE,
    COOP_KEY_CASES,
    COOP_KEY_AGAINST,
    COOP_KEY_WITH,
    COOP_KEY_LAG,
    COOP_KEY_POOLED,
    COOP_KEY_OVER,
    COOP_KEY_ORDER,
    COOP_KEY_WITHIN,
    COOP_KEY_VALUE,
    COOP_KEY_EXPECT,
    COOP_KEY_MARGIN,
    COOP_KEY_ALPHA,
    COOP_KEY_LEVEL,
    COOP_KEYS
};
extern const char *const coop_hypothesis_key_name[COOP_KEYS + 1]; /* ends with NULL */

struct coop_hypothesis_entry {
    const struct coop_yaml *node;
    const struct coop_yaml *key[COOP_KEYS];   /* NULL: not given */
    const struct coop_yaml *value[COOP_KEYS]; /* NULL: none that can be used */
};

/* The values of an entry whose texts have been copied. What is at fault is reported and stays as it
 * is by default. */
enum coop_status coop_hypothesis_read_values(const struct coop_hypothesis_entry *entry,
                                             struct coop_hypothesis *ret,
                                             struct coop_problems *problems);
/* Keys that are missing, that the contrast does not take, or that contradict each other. */
void coop_hypothesis_check_keys(const struct coop_hypothesis_entry *entry,
                                const struct coop_hypothesis *hypothesis,
                                struct coop_problems *problems);
/* Whether the last hypothesis has the name of an earlier one, which is reported. */
void coop_hypothesis_check_name(const struct coop_config *config, struct coop_problems *problems);

#endif
