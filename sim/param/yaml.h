/* coopsim - GPL-3.0-or-later
 *
 * A YAML document as a tree of words with their places, inside sim/param. Only yaml.c knows the
 * YAML library. */
#ifndef COOP_PARAM_YAML_H
#define COOP_PARAM_YAML_H

#include "sim/param/config.h"

enum coop_yaml_kind {
    COOP_YAML_NONE, /* an empty document, or a node that has already been reported */
    COOP_YAML_WORD,
    COOP_YAML_LIST,
    COOP_YAML_MAPPING
};

struct coop_yaml {
    enum coop_yaml_kind kind;
    struct coop_place place;
    char *text;              /* of a word, else NULL */
    struct coop_yaml *child; /* [count], of a mapping key, value, key, value ... */
    size_t count;
};

enum { COOP_YAML_BYTES_MAX = 64 * 1024, COOP_YAML_DEPTH_MAX = 16, COOP_YAML_ITEMS_MAX = 4096 };

/* Bytes into a tree. What YAML allows and a configuration does not (anchors, aliases, tags, more
 * than one document, keys that are no words, control characters) is reported and left out; returns
 * COOP_USAGE if reading had to stop. `file` must outlive the tree. Free `ret` in any case. */
enum coop_status coop_yaml_parse(struct coop_yaml *ret, const char *file, const char *text,
                                 size_t length, struct coop_problems *problems);
/* The value of a mapping's first key of that name; NULL if there is none. */
const struct coop_yaml *coop_yaml_find(const struct coop_yaml *mapping, const char *name);
void coop_yaml_free(struct coop_yaml *node); /* safe on a zeroed struct */

#endif
