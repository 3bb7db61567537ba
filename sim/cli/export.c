/* coopsim - GPL-3.0-or-later
 *
 * coopsim export: the figures of a report as files, pictures as SVG and their numbers as CSV. */
#include "sim/cli/report.h"

#include "sim/io/seal.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct folder {
    const char *path;
    bool replace;
    char (*name)[128]; /* [files] */
    char **bytes;
    size_t *size;
    size_t files;
};

/* All files are in memory before the first is written, so that a failure leaves none. */
static enum coop_status keep(void *user, const struct coop_report_file *file)
{
    struct folder *folder = user;
    const size_t files = folder->files + 1;
    void *name = realloc(folder->name, files * sizeof *folder->name);
    folder->name = name != NULL ? name : folder->name;
    char **bytes = realloc(folder->bytes, files * sizeof *bytes);
    folder->bytes = bytes != NULL ? bytes : folder->bytes;
    size_t *size = realloc(folder->size, files * sizeof *size);
    folder->size = size != NULL ? size : folder->size;
    char *copy = malloc(file->size + 1);
    if (name == NULL || bytes == NULL || size == NULL || copy == NULL) {
        free(copy);
        return COOP_FAIL(COOP_MEMORY, "out of memory for %s", file->name);
    }
    memcpy(copy, file->bytes, file->size);
    snprintf(folder->name[folder->files], sizeof folder->name[0], "%s", file->name);
    folder->bytes[folder->files] = copy;
    folder->size[folder->files] = file->size;
    folder->files = files;
    return COOP_OK;
}

static enum coop_status make_folder(const char *path)
{
    struct stat found;
    if (mkdir(path, 0777) == 0 ||
        (errno == EEXIST && stat(path, &found) == 0 && S_ISDIR(found.st_mode)))
        return COOP_OK;
    return COOP_FAIL(COOP_CANNOT_CREATE, "cannot create the folder %s: %s", path,
                     strerror(errno == EEXIST ? ENOTDIR : errno));
}

static void path_of(const struct folder *folder, size_t file, char ret[PATH_MAX])
{
    snprintf(ret, PATH_MAX, "%s/%s", folder->path, folder->name[file]);
}

static enum coop_status write_files(const struct folder *folder)
{
    char path[PATH_MAX];
    COOP_TRY(make_folder(folder->path));
    for (size_t i = 0; i < folder->files; i++) {
        path_of(folder, i, path);
        COOP_TRY(coop_seal_check(path, folder->size[i], folder->replace));
    }
    for (size_t i = 0; i < folder->files; i++) {
        path_of(folder, i, path);
        COOP_TRY(coop_seal_write(path, folder->bytes[i], folder->size[i], folder->replace));
    }
    printf("%zu figures in %s: each as SVG, its numbers as CSV\n", folder->files / 2, folder->path);
    return COOP_OK;
}

static void free_folder(struct folder *folder)
{
    for (size_t i = 0; i < folder->files; i++)
        free(folder->bytes[i]);
    free(folder->name);
    free(folder->bytes);
    free(folder->size);
}

enum coop_status coop_cli_export(const struct coop_arguments *arguments)
{
    struct coop_opened_report opened = {.name = NULL};
    struct folder folder = {.path = arguments->output, .replace = arguments->force};
    enum coop_status status = COOP_OK;
    if (folder.path == NULL)
        return COOP_FAIL(COOP_USAGE, "coopsim export needs a folder to write to: -o FOLDER");
    status = coop_cli_open_report(&opened, arguments);
    if (status == COOP_OK)
        status = coop_report_files(&opened.report, keep, &folder);
    if (status == COOP_OK)
        status = write_files(&folder);
    coop_cli_close_report(&opened);
    free_folder(&folder);
    return status;
}
