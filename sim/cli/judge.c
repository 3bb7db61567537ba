/* coopsim - GPL-3.0-or-later */
#include "sim/cli/judge.h"

#include "sim/cli/expect.h"
#include "sim/io/merge.h"
#include "sim/io/results_source.h"
#include "sim/io/seal.h"
#include "sim/io/store_judged.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum coop_status coop_judge_source(const struct coop_study *study, const struct coop_source *source,
                                   struct coop_judgement **ret)
{
    *ret = calloc(study->config.hypotheses + 1, sizeof **ret);
    if (*ret == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for the hypotheses");
    return coop_judge(&study->config, study->model, source,
                      (uint64_t)coop_study_settings(&study->design.script[0])->seed, *ret);
}

enum coop_status coop_judge_results(const struct coop_study *study, struct coop_reader *reader,
                                    struct coop_conclusions *ret)
{
    struct coop_results_source files;
    *ret = (struct coop_conclusions){0};
    coop_results_source_init(&files, reader, study->model, &study->design);
    const struct coop_source source = coop_results_source(&files);
    enum coop_status status = coop_judge_source(study, &source, &ret->judgement);
    coop_results_source_free(&files);
    if (status == COOP_OK)
        status = coop_findings_read(study, reader, &ret->finding);
    return status;
}

void coop_conclusions_free(struct coop_conclusions *judged)
{
    free(judged->judgement);
    free(judged->finding);
    *judged = (struct coop_conclusions){0};
}

enum coop_status coop_conclusions_store(const struct coop_study *study,
                                        const struct coop_conclusions *judged, void **bytes,
                                        size_t *size)
{
    const struct coop_config *config = &study->config;
    return coop_store_judged(bytes, size,
                             &(struct coop_judged_result){
                                 .model = study->model,
                                 .design = &study->design,
                                 .expectation = config->expectation,
                                 .finding = judged->finding,
                                 .expectations = judged->finding != NULL ? config->expectations : 0,
                                 .hypothesis = config->hypothesis,
                                 .judgement = judged->judgement,
                                 .hypotheses = judged->judgement != NULL ? config->hypotheses : 0});
}

/* The reader has compared its bytes with their checksum. */
static enum coop_status read_bytes(const char *path, void **ret_bytes, size_t *ret_size)
{
    struct stat found;
    FILE *file = fopen(path, "rbe");
    enum coop_status status = COOP_OK;
    if (file == NULL || fstat(fileno(file), &found) != 0)
        status = COOP_FAIL(COOP_IO, "%s: cannot open: %s", path, strerror(errno));
    else if ((*ret_bytes = malloc((size_t)found.st_size + 1)) == NULL)
        status = COOP_FAIL(COOP_MEMORY, "out of memory for %s", path);
    else if (fread(*ret_bytes, 1, (size_t)found.st_size, file) != (size_t)found.st_size)
        status = COOP_FAIL(COOP_IO, "%s: cannot read", path);
    else
        *ret_size = (size_t)found.st_size;
    if (file != NULL)
        fclose(file);
    return status;
}

enum coop_status coop_conclusions_write(const struct coop_study *study,
                                        const struct coop_conclusions *judged,
                                        struct coop_reader *reader, const char *path, bool replace)
{
    void *bytes = NULL;
    size_t size = 0;
    enum coop_status status = reader->is_sweep ? coop_merge_build(reader, NULL, 0, &bytes, &size)
                                               : read_bytes(reader->path, &bytes, &size);
    if (status == COOP_OK)
        status = coop_conclusions_store(study, judged, &bytes, &size);
    if (status == COOP_OK)
        status = coop_seal_write(path, bytes, size, replace);
    free(bytes);
    return status;
}
