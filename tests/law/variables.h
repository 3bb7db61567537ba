/* coopsim - GPL-3.0-or-later
 *
 * The names of the governed variables of the seo model, which are groups of its parameters. */
#ifndef COOP_TESTS_LAW_VARIABLES_H
#define COOP_TESTS_LAW_VARIABLES_H

#include "models/seo/seo.h"

#define VARIABLE_NAME(X, name, ...) #name,
static const char *const variable_name[SEO_VARIABLE_COUNT] = {SEO_VARIABLES(VARIABLE_NAME, )};
#undef VARIABLE_NAME

#endif
