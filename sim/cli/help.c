/* coopsim - GPL-3.0-or-later
 *
 * Help, generated from the tables of verbs, options and exit codes. */
#include "sim/cli/cli.h"
#include "sim/cli/text.h"
#include "sim/engine/registry.h"

#include <string.h>

enum { VERB_COLUMN = 26, OPTION_COLUMN = 36 };

/* Exit codes in rising order, of which the list of statuses has few. */
static void print_exit_codes(void)
{
    static const struct {
        int code;
        const char *text;
    } row[] = {
#define EXIT_ROW(name, code_, text_) {code_, text_},
        COOP_STATUS_LIST(EXIT_ROW)
#undef EXIT_ROW
    };
    printf("\nExit codes:\n");
    for (int code = 0; code < 256; code++)
        for (size_t i = 0; i < sizeof row / sizeof *row; i++)
            if (row[i].code == code)
                printf("  %3d  %s\n", code, row[i].text);
}

void coop_cli_print_help(const struct coop_verb *verbs)
{
    printf("coopsim - simulation of power in cooperatives\n\n"
           "Usage: coopsim COMMAND [OPTION]...\n\nCommands:\n");
    for (const struct coop_verb *verb = verbs; verb->name != NULL; verb++) {
        char head[64];
        snprintf(head, sizeof head, "  %s %s", verb->name, verb->operands);
        coop_cli_print_item(head, VERB_COLUMN, verb->summary);
    }
    coop_cli_print_item("  COMMAND --help", VERB_COLUMN, "options of a command");
    coop_cli_print_item("  --version, --help", VERB_COLUMN, "version; this text");
    print_exit_codes();
    printf("\nA first result: coopsim init && coopsim run coopsim.yaml\n");
}

static void print_option(const struct coop_option *option)
{
    char head[64];
    snprintf(head, sizeof head, "  %s%s%s%s%s", option->letter != NULL ? option->letter : "",
             option->letter != NULL ? ", " : "", option->name, option->argument != NULL ? " " : "",
             option->argument != NULL ? option->argument : "");
    coop_cli_print_item(head, OPTION_COLUMN, option->summary);
}

static void print_levels(void)
{
    printf("\nLevels:");
    for (size_t i = 0; coop_registry_isa[i] != NULL; i++)
        printf(" %s%s", coop_registry_isa[i],
               coop_registry_runs(coop_registry_isa[i]) ? "" : " (not on this machine)");
    printf("\n");
}

void coop_cli_print_verb_help(const struct coop_verb *verb)
{
    bool levels = false;
    printf("Usage: coopsim %s%s%s%s\n\n", verb->name, verb->operands[0] != '\0' ? " " : "",
           verb->operands, verb->option[0] != 0 ? " [OPTION]..." : "");
    coop_cli_print_sentence(verb->summary);
    if (verb->details != NULL) {
        printf("\n");
        coop_cli_print_lines(stdout, "", verb->details);
    }
    printf("\nOptions:\n");
    for (const int *number = verb->option; *number != 0; number++) {
        print_option(coop_cli_option(*number));
        levels = levels || *number == COOP_OPTION_ISA;
    }
    coop_cli_print_item("  --help", OPTION_COLUMN, "this text");
    if (levels)
        print_levels();
}
