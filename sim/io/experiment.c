/* coopsim - GPL-3.0-or-later */
#include "sim/io/experiment.h"

#include "sim/io/seal.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FILE_BYTES_MAX = 1 << 24 };
static const char file_name[] = "experiment.yaml";

char *coop_experiment_text(const struct coop_provenance *provenance, size_t runs,
                           double worker_weeks)
{
    char digest[COOP_DIGEST_TEXT], *text;
    coop_digest(provenance->resolved_config, strlen(provenance->resolved_config), digest);
    if (asprintf(&text,
                 "# The experiment that the results beside this file belong to. Do not change it.\n"
                 "# version: %s (%s)\n"
                 "# compiler: %s\n"
                 "# flags: %s\n"
                 "# libraries: %s\n"
                 "# runs: %zu\n"
                 "# worker_weeks: %.0f\n"
                 "# settings: %s\n%s",
                 provenance->version, provenance->revision, provenance->compiler, provenance->flags,
                 provenance->libraries, runs, worker_weeks, digest,
                 provenance->resolved_config) < 0)
        return NULL;
    return text;
}

/* NULL with COOP_OK: there is no such file. */
static enum coop_status read_text(const char *directory, const char *name, char **ret)
{
    char path[PATH_MAX];
    struct stat found;
    *ret = NULL;
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return errno == ENOENT ? COOP_OK
                               : COOP_FAIL(COOP_IO, "%s: cannot open: %s", path, strerror(errno));
    enum coop_status status = COOP_OK;
    if (fstat(fileno(file), &found) != 0 || !S_ISREG(found.st_mode) ||
        found.st_size > FILE_BYTES_MAX)
        status = COOP_FAIL(COOP_REFUSED, "%s is not a file of a sweep", path);
    else if ((*ret = calloc((size_t)found.st_size + 1, 1)) == NULL)
        status = COOP_FAIL(COOP_MEMORY, "out of memory for %s", path);
    else if (fread(*ret, 1, (size_t)found.st_size, file) != (size_t)found.st_size)
        status = COOP_FAIL(COOP_IO, "%s: cannot read", path);
    fclose(file);
    if (status != COOP_OK) {
        free(*ret);
        *ret = NULL;
    }
    return status;
}

static enum coop_status write_text(const char *directory, const char *name, const char *text,
                                   bool replace)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    return coop_seal_write(path, text, strlen(text), replace);
}

static enum coop_status make_directory(const char *path)
{
    struct stat found;
    if (mkdir(path, 0777) == 0)
        return COOP_OK;
    const int error = errno;
    if (error == EEXIST && stat(path, &found) == 0 && S_ISDIR(found.st_mode))
        return COOP_OK;
    return COOP_FAIL(COOP_CANNOT_CREATE, "%s: cannot make the directory: %s", path,
                     error == EEXIST ? "there is a file of that name" : strerror(error));
}

/* What a process leaves that ended while it made the directory. */
static bool is_own(const char *name)
{
    static const char *const own[] = {".", "..", "shards", "configuration.yaml", "settings.txt"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (strcmp(name, own[i]) == 0)
            return true;
    const size_t length = strlen(name);
    return name[0] == '.' && length > 5 && strcmp(name + length - 5, ".part") == 0;
}

static enum coop_status check_empty(const char *directory)
{
    const struct dirent *entry;
    enum coop_status status = COOP_OK;
    DIR *stream = opendir(directory);
    if (stream == NULL)
        return COOP_FAIL(COOP_CANNOT_CREATE, "%s: cannot open: %s", directory, strerror(errno));
    while (status == COOP_OK && (entry = readdir(stream)) != NULL)
        if (!is_own(entry->d_name) && strcmp(entry->d_name, file_name) != 0)
            status = COOP_FAIL(COOP_CANNOT_CREATE,
                               "%s holds other files (%s): give a directory of its own with -o",
                               directory, entry->d_name);
    closedir(stream);
    return status;
}

static enum coop_status create(const char *directory, const char *text,
                               const struct coop_provenance *provenance)
{
    char shards[PATH_MAX];
    COOP_TRY(check_empty(directory));
    snprintf(shards, sizeof shards, "%s/shards", directory);
    COOP_TRY(make_directory(shards));
    COOP_TRY(write_text(directory, "configuration.yaml", provenance->config_text, true));
    COOP_TRY(write_text(directory, "settings.txt", provenance->settings, true));
    return write_text(directory, file_name, text, false);
}

static enum coop_status take_given(const char *directory, struct coop_provenance *provenance)
{
    char *given, *settings;
    COOP_TRY(read_text(directory, "configuration.yaml", &given));
    const enum coop_status status = read_text(directory, "settings.txt", &settings);
    if (status != COOP_OK || given == NULL || settings == NULL) {
        free(given);
        free(settings);
        return status != COOP_OK
                   ? status
                   : COOP_FAIL(COOP_REFUSED, "%s lacks configuration.yaml or settings.txt",
                               directory);
    }
    free(provenance->config_text);
    free(provenance->settings);
    provenance->config_text = given;
    provenance->settings = settings;
    return COOP_OK;
}

/* The rest of the line behind `key`; NULL: there is none. */
static const char *find_key(const char *text, const char *key)
{
    const char *at = strstr(text, key);
    return at != NULL ? at + strlen(key) : NULL;
}

static enum coop_status parse(struct coop_experiment *ret, const char *directory)
{
    char digest[COOP_DIGEST_TEXT];
    const char *runs = find_key(ret->text, "\n# runs: ");
    const char *weeks = find_key(ret->text, "\n# worker_weeks: ");
    const char *settings = find_key(ret->text, "\n# settings: ");
    ret->resolved = settings != NULL ? strchr(settings, '\n') : NULL;
    if (runs == NULL || weeks == NULL || ret->resolved == NULL ||
        ret->resolved - settings != COOP_DIGEST_TEXT - 1)
        return COOP_FAIL(COOP_REFUSED, "%s/%s is not what a sweep writes", directory, file_name);
    ret->resolved++;
    ret->runs = strtoull(runs, NULL, 10);
    ret->worker_weeks = strtod(weeks, NULL);
    memcpy(ret->settings, settings, COOP_DIGEST_TEXT - 1);
    coop_digest(ret->resolved, strlen(ret->resolved), digest);
    if (strcmp(digest, ret->settings) != 0 || ret->runs == 0 || ret->runs > INT32_MAX)
        return COOP_FAIL(COOP_REFUSED, "%s/%s was changed: its settings do not fit their hash",
                         directory, file_name);
    return COOP_OK;
}

enum coop_status coop_experiment_begin(const char *directory, const char *text,
                                       struct coop_provenance *provenance, char **ret_difference)
{
    char *present;
    *ret_difference = NULL;
    COOP_TRY(make_directory(directory));
    COOP_TRY(read_text(directory, file_name, &present));
    if (present == NULL) {
        const enum coop_status status = create(directory, text, provenance);
        /* Another process may just have made it. */
        COOP_TRY(read_text(directory, file_name, &present));
        if (present == NULL)
            return status;
    }
    /* What is damaged is not told from the present settings line by line. */
    struct coop_experiment stored = {.text = present};
    enum coop_status status = parse(&stored, directory);
    if (status == COOP_OK && strcmp(present, text) != 0) {
        *ret_difference = coop_experiment_difference(present, text);
        status = COOP_FAIL(COOP_REFUSED,
                           "%s holds another experiment: take the settings and the version it was "
                           "begun with, or another directory",
                           directory);
    }
    free(present);
    return status == COOP_OK ? take_given(directory, provenance) : status;
}

enum coop_status coop_experiment_read(struct coop_experiment *ret, const char *directory)
{
    struct stat found;
    *ret = (struct coop_experiment){0};
    if (stat(directory, &found) == 0 && !S_ISDIR(found.st_mode))
        return COOP_FAIL(COOP_REFUSED, "%s is no directory, and so none of a sweep", directory);
    COOP_TRY(read_text(directory, file_name, &ret->text));
    if (ret->text == NULL)
        return COOP_FAIL(COOP_REFUSED, "%s is no directory of a sweep: it has no %s", directory,
                         file_name);
    return parse(ret, directory);
}

void coop_experiment_free(struct coop_experiment *experiment)
{
    free(experiment->text);
    *experiment = (struct coop_experiment){0};
}
