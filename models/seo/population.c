/* coopsim - GPL-3.0-or-later
 *
 * The population at week 0 (ODD 1): W = U = 1/n, fresh traits, persons placed at random
 * (traits are drawn without regard to the position), the organisation's culture C_y ~ N(0, .3) and
 * the inherited values of its variables. */
#include "models/seo/person.h"

static void start_persons(const struct coop_batch *b, size_t o)
{
    uint32_t organisation = b->first_organisation + (uint32_t)o;
    for (uint32_t position = 0; position < b->size[o]; position++) {
        size_t slot = coop_slot(b, o, position);
        seo_person_draw(b, b->streams.population, organisation, 0, slot);
        coop_worker(b, SEO_STANDING, 0)[slot] = 1;
        coop_worker_u32(b, SEO_LABEL)[slot] = position;
        coop_worker(b, SEO_OFFICE, 0)[slot] = 1;
    }
}

static void population_start(const struct coop_batch *b)
{
    const struct seo_params *shared = seo_shared(b);
    uint32_t purpose = coop_purpose("population.culture");
    for (size_t o = 0; o < b->organisations; o++) {
        start_persons(b, o);
        float normal[8];
        seo_normals(b->streams.population, purpose, b->first_organisation + (uint32_t)o, 0, 0,
                    normal);
        for (uint32_t y = 0; y < SEO_VARIABLE_COUNT; y++) {
            coop_organisation(b, SEO_CULTURE, y)[o] = shared->culture * (double)normal[y];
            coop_organisation(b, SEO_VOTED, y)[o] = shared->variable[y].start;
        }
    }
}

COOP_MECHANISM(population) = {
    .name = "population",
    .summary = "The persons, the culture and the inherited lay-out at week 0",
    .source = "ODD 1",
    .start = population_start,
};
