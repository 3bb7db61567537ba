/* coopsim - GPL-3.0-or-later */
#include "sim/cli/table.h"

#include <math.h>
#include <string.h>

struct coop_cli_text coop_cli_number(double value, bool sign)
{
    struct coop_cli_text ret = {"-"};
    const double size = fabs(value);
    const bool tiny = size > 0 && size < 5e-5, large = size >= 1000;
    if (isnan(value))
        return ret;
    snprintf(ret.text, sizeof ret.text,
             sign ? (tiny    ? "%+.1e"
                     : large ? "%+.5g"
                             : "%+.4f")
                  : (tiny    ? "%.1e"
                     : large ? "%.5g"
                             : "%.4f"),
             value);
    return ret;
}

struct coop_cli_text coop_cli_interval(const struct coop_interval *interval, bool sign)
{
    struct coop_cli_text ret = {"-"};
    if (!isnan(interval->low) && !isnan(interval->high))
        snprintf(ret.text, sizeof ret.text, "%.20s to %.20s",
                 coop_cli_number(interval->low, sign).text,
                 coop_cli_number(interval->high, sign).text);
    return ret;
}

static void print_csv_text(const char *text)
{
    if (strpbrk(text, ",\"\n\r") == NULL) {
        printf("%s", text);
        return;
    }
    putchar('"');
    for (; *text != '\0'; text++)
        printf(*text == '"' ? "\"\"" : "%c", *text);
    putchar('"');
}

static void print_value(enum coop_table_format format, const struct coop_table_value *value)
{
    if (value->text != NULL && format == COOP_TABLE_CSV)
        print_csv_text(value->text);
    else if (value->text != NULL)
        coop_cli_print_json(value->text);
    else if (isfinite(value->number))
        printf("%.12g", value->number);
    else
        printf("%s", format == COOP_TABLE_CSV ? "" : "null");
}

void coop_table_print(struct coop_table *table, const struct coop_table_value *value, size_t count)
{
    const bool csv = table->format == COOP_TABLE_CSV;
    for (size_t i = 0; i < count && csv && table->rows == 0; i++)
        printf("%s%s", value[i].name, i + 1 < count ? "," : "\n");
    if (!csv)
        printf("%s {", table->rows == 0 ? "[\n" : ",\n");
    for (size_t i = 0; i < count; i++) {
        if (!csv)
            printf("\"%s\": ", value[i].name);
        print_value(table->format, &value[i]);
        printf("%s", i + 1 < count ? (csv ? "," : ", ") : csv ? "\n" : "}");
    }
    table->rows++;
}

void coop_table_end(struct coop_table *table)
{
    if (table->format == COOP_TABLE_JSON)
        printf("%s]\n", table->rows == 0 ? "[" : "\n");
}
