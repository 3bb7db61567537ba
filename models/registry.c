/* coopsim - GPL-3.0-or-later */
#include "sim/engine/registry.h"

#include "models_list.h"

#include <string.h>

#define EXTERN_MODEL(name, isa) extern const struct coop_model coop_model_##name##_##isa;
#define EXTERN_ISA(isa) COOP_MODEL_LIST(EXTERN_MODEL, isa)
COOP_ISA_LIST(EXTERN_ISA)

#define MODEL_ADDRESS(name, isa) &coop_model_##name##_##isa,
#define ISA_MODELS(isa) {COOP_MODEL_LIST(MODEL_ADDRESS, isa) NULL},
static const struct coop_model *const models[][64] = {COOP_ISA_LIST(ISA_MODELS)};

#define ISA_NAME(isa) #isa,
const char *const coop_registry_isa[] = {COOP_ISA_LIST(ISA_NAME) NULL};

bool coop_registry_runs(const char *isa)
{
    if (strcmp(isa, "baseline") == 0)
        return true;
#if defined(__x86_64__)
    if (strcmp(isa, "avx2") == 0)
        return __builtin_cpu_supports("avx2");
    if (strcmp(isa, "avx512") == 0)
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
               __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
#endif
    return false;
}

const char *coop_registry_best_isa(void)
{
    const char *best = coop_registry_isa[0];
    for (size_t i = 0; coop_registry_isa[i] != NULL; i++)
        if (coop_registry_runs(coop_registry_isa[i]))
            best = coop_registry_isa[i];
    return best;
}

const struct coop_model *coop_registry_model(const char *isa, size_t number)
{
    for (size_t i = 0; coop_registry_isa[i] != NULL; i++)
        if (strcmp(coop_registry_isa[i], isa) == 0)
            return models[i][number];
    return NULL;
}

const struct coop_model *coop_registry_find(const char *isa, const char *name)
{
    for (size_t i = 0; coop_registry_model(isa, i) != NULL; i++)
        if (strcmp(coop_registry_model(isa, i)->name, name) == 0)
            return coop_registry_model(isa, i);
    return NULL;
}
