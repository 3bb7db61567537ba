/* coopsim - GPL-3.0-or-later
 *
 * coopsim models: the models, their mechanisms in the order of the week, their observers. */
#include "sim/cli/cli.h"
#include "sim/cli/text.h"
#include "sim/engine/registry.h"

enum { NAME_COLUMN = 28 };

static void print_entry(const char *name, const char *summary, const char *source)
{
    char head[64], text[1024];
    snprintf(head, sizeof head, "    %s", name);
    snprintf(text, sizeof text, "%s%s%s%s", summary, source != NULL ? " [" : "",
             source != NULL ? source : "", source != NULL ? "]" : "");
    coop_cli_print_item(head, NAME_COLUMN, text);
}

static void print_model(const struct coop_model *model)
{
    printf("%s\n", model->name);
    coop_cli_print_item("  what", NAME_COLUMN, model->summary);
    coop_cli_print_item("  source", NAME_COLUMN, model->source);
    printf("\n  mechanisms, in the order of the week\n");
    for (size_t i = 0; model->mechanisms[i] != NULL; i++)
        print_entry(model->mechanisms[i]->name, model->mechanisms[i]->summary,
                    model->mechanisms[i]->source);
    printf("\n  observers (see coopsim measures)\n");
    for (size_t i = 0; model->observers[i] != NULL; i++)
        print_entry(model->observers[i]->name, model->observers[i]->summary, NULL);
}

enum coop_status coop_cli_models(const struct coop_arguments *arguments)
{
    for (size_t i = 0; coop_registry_model(arguments->isa, i) != NULL; i++) {
        printf("%s", i > 0 ? "\n" : "");
        print_model(coop_registry_model(arguments->isa, i));
    }
    return COOP_OK;
}
