/* coopsim - GPL-3.0-or-later
 *
 * Inside sim/report: how the page looks. Large type for a lecture hall, one column that a phone has
 * room for, black on white, and on paper figures that are not cut. */
#ifndef COOP_REPORT_PAGE_STYLE_H
#define COOP_REPORT_PAGE_STYLE_H

extern const char coop_page_style[];

#endif
