/* coopsim - GPL-3.0-or-later
 *
 * Every variable of a result is copied from the shards; one has a row a run if its first axis is
 * `run`, and else is the same in all of them. */
#include "sim/io/merge_parts.h"
#include "sim/io/read_parts.h"

#include <stdio.h>
#include <stdlib.h>

static herr_t copy_text(hid_t object, const char *name, const H5A_info_t *info, void *user)
{
    const hid_t *to = user;
    char *text;
    (void)info;
    if (coop_h5_read_attribute(object, name, &text) != COOP_OK)
        return -1;
    const enum coop_status status = coop_h5_text_attribute(*to, name, text);
    free(text);
    return status == COOP_OK ? 0 : -1;
}

/* The variables of the root or of a group ("" or "workers/"). */
static enum coop_status copy_group(struct coop_merge *merge, hid_t from, hid_t to,
                                   const char *group)
{
    struct coop_h5_names names;
    if (H5Aiterate2(from, H5_INDEX_CRT_ORDER, H5_ITER_INC, NULL, copy_text, &to) < 0)
        return coop_h5_refuse("copy the attributes of", group);
    enum coop_status status = coop_h5_names(from, &names);
    for (size_t i = 0; status == COOP_OK && i < names.count; i++) {
        char inner[COOP_MERGE_NAME_MAX];
        if (!coop_h5_is_group(from, names.name[i])) {
            status = coop_merge_batch_load(merge, from, group, &names, i);
            if (status == COOP_OK)
                status = coop_merge_variable(merge, from, to, group, names.name[i]);
            continue;
        }
        hid_t target = -1, source = H5Gopen2(from, names.name[i], H5P_DEFAULT);
        snprintf(inner, sizeof inner, "%s/", names.name[i]);
        status = source < 0 || group[0] != '\0' ? coop_h5_refuse("open", names.name[i])
                                                : coop_h5_group(to, names.name[i], &target);
        if (status == COOP_OK)
            status = copy_group(merge, source, target, inner);
        if (target >= 0)
            H5Gclose(target);
        if (source >= 0)
            H5Gclose(source);
    }
    coop_merge_batch_free(&merge->batch, merge->reader->runs);
    coop_h5_names_free(&names);
    return status;
}

static enum coop_status check_complete(const struct coop_reader *reader)
{
    for (size_t r = 0; r < reader->runs; r++)
        if (reader->run[r].source == COOP_NO_SOURCE)
            return COOP_FAIL(COOP_REFUSED, "%s: run %zu is missing", reader->path, r);
    return reader->runs > 0 ? COOP_OK : COOP_FAIL(COOP_REFUSED, "%s has no runs", reader->path);
}

static enum coop_status build(struct coop_reader *reader, void **ret_bytes, size_t *ret_size)
{
    struct coop_h5_file file;
    struct coop_merge merge = {.reader = reader};
    COOP_TRY(coop_source_open(&reader->source[0]));
    merge.from = (hid_t)reader->source[0].file;
    enum coop_status status = coop_h5_file_open(&file);
    merge.to = file.id;
    if (status == COOP_OK)
        status = copy_group(&merge, merge.from, merge.to, "");
    if (status == COOP_OK)
        return coop_h5_file_close(&file, ret_bytes, ret_size);
    coop_h5_file_close(&file, NULL, NULL);
    return status;
}

enum coop_status coop_merge_build(struct coop_reader *reader, const void *filler, size_t size,
                                  void **ret_bytes, size_t *ret_size)
{
    struct coop_h5_quiet quiet;
    enum coop_status status = COOP_OK;
    *ret_bytes = NULL;
    coop_h5_quiet_begin(&quiet);
    if (filler != NULL)
        status = coop_reader_add_image(reader, filler, size);
    if (status == COOP_OK)
        status = check_complete(reader);
    if (status == COOP_OK)
        status = build(reader, ret_bytes, ret_size);
    coop_h5_quiet_end(&quiet);
    return status == COOP_OK ? coop_digest_append(ret_bytes, ret_size) : status;
}
