/* coopsim - GPL-3.0-or-later */
#include "sim/io/store_judged.h"

#include "sim/io/digest.h"
#include "sim/io/store_parts.h"

#include <stdlib.h>

/* Expectations that are there already were judged by the same runs. */
static enum coop_status write_expectations(hid_t file, const struct coop_judged_result *judged)
{
    return coop_h5_exists(file, "expectations") ? COOP_OK : coop_store_expect(file, judged);
}

static enum coop_status write_hypotheses(hid_t file, const struct coop_judged_result *judged)
{
    if (coop_h5_exists(file, "hypotheses") && H5Ldelete(file, "hypotheses", H5P_DEFAULT) < 0)
        return coop_h5_fail(__FILE__, "replace", "hypotheses");
    return coop_store_hypotheses(file, judged);
}

/* Each group by itself, so that it makes no difference whether both are written at once. */
static enum coop_status add(void **bytes, size_t *size, const struct coop_judged_result *judged,
                            enum coop_status (*write)(hid_t file,
                                                      const struct coop_judged_result *judged))
{
    struct coop_h5_file file;
    void *grown = NULL;
    size_t grown_size = 0;
    enum coop_status status = coop_h5_file_reopen(&file, *bytes, *size - COOP_SEAL_BYTES);
    if (status == COOP_OK)
        status = write(file.id, judged);
    if (status == COOP_OK)
        status = coop_h5_file_close(&file, &grown, &grown_size);
    else
        coop_h5_file_close(&file, NULL, NULL);
    COOP_TRY(status);
    free(*bytes);
    *bytes = grown;
    *size = grown_size;
    return coop_digest_append(bytes, size);
}

enum coop_status coop_store_judged(void **bytes, size_t *size,
                                   const struct coop_judged_result *judged)
{
    struct coop_h5_quiet quiet;
    enum coop_status status = COOP_OK;
    coop_h5_quiet_begin(&quiet);
    if (judged->expectations > 0)
        status = add(bytes, size, judged, write_expectations);
    if (status == COOP_OK && judged->hypotheses > 0)
        status = add(bytes, size, judged, write_hypotheses);
    coop_h5_quiet_end(&quiet);
    return status;
}
