/* coopsim - GPL-3.0-or-later
 *
 * coopsim init: a configuration to start from, made of the model's own rows so that it is always
 * a valid one. */
#include "sim/cli/rows.h"
#include "sim/cli/study.h"
#include "sim/cli/text.h"
#include "sim/engine/verify.h"
#include "sim/io/seal.h"

#include <stdlib.h>
#include <string.h>

/* What everyone sets first; all of it belongs to the engine. */
static bool is_first(const struct coop_rows *rows, size_t table, const struct coop_param *row,
                     const void *context)
{
    static const char *const first[] = {"run.weeks",    "run.seed",     "economy.organisations",
                                        "economy.size", "record.every", "record.organisations"};
    (void)rows;
    (void)context;
    for (size_t i = 0; table == COOP_TABLE_ENGINE && i < sizeof first / sizeof *first; i++)
        if (strcmp(row->name, first[i]) == 0)
            return true;
    return false;
}

/* Mechanisms that can be switched on, one case each: `rotation.on` is the case `rotation`. */
static bool is_switch(const struct coop_param *row)
{
    const char *dot = strchr(row->name, '.');
    return row->type == COOP_PARAM_BOOLEAN && row->initial == 0 && dot != NULL &&
           strcmp(dot, ".on") == 0;
}

/* Whether it can be switched on by itself: some have no effect without others, and are refused. */
static bool stands_alone(const struct coop_rows *rows, const struct coop_param *row)
{
    struct coop_param_set set = {0};
    struct coop_problems problems = {0};
    bool alone = coop_param_copy(&set, &rows->set) == COOP_OK &&
                 coop_param_set_text(&set, row->name, "true", "init") == COOP_OK;
    if (alone)
        coop_model_verify(rows->model, &set, &problems);
    alone = alone && problems.count == 0;
    coop_problems_free(&problems);
    coop_param_free(&set);
    return alone;
}

static void print_cases(const struct coop_rows *rows, FILE *out)
{
    const char *summary;
    fprintf(out, "\n# The runs of this file: each case sets values on top of those above.\ncases:\n"
                 "  - name: base\n");
    for (size_t t = 0; t < rows->tables; t++)
        for (size_t r = 0; r < rows->table[t]->rows; r++) {
            const struct coop_param *row = &rows->table[t]->row[r];
            if (!is_switch(row) || !stands_alone(rows, row))
                continue;
            coop_rows_owner(rows, t, &summary);
            coop_cli_print_lines(out, "  # ", summary);
            fprintf(out, "  - name: %.*s\n    set: {%s: true}\n", (int)strcspn(row->name, "."),
                    row->name, row->name);
        }
}

/* The first choice of the model's row of twins is the case itself. */
static void print_twins(const struct coop_rows *rows, FILE *out)
{
    const char *twin = rows->model->twin;
    const struct coop_param *row = twin != NULL ? coop_param_find(&rows->set, twin, NULL) : NULL;
    const char *second = row != NULL ? strchr(row->choices, '|') : NULL;
    if (second == NULL)
        return;
    fprintf(out, "\n# Beside every case its twin, to compare it with.\n");
    coop_cli_print_lines(out, "# ", row->summary);
    fprintf(out, "twins: [%.*s]\n", (int)strcspn(second + 1, "|"), second + 1);
}

static enum coop_status print_config(const struct coop_rows *rows, FILE *out)
{
    fprintf(out,
            "# A configuration of coopsim. Everything has a default: what is not here, or is\n"
            "# removed, keeps its own.\n"
            "#\n"
            "#     coopsim check FILE     finds errors; tells what a run would take\n"
            "#     coopsim run FILE       computes and writes the result file\n"
            "#     coopsim params         lists all parameters, coopsim params NAME some\n\n"
            "model: %s\n"
            "title: A first run\n",
            rows->model->name);
    COOP_TRY(coop_rows_print_yaml(rows, out, is_first, NULL));
    print_cases(rows, out);
    print_twins(rows, out);
    return COOP_OK;
}

static enum coop_status write_config(const struct coop_model *model, const char *path, bool replace)
{
    struct coop_rows rows;
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (out == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for the configuration");
    enum coop_status status = coop_rows_open(&rows, model);
    if (status == COOP_OK)
        status = print_config(&rows, out);
    coop_rows_close(&rows);
    if (fclose(out) != 0 && status == COOP_OK)
        status = COOP_FAIL(COOP_MEMORY, "out of memory for the configuration");
    if (status == COOP_OK)
        status = coop_seal_write(path, text, size, replace);
    free(text);
    return status;
}

enum coop_status coop_cli_init(const struct coop_arguments *arguments)
{
    const char *path = arguments->operands > 0 ? arguments->operand[0] : "coopsim.yaml";
    const struct coop_model *model;
    COOP_TRY(coop_study_find_model(arguments->isa, NULL, &model));
    COOP_TRY(write_config(model, path, arguments->force));
    printf("%s is written. Next: coopsim run %s\n", path, path);
    return COOP_OK;
}
