/* coopsim - GPL-3.0-or-later
 *
 * coopsim report: a result as one page. */
#include "sim/cli/report.h"

#include "sim/cli/text.h"
#include "sim/io/provenance.h"
#include "sim/io/seal.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* "out/glass.h5" and "out/glass/" are both "glass". */
char *coop_cli_name_of_result(const char *path, const char *ending)
{
    char *copy = strdup(path), *name = NULL;
    if (copy == NULL)
        return NULL;
    for (size_t length = strlen(copy); length > 1 && copy[length - 1] == '/'; length--)
        copy[length - 1] = '\0';
    char *slash = strrchr(copy, '/'), *base = slash != NULL && slash[1] != '\0' ? slash + 1 : copy;
    char *dot = strrchr(base, '.');
    if (dot != NULL && strcmp(dot, ".h5") == 0 && dot != base)
        *dot = '\0';
    if (strcmp(base, ".") == 0 || strcmp(base, "..") == 0 || strcmp(base, "/") == 0)
        base = copy + strlen(copy);
    if (asprintf(&name, "%s%s", *base != '\0' ? base : "result", ending) < 0)
        name = NULL;
    free(copy);
    return name;
}

/* The settings of the result, read by this program: another version may know other parameters. */
static enum coop_status open_study(struct coop_opened_report *opened,
                                   const struct coop_arguments *arguments)
{
    struct coop_arguments resolved = *arguments;
    char *text = NULL, *version = NULL;
    resolved.operand[0] = opened->reader.path;
    enum coop_status status = coop_reader_provenance(&opened->reader, "resolved_config", &text);
    if (status == COOP_OK)
        status = coop_reader_provenance(&opened->reader, "version", &version);
    if (status == COOP_OK)
        status = coop_study_open_text(&opened->study, &resolved, text);
    if (status == COOP_USAGE)
        status = COOP_FAIL(COOP_REFUSED,
                           "%s: its settings are not those of this version: it was written by "
                           "coopsim %s, this is %s (%s)",
                           opened->reader.path, version, coop_provenance_version(),
                           coop_provenance_revision());
    if (status == COOP_OK && opened->study.design.runs != opened->reader.runs)
        status = COOP_FAIL(COOP_REFUSED, "%s: its configuration gives %zu runs instead of %zu",
                           opened->reader.path, opened->study.design.runs, opened->reader.runs);
    free(text);
    free(version);
    return status;
}

/* What cannot be judged is reported without verdicts. */
static enum coop_status judge(struct coop_opened_report *opened)
{
    const struct coop_config *config = &opened->study.config;
    if ((config->hypotheses == 0 && config->expectations == 0) ||
        coop_reader_require_whole(&opened->reader) != COOP_OK)
        return COOP_OK;
    const enum coop_status status =
        coop_judge_results(&opened->study, &opened->reader, &opened->judged);
    return status == COOP_REFUSED ? COOP_OK : status;
}

enum coop_status coop_cli_open_report(struct coop_opened_report *ret,
                                      const struct coop_arguments *arguments)
{
    *ret = (struct coop_opened_report){.name = coop_cli_name_of_result(arguments->operand[0], "")};
    if (ret->name == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for a name");
    COOP_TRY(coop_reader_open(&ret->reader, arguments->operand[0]));
    if (ret->reader.done == 0 && ret->reader.faults > 0)
        return COOP_FAIL(COOP_REFUSED, "no run can be read: %s", ret->reader.fault[0].text);
    if (ret->reader.done == 0)
        return COOP_FAIL(COOP_REFUSED, "%s has no finished run yet", arguments->operand[0]);
    COOP_TRY(open_study(ret, arguments));
    COOP_TRY(judge(ret));
    ret->report = (struct coop_report){.reader = &ret->reader,
                                       .config = &ret->study.config,
                                       .model = ret->study.model,
                                       .design = &ret->study.design,
                                       .name = ret->name,
                                       .judgement = ret->judged.judgement,
                                       .finding = ret->judged.finding};
    return COOP_OK;
}

void coop_cli_close_report(struct coop_opened_report *opened)
{
    coop_conclusions_free(&opened->judged);
    coop_study_close(&opened->study);
    coop_reader_close(&opened->reader);
    free(opened->name);
}

static enum coop_status write_page(const struct coop_opened_report *opened, const char *path,
                                   bool replace)
{
    char *text = NULL;
    size_t size = 0;
    enum coop_status status = coop_report_page(&opened->report, &text, &size);
    if (status == COOP_OK)
        status = coop_seal_write(path, text, size, replace);
    if (status == COOP_OK)
        printf("Report: %s (%s)\n", path, coop_cli_bytes((double)size).text);
    free(text);
    return status;
}

static void tell_missing(const struct coop_reader *reader)
{
    if (reader->done < reader->runs)
        printf("Only %zu of %zu runs are done, and the report says so.\n", reader->done,
               reader->runs);
    for (size_t i = 0; i < reader->faults; i++)
        fprintf(stderr, "coopsim: %s: %s\n", reader->fault[i].path, reader->fault[i].text);
}

/* The page is none of the files that it is made of. */
static enum coop_status check_apart(const char *input, const char *output)
{
    char directory[PATH_MAX], *slash;
    struct stat source, target, folder;
    snprintf(directory, sizeof directory, "%s", output);
    slash = strrchr(directory, '/');
    snprintf(slash != NULL ? slash : directory, 2, "%s", slash != NULL ? "/" : ".");
    if (stat(input, &source) != 0)
        return COOP_OK; /* said better by whoever opens it */
    const bool same = stat(output, &target) == 0 && source.st_dev == target.st_dev &&
                      source.st_ino == target.st_ino;
    const bool within = S_ISDIR(source.st_mode) && stat(directory, &folder) == 0 &&
                        source.st_dev == folder.st_dev && source.st_ino == folder.st_ino;
    if (same || within)
        return COOP_FAIL(COOP_CANNOT_CREATE, "%s is %s the result: write the page elsewhere",
                         output, same ? "itself" : "in the directory of");
    return COOP_OK;
}

enum coop_status coop_cli_report(const struct coop_arguments *arguments)
{
    struct coop_opened_report opened = {.name = NULL};
    char *own = NULL;
    if (arguments->output == NULL)
        own = coop_cli_name_of_result(arguments->operand[0], ".html");
    const char *path = arguments->output != NULL ? arguments->output : own;
    enum coop_status status = path != NULL ? COOP_OK : COOP_FAIL(COOP_MEMORY, "out of memory");
    if (status == COOP_OK)
        status = check_apart(arguments->operand[0], path);
    if (status == COOP_OK)
        status = coop_seal_check(path, 0, arguments->force);
    if (status == COOP_OK)
        status = coop_cli_open_report(&opened, arguments);
    if (status == COOP_OK)
        status = write_page(&opened, path, arguments->force);
    if (status == COOP_OK)
        tell_missing(&opened.reader);
    coop_cli_close_report(&opened);
    free(own);
    return status;
}
