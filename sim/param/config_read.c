/* coopsim - GPL-3.0-or-later
 *
 * Reading a configuration: the file's bytes, and the top level of its YAML. */
#include "sim/param/assign.h"
#include "sim/param/text.h"
#include "sim/param/yaml.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for the configuration");
}

static enum coop_status start(struct coop_config *config, const char *file)
{
    *config = (struct coop_config){.file = strdup(file),
                                   .model = strdup("seo"),
                                   .title = strdup(""),
                                   .about = strdup(""),
                                   .replicates = 1};
    if (!config->file || !config->model || !config->title || !config->about)
        return no_memory();
    config->model_place = (struct coop_place){config->file, 0, 0};
    return COOP_OK;
}

/* A text of the top level. */
static enum coop_status read_word(char **ret, const char *name, const struct coop_yaml *value,
                                  struct coop_problems *problems)
{
    if (value->kind == COOP_YAML_LIST || value->kind == COOP_YAML_MAPPING)
        coop_problems_add(problems, value->place, "'%s' takes a text, not a %s", name,
                          value->kind == COOP_YAML_LIST ? "list" : "mapping");
    else if (value->kind == COOP_YAML_WORD && *value->text == '\0')
        coop_problems_add(problems, value->place,
                          "'%s' has no value - write one, or remove the line", name);
    if (value->kind != COOP_YAML_WORD)
        return COOP_OK;
    free(*ret);
    *ret = strdup(value->text);
    return *ret ? COOP_OK : no_memory();
}

/* A key without a point whose value is no group: a slip in one of the keys that may stand here, or a
 * parameter without its group, which coop_config_apply names. */
static enum coop_status refuse_key(struct coop_config *config, const struct coop_yaml *key,
                                   struct coop_problems *problems)
{
    static const char *const known[] = {"model",      "title",      "about",    "cases",  "twins",
                                        "regime",     "regimes",    "schedule", "expect", "design",
                                        "replicates", "hypotheses", NULL};
    const char *near = coop_nearest_word(known, key->text);
    if (near == NULL)
        return coop_assign_entry(&config->common, key, key + 1, problems);
    coop_problems_add(problems, key->place, "unknown key '%s' - did you mean '%s'?",
                      coop_show(key->text).text, near);
    return COOP_OK;
}

static enum coop_status read_entry(struct coop_config *config, const struct coop_yaml *key,
                                   const struct coop_yaml *value, struct coop_problems *problems)
{
    if (strcmp(key->text, "model") == 0) {
        config->model_place = value->place;
        return read_word(&config->model, "model", value, problems);
    }
    if (strcmp(key->text, "title") == 0)
        return read_word(&config->title, "title", value, problems);
    if (strcmp(key->text, "about") == 0)
        return read_word(&config->about, "about", value, problems);
    if (strcmp(key->text, "cases") == 0)
        return coop_config_read_cases(config, value, problems);
    if (strcmp(key->text, "twins") == 0)
        return coop_config_read_twins(config, value, problems);
    if (strcmp(key->text, "expect") == 0)
        return coop_config_read_expect(config, value, problems);
    if (strcmp(key->text, "hypotheses") == 0)
        return coop_config_read_hypotheses(config, value, problems);
    if (strcmp(key->text, "regime") == 0)
        return coop_config_read_regime(&config->mix, key, config->file, problems);
    if (strcmp(key->text, "regimes") == 0)
        return coop_config_read_regimes(&config->mix, key, config->file, problems);
    if (strcmp(key->text, "schedule") == 0)
        return coop_config_read_schedule(&config->schedule, value, problems);
    if (strcmp(key->text, "replicates") == 0)
        return coop_config_read_replicates(config, value, problems);
    if (strcmp(key->text, "design") == 0)
        return coop_config_read_design(&config->scheme, key, problems);
    if (value->kind == COOP_YAML_MAPPING || strchr(key->text, '.'))
        return coop_assign_entry(&config->common, key, value, problems);
    return refuse_key(config, key, problems);
}

/* A parameter's own duplicates are found with both spellings, in the assignments. */
static enum coop_status read_root(struct coop_config *config, const struct coop_yaml *root,
                                  struct coop_problems *problems)
{
    for (size_t i = 0; i + 1 < root->count; i += 2) {
        const struct coop_yaml *key = &root->child[i], *value = key + 1;
        if (key->kind != COOP_YAML_WORD)
            continue;
        const bool group = value->kind == COOP_YAML_MAPPING;
        const bool again = !strchr(key->text, '.') && coop_assign_repeats(root, i, problems);
        if (!again || group)
            COOP_TRY(read_entry(config, key, value, problems));
    }
    return COOP_OK;
}

static bool is_empty(const struct coop_yaml *root)
{
    return root->kind == COOP_YAML_NONE || (root->kind == COOP_YAML_WORD && *root->text == '\0');
}

static enum coop_status read_tree(struct coop_config *config, const struct coop_yaml *root,
                                  struct coop_problems *problems)
{
    const size_t before = problems->count;
    if (root->kind == COOP_YAML_MAPPING) {
        COOP_TRY(read_root(config, root, problems));
    } else if (!is_empty(root)) {
        coop_problems_add(problems, root->place,
                          "the top level is a %s, not a mapping - write 'key: value' lines",
                          root->kind == COOP_YAML_LIST ? "list" : "text");
    }
    return problems->count == before ? COOP_OK : COOP_USAGE;
}

/* The only case of a file without cases. */
static enum coop_status add_base_case(struct coop_config *config)
{
    config->item = calloc(1, sizeof *config->item);
    if (!config->item)
        return no_memory();
    config->cases = 1;
    config->item[0].place = (struct coop_place){config->file, 0, 0};
    config->item[0].name = strdup("base");
    return config->item[0].name ? COOP_OK : no_memory();
}

static enum coop_status parse(struct coop_config *config, const char *text, size_t length,
                              struct coop_problems *problems)
{
    struct coop_yaml root;
    config->text = calloc(length + 1, 1);
    if (!config->text)
        return no_memory();
    memcpy(config->text, text, length);
    const size_t before = problems->count;
    enum coop_status status = coop_yaml_parse(&root, config->file, text, length, problems);
    if (status == COOP_OK && is_empty(&root) && problems->count == before)
        coop_problems_add(problems, (struct coop_place){config->file, 0, 0},
                          "the configuration is empty - write at least 'model: seo'");
    if (status == COOP_OK)
        status = read_tree(config, &root, problems);
    coop_yaml_free(&root);
    if (status != COOP_MEMORY && config->cases == 0 && add_base_case(config) != COOP_OK)
        status = COOP_MEMORY;
    const bool wrong = problems->count > before;
    coop_problems_sort(problems);
    if (status != COOP_MEMORY && wrong)
        status = COOP_FAIL(COOP_USAGE, "errors in the configuration '%s'", config->file);
    return status;
}

enum coop_status coop_config_parse(struct coop_config *ret, const char *file, const char *text,
                                   size_t length, struct coop_problems *problems)
{
    COOP_TRY(start(ret, file));
    return parse(ret, text, length, problems);
}

enum coop_status coop_config_read_bytes(const char *file, char *buffer, size_t size,
                                        size_t *ret_length)
{
    FILE *stream = fopen(file, "rbe");
    if (!stream)
        return COOP_FAIL(COOP_USAGE, "cannot open: %s", strerror(errno));
    errno = 0;
    *ret_length = fread(buffer, 1, size, stream);
    const int error = ferror(stream) ? errno : 0;
    fclose(stream);
    return error ? COOP_FAIL(COOP_USAGE, "cannot read: %s", strerror(error)) : COOP_OK;
}

enum coop_status coop_config_read(struct coop_config *ret, const char *file,
                                  struct coop_problems *problems)
{
    size_t length = 0;
    COOP_TRY(start(ret, file));
    char *buffer = malloc(COOP_YAML_BYTES_MAX + 1);
    if (!buffer)
        return no_memory();
    /* One byte more than is allowed, so that a longer file shows. */
    enum coop_status status =
        coop_config_read_bytes(file, buffer, COOP_YAML_BYTES_MAX + 1, &length);
    if (status == COOP_OK)
        status = parse(ret, buffer, length, problems);
    else
        coop_problems_add(problems, (struct coop_place){ret->file, 0, 0}, "%s",
                          coop_status_message());
    free(buffer);
    return status;
}
