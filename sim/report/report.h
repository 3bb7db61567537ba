/* coopsim - GPL-3.0-or-later
 *
 * The report of a result: sections, each of which reads what it needs from the result, writes
 * words for a page, and hands over figures. A figure is a picture with its caption in words and its
 * numbers as a table; the same figures stand in the page and are files of an export.
 *
 * To add a section: write its file, and its line in sections.c. */
#ifndef COOP_REPORT_REPORT_H
#define COOP_REPORT_REPORT_H

#include "sim/engine/model.h"
#include "sim/io/read.h"
#include "sim/param/design.h"
#include "sim/report/sheet.h"

struct coop_finding;
struct coop_judgement;

/* What a report is about; all is borrowed. */
struct coop_report {
    struct coop_reader *reader;
    const struct coop_config *config; /* as resolved, from the result */
    const struct coop_model *model;
    const struct coop_design *design;
    const char *name;                       /* of the result, as it is to be shown */
    const struct coop_judgement *judgement; /* [hypotheses of the config]; NULL: not judged */
    const struct coop_finding *finding;     /* [its expectations]; NULL: not judged */
};

struct coop_figure {
    const char *id; /* letters, digits and "_": the name of its files */
    const char *title;
    const char *caption; /* what it shows and how to read it */
    const char *svg;     /* one element */
    const struct coop_sheet *table;
};

/* Where sections write to. */
struct coop_report_sink {
    FILE *out; /* HTML between the figures */
    enum coop_status (*figure)(const struct coop_report_sink *sink,
                               const struct coop_figure *figure);
    void *user;
};

struct coop_section {
    const char *id, *title;
    /* Writes nothing at all if there is nothing to say; what was not recorded is said, with the
     * setting that records it. */
    enum coop_status (*write)(const struct coop_report *report,
                              const struct coop_report_sink *sink);
};
/* In the order of the page, ending with a NULL id. */
extern const struct coop_section coop_sections[];

/* The whole page. `ret_text` is to be freed. */
enum coop_status coop_report_page(const struct coop_report *report, char **ret_text,
                                  size_t *ret_size);

/* Every figure as ID.svg and ID.csv, handed over one by one. */
struct coop_report_file {
    const char *name; /* "power_gini.svg" */
    const char *bytes;
    size_t size;
};
enum coop_status coop_report_files(const struct coop_report *report,
                                   enum coop_status (*take)(void *user,
                                                            const struct coop_report_file *file),
                                   void *user);

#endif
