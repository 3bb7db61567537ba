/* coopsim - GPL-3.0-or-later */
#include "sim/report/sheet.h"

#include "sim/report/markup.h"

#include <stdlib.h>
#include <string.h>

void coop_sheet_init(struct coop_sheet *ret, const char *const *column, size_t columns)
{
    *ret = (struct coop_sheet){.column = column, .columns = columns};
}

void coop_sheet_free(struct coop_sheet *table)
{
    for (size_t i = 0; i < table->cells; i++)
        free(table->cell[i].text);
    free(table->cell);
    *table = (struct coop_sheet){0};
}

static void add(struct coop_sheet *table, struct coop_sheet_cell cell)
{
    if (table->cells == table->room) {
        const size_t room = 2 * table->room + 64;
        struct coop_sheet_cell *grown = realloc(table->cell, room * sizeof *grown);
        if (grown == NULL) {
            free(cell.text);
            table->failed = true;
            return;
        }
        table->cell = grown;
        table->room = room;
    }
    table->cell[table->cells++] = cell;
}

void coop_sheet_text(struct coop_sheet *table, const char *text)
{
    struct coop_sheet_cell cell = {.text = strdup(text)};
    table->failed = table->failed || cell.text == NULL;
    add(table, cell);
}

void coop_sheet_number(struct coop_sheet *table, double number)
{
    add(table, (struct coop_sheet_cell){.number = number});
}

enum coop_status coop_sheet_status(const struct coop_sheet *table)
{
    return table->failed ? COOP_FAIL(COOP_MEMORY, "out of memory for a table of the report")
                         : COOP_OK;
}

size_t coop_sheet_rows(const struct coop_sheet *table)
{
    return table->columns > 0 ? table->cells / table->columns : 0;
}

/* A text that a spreadsheet would take for a formula gets no special treatment: the file holds what
 * the result holds. */
static void print_csv(FILE *out, const char *text)
{
    if (strpbrk(text, ",\"\r\n") == NULL) {
        fputs(text, out);
        return;
    }
    fputc('"', out);
    for (; *text != '\0'; text++)
        fprintf(out, *text == '"' ? "\"\"" : "%c", *text);
    fputc('"', out);
}

void coop_sheet_csv(const struct coop_sheet *table, FILE *out)
{
    for (size_t c = 0; c < table->columns; c++) {
        fputs(c > 0 ? "," : "", out);
        print_csv(out, table->column[c]);
    }
    for (size_t i = 0; i < table->cells; i++) {
        const struct coop_sheet_cell *cell = &table->cell[i];
        fputs(i % table->columns == 0 ? "\n" : ",", out);
        if (cell->text != NULL)
            print_csv(out, cell->text);
        else
            fputs(coop_number_exact(cell->number).text, out);
    }
    fputc('\n', out);
}

void coop_sheet_html(const struct coop_sheet *table, FILE *out)
{
    fputs("<div class=\"wide\"><table><thead><tr>", out);
    for (size_t c = 0; c < table->columns; c++) {
        fputs("<th scope=\"col\">", out);
        coop_markup_text(out, table->column[c]);
        fputs("</th>", out);
    }
    fputs("</tr></thead><tbody>", out);
    for (size_t i = 0; i < table->cells; i++) {
        const struct coop_sheet_cell *cell = &table->cell[i];
        fputs(i % table->columns == 0 ? "\n<tr>" : "", out);
        fputs(cell->text != NULL ? "<td>" : "<td class=\"number\">", out);
        coop_markup_text(out,
                         cell->text != NULL ? cell->text : coop_number_show(cell->number).text);
        fputs(i % table->columns == table->columns - 1 ? "</td></tr>" : "</td>", out);
    }
    fputs("\n</tbody></table></div>\n", out);
}
