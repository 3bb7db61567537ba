/* coopsim - GPL-3.0-or-later
 *
 * A regime's file: a mapping of parameters, with `title` and `source` for people. */
#include "sim/param/assign.h"
#include "sim/param/text.h"
#include "sim/param/yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for the regimes");
}

/* What a configuration holds beside parameters stays there. */
static enum coop_status read_key(struct coop_regime *regime, const struct coop_yaml *key,
                                 struct coop_problems *problems)
{
    const struct coop_yaml *value = key + 1;
    const bool text = strcmp(key->text, "title") == 0 || strcmp(key->text, "source") == 0;
    if (text && value->kind != COOP_YAML_WORD && value->kind != COOP_YAML_NONE)
        coop_problems_add(problems, value->place, "'%s' takes a text", key->text);
    if (text)
        return COOP_OK;
    if (value->kind == COOP_YAML_MAPPING || strchr(key->text, '.'))
        return coop_assign_entry(&regime->values, key, value, problems);
    coop_problems_add(problems, key->place,
                      "'%s' has no place in a regime's file - it holds parameters, 'title' and "
                      "'source'; all else stands in the configuration",
                      coop_show(key->text).text);
    return COOP_OK;
}

static enum coop_status read_values(struct coop_regime *regime, const struct coop_yaml *root,
                                    struct coop_problems *problems)
{
    if (root->kind != COOP_YAML_MAPPING) {
        coop_problems_add(problems, root->place,
                          "a regime's file is a mapping of parameters, as in 'voice: {know: 8}'");
        return COOP_OK;
    }
    for (size_t i = 0; i + 1 < root->count; i += 2) {
        const struct coop_yaml *key = &root->child[i];
        if (key->kind != COOP_YAML_WORD)
            continue;
        const bool again = !strchr(key->text, '.') && coop_assign_repeats(root, i, problems);
        if (!again || key[1].kind == COOP_YAML_MAPPING)
            COOP_TRY(read_key(regime, key, problems));
    }
    return COOP_OK;
}

/* `named` is where the configuration names the file. */
static enum coop_status read_file(struct coop_regime *regime, const struct coop_yaml *named,
                                  struct coop_problems *problems)
{
    struct coop_yaml root = {0};
    size_t length = 0;
    char *buffer = malloc(COOP_YAML_BYTES_MAX + 1);
    if (!buffer)
        return no_memory();
    enum coop_status status =
        coop_config_read_bytes(regime->file, buffer, COOP_YAML_BYTES_MAX + 1, &length);
    if (status != COOP_OK)
        coop_problems_add(problems, named->place,
                          "the regime's file %s: %s - it is looked for beside the configuration",
                          coop_show(regime->file).text, coop_status_message());
    else
        status = coop_yaml_parse(&root, regime->file, buffer, length, problems);
    if (status == COOP_OK)
        status = read_values(regime, &root, problems);
    coop_yaml_free(&root);
    free(buffer);
    coop_assign_refuse_engine(&regime->values,
                              "belongs to the whole run, not to a regime - set it in the "
                              "configuration",
                              problems);
    return status == COOP_USAGE ? COOP_OK : status;
}

/* The path from where the program runs; NULL if there is no memory. */
static char *path_beside(const char *config_file, const char *name)
{
    const char *slash = strrchr(config_file, '/');
    char *path;
    if (name[0] == '/' || !slash)
        return strdup(name);
    return asprintf(&path, "%.*s%s", (int)(slash - config_file + 1), config_file, name) < 0 ? NULL
                                                                                            : path;
}

/* The file's name without directories and ending, for a regime without a name of its own. */
static enum coop_status name_after_file(struct coop_regime *regime, const struct coop_yaml *file,
                                        struct coop_problems *problems)
{
    const char *slash = strrchr(file->text, '/'), *stem = slash ? slash + 1 : file->text;
    const char *dot = strrchr(stem, '.');
    char *name = strndup(stem, dot && dot != stem ? (size_t)(dot - stem) : strlen(stem));
    if (!name)
        return no_memory();
    const struct coop_yaml word = {.kind = COOP_YAML_WORD, .text = name};
    const char *fault = coop_config_name_fault(&word);
    if (fault) {
        coop_problems_add(problems, file->place,
                          "the regime is named after its file, and a name %s - give it a 'name' in "
                          "a list 'regimes'",
                          fault);
        free(name);
        return COOP_OK;
    }
    free(regime->name);
    regime->name = name;
    return COOP_OK;
}

enum coop_status coop_regime_read_file(struct coop_regime *regime, const struct coop_yaml *file,
                                       const char *config_file, struct coop_problems *problems)
{
    if (file->kind != COOP_YAML_WORD || *file->text == '\0') {
        if (file->kind != COOP_YAML_NONE)
            coop_problems_add(problems, file->place,
                              "a regime's file is a path, as in "
                              "regimes/worker.yaml");
        return COOP_OK;
    }
    regime->file = path_beside(config_file, file->text);
    if (!regime->file)
        return no_memory();
    if (*regime->name == '\0')
        COOP_TRY(name_after_file(regime, file, problems));
    return read_file(regime, file, problems);
}
