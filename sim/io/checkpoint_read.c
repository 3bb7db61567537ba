/* coopsim - GPL-3.0-or-later
 *
 * Reading checkpoints. */
#include "sim/io/checkpoint.h"

#include "sim/io/checkpoint_part.h"
#include "sim/io/digest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_SIZE = COOP_CHECKPOINT_GROUP + COOP_PART_NAME + 2 };

static enum coop_status read_texts(struct coop_checkpoint *checkpoint)
{
    char *kind;
    hid_t file = checkpoint->file, group = -1;
    const bool marked = H5Aexists(file, "kind") > 0 && coop_h5_exists(file, "provenance");
    if (!marked || coop_h5_read_attribute(file, "kind", &kind) != COOP_OK)
        return COOP_FAIL(COOP_REFUSED, "%s is a result of coopsim, but no checkpoint",
                         checkpoint->path);
    const bool right = strcmp(kind, COOP_CHECKPOINT_KIND) == 0;
    free(kind);
    if (!right || (group = H5Gopen2(file, "provenance", H5P_DEFAULT)) < 0)
        return COOP_FAIL(COOP_REFUSED, "%s is no checkpoint", checkpoint->path);
    enum coop_status status = coop_h5_read_text(group, "resolved_config", &checkpoint->resolved);
    if (status == COOP_OK)
        status = coop_h5_read_text(group, "config_text", &checkpoint->config_text);
    if (status == COOP_OK)
        status = coop_h5_read_text(group, "version", &checkpoint->version);
    if (status == COOP_OK)
        status = coop_h5_read_text(group, "revision", &checkpoint->revision);
    H5Gclose(group);
    return status;
}

static enum coop_status open_quietly(struct coop_checkpoint *checkpoint)
{
    hid_t file = -1;
    COOP_TRY(coop_h5_open(checkpoint->path, &file));
    checkpoint->file = file;
    return read_texts(checkpoint);
}

enum coop_status coop_checkpoint_open(struct coop_checkpoint *ret, const char *path)
{
    char digest[COOP_DIGEST_TEXT];
    struct coop_h5_quiet quiet;
    *ret = (struct coop_checkpoint){.path = path, .file = -1};
    COOP_TRY(coop_digest_verify(path, digest, NULL));
    coop_h5_quiet_begin(&quiet);
    const enum coop_status status = open_quietly(ret);
    coop_h5_quiet_end(&quiet);
    return status;
}

void coop_checkpoint_close(struct coop_checkpoint *checkpoint)
{
    if (checkpoint->path != NULL && checkpoint->file >= 0)
        H5Fclose(checkpoint->file);
    free(checkpoint->resolved);
    free(checkpoint->config_text);
    free(checkpoint->version);
    free(checkpoint->revision);
    *checkpoint = (struct coop_checkpoint){0};
}

bool coop_checkpoint_has(const struct coop_checkpoint *checkpoint, const char *group)
{
    char name[NAME_SIZE];
    const char *slash = strchr(group, '/');
    if (strcmp(group, COOP_CHECKPOINT_ROOT) == 0)
        return coop_h5_exists(checkpoint->file, "week");
    snprintf(name, sizeof name, "%.*s", slash != NULL ? (int)(slash - group) : 0, group);
    return (slash == NULL || coop_h5_exists(checkpoint->file, name)) &&
           coop_h5_exists(checkpoint->file, group);
}

static bool is_of_others(const char *name)
{
    static const char *const others[] = {"provenance", "finished", "kept"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(name, others[i]) == 0)
            return true;
    return false;
}

/* What lies in an open group; `as` is the group's part of the parts' names. */
static enum coop_status read_names(hid_t group, const struct coop_h5_names *names, bool root,
                                   const char *as, struct coop_parts *ret);

static enum coop_status read_group(hid_t place, const char *name, bool root, const char *as,
                                   struct coop_parts *ret)
{
    struct coop_h5_names names = {0};
    hid_t group = H5Gopen2(place, name, H5P_DEFAULT);
    if (group < 0)
        return coop_h5_refuse("open", name);
    enum coop_status status = coop_h5_names(group, &names);
    if (status == COOP_OK)
        status = read_names(group, &names, root, as, ret);
    coop_h5_names_free(&names);
    H5Gclose(group);
    return status;
}

static enum coop_status read_names(hid_t group, const struct coop_h5_names *names, bool root,
                                   const char *as, struct coop_parts *ret)
{
    for (size_t i = 0; i < names->count; i++) {
        char part[COOP_PART_NAME];
        const char *name = names->name[i];
        const bool is_group = coop_h5_is_group(group, name);
        if (root && is_of_others(name))
            continue;
        if (snprintf(part, sizeof part, "%s%s%s", as, name, is_group ? "/" : "") >=
                (int)sizeof part ||
            (is_group && as[0] != '\0'))
            return COOP_FAIL(COOP_REFUSED, "`%s` is not of a kind that a checkpoint has", name);
        COOP_TRY(is_group ? read_group(group, name, false, part, ret)
                          : coop_checkpoint_part_read(group, name, part, ret));
    }
    return COOP_OK;
}

enum coop_status coop_checkpoint_number(const struct coop_checkpoint *checkpoint, const char *group,
                                        const char *name, int64_t *ret)
{
    char path[NAME_SIZE];
    struct coop_parts parts = {0};
    struct coop_h5_quiet quiet;
    snprintf(path, sizeof path, "%s/%s", group, name);
    coop_h5_quiet_begin(&quiet);
    enum coop_status status = coop_checkpoint_part_read(checkpoint->file, path, name, &parts);
    coop_h5_quiet_end(&quiet);
    if (status != COOP_OK || parts.item->type != COOP_PART_I64 || parts.item->rank != 0)
        status = COOP_FAIL(COOP_REFUSED, "%s: `%s` is no whole number", checkpoint->path, path);
    else
        *ret = *(const int64_t *)parts.item->data;
    coop_parts_free(&parts);
    return status;
}

/* The run's number is the file's own affair. */
static enum coop_status take_run(struct coop_parts *parts, size_t *ret_run)
{
    for (size_t i = 0; i < parts->count; i++) {
        struct coop_part *part = &parts->item[i];
        if (strcmp(part->name, "run") != 0 || part->type != COOP_PART_I64 || part->rank != 0)
            continue;
        *ret_run = (size_t) * (const int64_t *)part->data;
        free(part->own);
        *part = parts->item[--parts->count];
        return COOP_OK;
    }
    return COOP_FAIL(COOP_REFUSED, "it does not say which run it is of");
}

enum coop_status coop_checkpoint_read(const struct coop_checkpoint *checkpoint, const char *group,
                                      struct coop_parts *ret, size_t *ret_run)
{
    char reason[512];
    struct coop_h5_quiet quiet;
    *ret = (struct coop_parts){0};
    coop_h5_quiet_begin(&quiet);
    enum coop_status status =
        read_group(checkpoint->file, group, strcmp(group, COOP_CHECKPOINT_ROOT) == 0, "", ret);
    coop_h5_quiet_end(&quiet);
    if (status == COOP_OK)
        status = take_run(ret, ret_run);
    if (status == COOP_OK)
        return COOP_OK;
    coop_parts_free(ret);
    snprintf(reason, sizeof reason, "%s", coop_status_message());
    return COOP_FAIL(status, "%s: %s", checkpoint->path, reason);
}
