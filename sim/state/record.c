/* coopsim - GPL-3.0-or-later */
#include "sim/state/record.h"

#include <stdlib.h>

void coop_record_free(struct coop_record *record)
{
    free(record->week);
    free(record->pooled);
    free(record->spread);
    free(record->final_mean);
    free(record->final_error);
    free(record->organisation);
    free(record->size);
    free(record->panel_organisation);
    free(record->panel_label);
    for (size_t c = 0; c < record->columns; c++)
        free(record->column[c].value);
    free(record->column);
    *record = (struct coop_record){0};
}
