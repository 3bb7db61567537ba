/* coopsim - GPL-3.0-or-later */
#include "sim/io/provenance.h"

#include "sim/io/resolved.h"
#include "sim/io/store.h"

#include <gsl/gsl_version.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/* meson defines these; the fallbacks serve a compilation by hand. */
#ifndef COOP_VERSION
#define COOP_VERSION "unknown"
#endif
#ifndef COOP_REVISION
#define COOP_REVISION "unknown"
#endif
#ifndef COOP_FLAGS
#define COOP_FLAGS "unknown"
#endif

#ifdef __clang__
#define COMPILER "clang (" __VERSION__ ")"
#else
#define COMPILER "gcc " __VERSION__
#endif

static void print_text_key(FILE *out, const char *key, const char *text)
{
    if (text == NULL || text[0] == '\0')
        return;
    fprintf(out, "%s: ", key);
    coop_resolved_quote(out, text);
    fputc('\n', out);
}

static void print_expectation(FILE *out, const struct coop_expectation *expectation)
{
    static const char *const direction[] = {"lower", "higher", "equal"};
    fprintf(out, "  - {measure: %s, case: %s, ", expectation->measure, expectation->subject);
    if (*expectation->against != '\0')
        fprintf(out, "against: %s, ", expectation->against);
    else
        fprintf(out, "value: %.17g, ", expectation->value);
    fprintf(out, "direction: %s, margin: %.17g, level: %.17g", direction[expectation->direction],
            expectation->margin, expectation->level);
    if (*expectation->because != '\0') {
        fprintf(out, ", because: ");
        coop_resolved_quote(out, expectation->because);
    }
    fprintf(out, "}\n");
}

static enum coop_status print_resolved(FILE *out, const struct coop_config *config,
                                       const struct coop_design *design)
{
    fprintf(out, "model: %s\n", config->model);
    print_text_key(out, "title", config->title);
    print_text_key(out, "about", config->about);
    COOP_TRY(coop_resolved_params(out, design->script[0].set));
    COOP_TRY(coop_resolved_cases(out, design));
    for (size_t twin = 0; twin < config->twins; twin++)
        fprintf(out, "%s%s", twin == 0 ? "twins: [" : ", ", config->twin[twin]);
    if (config->twins > 0)
        fputs("]\n", out);
    coop_resolved_design(out, config);
    for (size_t e = 0; e < config->expectations; e++) {
        fputs(e == 0 ? "expect:\n" : "", out);
        print_expectation(out, &config->expectation[e]);
    }
    coop_resolved_hypotheses(out, config);
    return COOP_OK;
}

/* Closes a stream into memory; what did not fit shows only now. */
static enum coop_status finish(FILE *out, enum coop_status status)
{
    bool failed = ferror(out) != 0;
    failed = fclose(out) != 0 || failed;
    return status == COOP_OK && failed
               ? COOP_FAIL(COOP_MEMORY, "out of memory writing where the result comes from")
               : status;
}

static enum coop_status make_texts(struct coop_provenance *ret, const struct coop_config *config,
                                   const struct coop_design *design)
{
    size_t size;
    FILE *resolved = open_memstream(&ret->resolved_config, &size);
    if (resolved == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory writing the resolved configuration");
    COOP_TRY(finish(resolved, print_resolved(resolved, config, design)));
    FILE *settings = open_memstream(&ret->settings, &size);
    if (settings == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory writing the settings");
    for (size_t i = 0; i < config->override.count; i++)
        fprintf(settings, "%s=%s\n", config->override.item[i].path, config->override.item[i].text);
    COOP_TRY(finish(settings, COOP_OK));
    ret->config_text = strdup(config->text);
    ret->title = strdup(config->title);
    if (ret->config_text == NULL || ret->title == NULL ||
        asprintf(&ret->libraries, "%s, GSL %s, libyaml %s", coop_store_library(), gsl_version,
                 yaml_get_version_string()) < 0) {
        ret->libraries = NULL;
        return COOP_FAIL(COOP_MEMORY, "out of memory writing where the result comes from");
    }
    return COOP_OK;
}

enum coop_status coop_provenance_init(struct coop_provenance *ret, const struct coop_config *config,
                                      const struct coop_design *design)
{
    *ret = (struct coop_provenance){.version = COOP_VERSION,
                                    .revision = COOP_REVISION,
                                    .compiler = COMPILER,
                                    .flags = COOP_FLAGS};
    enum coop_status status = make_texts(ret, config, design);
    if (status != COOP_OK)
        coop_provenance_free(ret);
    return status;
}

void coop_provenance_free(struct coop_provenance *provenance)
{
    free(provenance->title);
    free(provenance->config_text);
    free(provenance->resolved_config);
    free(provenance->settings);
    free(provenance->libraries);
    *provenance = (struct coop_provenance){0};
}

const char *coop_provenance_version(void)
{
    return COOP_VERSION;
}

const char *coop_provenance_revision(void)
{
    return COOP_REVISION;
}
