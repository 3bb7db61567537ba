/* coopsim - GPL-3.0-or-later
 *
 * The voting rules by number, from the list in meson.build. */
#ifndef COOP_MODELS_SEO_RULES_LIST_H
#define COOP_MODELS_SEO_RULES_LIST_H

#include "models/seo/rules/rule.h"

#define SEO_RULE_ENUM(name) SEO_RULE_##name,
enum seo_rule_number { SEO_RULE_LIST(SEO_RULE_ENUM) SEO_RULE_COUNT };

#define SEO_EXTERN_RULE(name) extern SEO_RULE(name);
SEO_RULE_LIST(SEO_EXTERN_RULE)

static inline const struct seo_rule *seo_rule(size_t number)
{
#define SEO_RULE_ADDRESS(name) &COOP_ISA_NAME(seo_rule_##name),
    static const struct seo_rule *const rule[] = {SEO_RULE_LIST(SEO_RULE_ADDRESS)};
#undef SEO_RULE_ADDRESS
    return rule[number];
}

#endif
