/* coopsim - GPL-3.0-or-later
 *
 * Writing checkpoints. */
#include "sim/io/checkpoint.h"

#include "sim/io/checkpoint_part.h"
#include "sim/io/digest.h"
#include "sim/io/seal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum coop_status make_group(hid_t file, const char *name)
{
    hid_t group = -1;
    COOP_TRY(coop_h5_group(file, name, &group));
    H5Gclose(group);
    return COOP_OK;
}

/* "kept/3/state/know" needs kept, kept/3 and kept/3/state. */
static enum coop_status make_groups(hid_t file, const char *name)
{
    char path[COOP_CHECKPOINT_GROUP + COOP_PART_NAME + 2];
    for (const char *slash = strchr(name, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        snprintf(path, sizeof path, "%.*s", (int)(slash - name), name);
        if (!coop_h5_exists(file, path))
            COOP_TRY(make_group(file, path));
    }
    return COOP_OK;
}

static enum coop_status write_part(hid_t file, const char *group, const struct coop_part *part)
{
    char name[COOP_CHECKPOINT_GROUP + COOP_PART_NAME + 2];
    const bool root = strcmp(group, COOP_CHECKPOINT_ROOT) == 0;
    snprintf(name, sizeof name, "%s%s%s", root ? "" : group, root ? "" : "/", part->name);
    COOP_TRY(make_groups(file, name));
    return coop_checkpoint_part_write(file, name, part);
}

static enum coop_status write_item(hid_t file, const struct coop_checkpoint_item *item)
{
    int64_t number = (int64_t)item->run;
    const struct coop_part run = {.name = "run",
                                  .unit = "1",
                                  .summary = "Number of the run, from 0",
                                  .type = COOP_PART_I64,
                                  .data = &number};
    enum coop_status status = write_part(file, item->group, &run);
    for (size_t i = 0; i < item->parts->count && status == COOP_OK; i++)
        status = write_part(file, item->group, &item->parts->item[i]);
    return status;
}

static void fill_text(const void *context, size_t row, void *ret_row)
{
    const char *text = context;
    (void)row;
    *(const char **)ret_row = text;
}

static enum coop_status write_provenance(hid_t file, const struct coop_provenance *provenance)
{
    const struct {
        const char *name, *text, *long_name;
    } item[] = {
        {"resolved_config", provenance->resolved_config,
         "A configuration with every value that gives the same runs."},
        {"config_text", provenance->config_text, "The configuration as the user gave it."},
        {"settings", provenance->settings, "The --set's of the command line, one a line."},
        {"version", provenance->version, "Version of coopsim."},
        {"revision", provenance->revision, "Revision of its source."},
    };
    COOP_TRY(make_group(file, "provenance"));
    for (size_t i = 0; i < sizeof item / sizeof *item; i++) {
        char name[64];
        snprintf(name, sizeof name, "provenance/%s", item[i].name);
        struct coop_h5_variable variable = {.place = file,
                                            .name = name,
                                            .type = COOP_H5_TEXT,
                                            .fill_row = fill_text,
                                            .context = item[i].text};
        coop_h5_describe(&variable, NULL, item[i].long_name);
        COOP_TRY(coop_h5_write(&variable));
    }
    return COOP_OK;
}

static enum coop_status write_all(hid_t file, const struct coop_provenance *provenance,
                                  const struct coop_checkpoint_item *item, size_t items)
{
    COOP_TRY(coop_h5_text_attribute(file, "kind", COOP_CHECKPOINT_KIND));
    COOP_TRY(write_provenance(file, provenance));
    for (size_t i = 0; i < items; i++)
        COOP_TRY(write_item(file, &item[i]));
    return COOP_OK;
}

static enum coop_status build(const struct coop_provenance *provenance,
                              const struct coop_checkpoint_item *item, size_t items,
                              void **ret_bytes, size_t *ret_size)
{
    struct coop_h5_file file;
    enum coop_status status = coop_h5_file_open(&file);
    if (status == COOP_OK)
        status = write_all(file.id, provenance, item, items);
    if (status == COOP_OK)
        return coop_h5_file_close(&file, ret_bytes, ret_size);
    coop_h5_file_close(&file, NULL, NULL);
    return status;
}

enum coop_status coop_checkpoint_write(const char *path, const struct coop_provenance *provenance,
                                       const struct coop_checkpoint_item *item, size_t items)
{
    void *bytes = NULL;
    size_t size = 0;
    struct coop_h5_quiet quiet;
    coop_h5_quiet_begin(&quiet);
    enum coop_status status = build(provenance, item, items, &bytes, &size);
    coop_h5_quiet_end(&quiet);
    if (status == COOP_OK)
        status = coop_digest_append(&bytes, &size);
    if (status == COOP_OK)
        status = coop_seal_write(path, bytes, size, true);
    free(bytes);
    return status;
}
