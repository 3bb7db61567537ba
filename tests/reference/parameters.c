/* coopsim - GPL-3.0-or-later
 *
 * Reads the reference's parameters by name. */
#include "tests/reference/reference.h"

#include <stdio.h>
#include <stdlib.h>

void *reference_allocate_array(size_t count, size_t size)
{
    void *array = calloc(count > 0 ? count : 1, size);
    if (array == NULL) {
        fprintf(stderr, "reference: no memory\n");
        exit(1);
    }
    return array;
}

static void require_row(const struct coop_param_set *set, const char *name)
{
    size_t table;
    if (coop_param_find(set, name, &table) == NULL) {
        fprintf(stderr, "reference: there is no parameter %s\n", name);
        exit(1);
    }
}

static double real(const struct coop_param_set *set, const char *name)
{
    require_row(set, name);
    return coop_param_real(set, name);
}

static int64_t integer(const struct coop_param_set *set, const char *name)
{
    return (int64_t)real(set, name);
}

static bool flag(const struct coop_param_set *set, const char *name)
{
    return real(set, name) != 0;
}

static double in_group(const struct coop_param_set *set, const char *group, const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "%s.%s", group, name);
    return real(set, path);
}

static void read_variables(struct reference_parameters *p, const struct coop_param_set *set)
{
    static const char *const name[REFERENCE_VARIABLES] = {
        "mechanisation", "formalisation", "hierarchy", "division", "pay_spread", "product"};
    for (int y = 0; y < REFERENCE_VARIABLES; y++) {
        struct reference_variable_parameters *variable = &p->variable[y];
        variable->start = in_group(set, name[y], "start");
        variable->intercept = in_group(set, name[y], "intercept");
        variable->interest = in_group(set, name[y], "interest");
        variable->pressure = in_group(set, name[y], "pressure");
        variable->owners = in_group(set, name[y], "owners");
        variable->irreversibility = in_group(set, name[y], "irreversibility");
        variable->open = in_group(set, name[y], "open") != 0;
    }
}

static struct coop_real_list column(const struct coop_param_set *set, const char *name)
{
    struct coop_value value;
    require_row(set, name);
    if (coop_param_get(set, name, &value) != COOP_OK || value.type != COOP_PARAM_REAL_LIST) {
        fprintf(stderr, "reference: %s is no list of numbers\n", name);
        exit(1);
    }
    return value.reals;
}

static void read_kinds(struct reference_parameters *p, const struct coop_param_set *set)
{
    static const char *const facet[REFERENCE_FACETS] = {"tasks.speed", "tasks.intensity",
                                                        "tasks.means"};
    p->kinds = column(set, "tasks.empowerment").count;
    for (size_t k = 0; k < p->kinds; k++) {
        struct reference_kind *kind = &p->kind[k];
        kind->empowerment = column(set, "tasks.empowerment").value[k];
        for (int f = 0; f < REFERENCE_FACETS; f++)
            kind->autonomy[f] = column(set, facet[f]).value[k];
        kind->onerousness = column(set, "tasks.onerousness").value[k];
        kind->training_weeks = column(set, "tasks.training_weeks").value[k];
        kind->hours = column(set, "tasks.hours").value[k];
        kind->shift_mechanisation = column(set, "tasks.shift_mechanisation").value[k];
        kind->shift_formalisation = column(set, "tasks.shift_formalisation").value[k];
    }
}

/* An insertion sort is stable: kinds of the same empowerment keep the order of the table. */
static void sort_kinds(struct reference_parameters *p)
{
    for (size_t k = 0; k < p->kinds; k++) {
        size_t place = k;
        for (; place > 0; place--) {
            size_t above = p->by_empowerment[place - 1];
            if (p->kind[above].empowerment >= p->kind[k].empowerment)
                break;
            p->by_empowerment[place] = above;
        }
        p->by_empowerment[place] = k;
    }
}

static void read_arrows(struct reference_parameters *p, const struct coop_param_set *set)
{
    static const struct {
        const char *name;
        bool returns; /* power to its causes, so that the exposure twin cuts it */
    } arrow[REFERENCE_ARROWS] = {
        {"job_skill", false},        {"autonomy_know", true},   {"skill_voice", false},
        {"know_voice", false},       {"rank_voice", false},     {"office_voice", true},
        {"standing_autonomy", true}, {"standing_attend", true}, {"standing_jobs", true},
        {"power_org", true},         {"skill_jobs", true},      {"autonomy_attend", true},
        {"power_solidarity", true}};
    enum { NONE, EXPOSURE, VOICELESS };
    int64_t twin = integer(set, "arrows.twin");
    for (int a = 0; a < REFERENCE_ARROWS; a++)
        p->cut[a] =
            in_group(set, "arrows", arrow[a].name) != 0 || (twin == EXPOSURE && arrow[a].returns);
    if (twin == VOICELESS)
        p->voice_skill = p->voice_know = p->voice_persuasiveness = p->voice_rank = p->voice_office =
            0;
}

static void read_autonomy(struct reference_parameters *p, const struct coop_param_set *set)
{
    static const char *const facet[REFERENCE_FACETS] = {"speed", "intensity", "means"};
    double technology = 1 - 2 * real(set, "technology.enabling");
    double rules = 1 - 2 * real(set, "formalisation.enabling");
    for (int f = 0; f < REFERENCE_FACETS; f++) {
        p->technology[f] = technology * in_group(set, "technology", facet[f]);
        p->rules[f] = rules * in_group(set, "formalisation", facet[f]);
        p->orders[f] = in_group(set, "hierarchy", facet[f]);
    }
    p->autonomy_standing = real(set, "autonomy.standing");
    p->pace = real(set, "learning.pace");
    p->forgetting = real(set, "learning.forgetting");
    p->half_life = real(set, "learning.half_life");
    p->keep = real(set, "learning.keep");
    p->span = integer(set, "positions.span");
}

static void read_association(struct reference_parameters *p, const struct coop_param_set *set)
{
    p->attendance = (enum reference_attendance)integer(set, "attendance.mode");
    p->attend_intercept = real(set, "attendance.intercept");
    p->attend_standing = real(set, "attendance.standing");
    p->attend_autonomy = real(set, "attendance.autonomy");
    p->attend_onerousness = real(set, "attendance.onerousness");
    p->attend_solidarity = real(set, "attendance.solidarity");
    p->attend_size = real(set, "attendance.size");
    p->solidarity_start = real(set, "solidarity.start");
    p->solidarity_rate = real(set, "solidarity.rate");
    p->solidarity_erosion = real(set, "solidarity.erosion");
    p->solidarity_tolerance = real(set, "solidarity.tolerance");
    p->absent_by_proxy = flag(set, "association.absent");
}

static void read_influence(struct reference_parameters *p, const struct coop_param_set *set)
{
    p->voice_skill = real(set, "voice.skill");
    p->voice_know = real(set, "voice.know");
    p->voice_persuasiveness = real(set, "voice.persuasiveness");
    p->voice_rank = real(set, "voice.rank");
    p->voice_office = real(set, "voice.office");
    p->susceptibility = real(set, "influence.susceptibility");
    p->standing_memory = real(set, "standing.memory");
    p->office_memory = real(set, "office.memory");
    p->workers = real(set, "rights.workers");
    p->left_inside = real(set, "rights.left_inside");
    p->delegation_is_formal = flag(set, "rights.delegation");
    p->outsiders_are_neutral = flag(set, "rights.outsiders");
}

static void read_governance(struct reference_parameters *p, const struct coop_param_set *set)
{
    p->governance_on = flag(set, "governance.on");
    p->agenda_by_standing = flag(set, "governance.agenda");
    p->governance_every = integer(set, "governance.every");
    p->governance_rate = real(set, "governance.rate");
    p->inertia = real(set, "governance.inertia");
    p->interest_unit = real(set, "governance.interest_unit");
    p->noise = real(set, "governance.noise");
    p->culture_spread = real(set, "culture.spread");
    p->outlook_spread = real(set, "outlook.spread");
}

static void read_careers(struct reference_parameters *p, const struct coop_param_set *set)
{
    p->leave = real(set, "allocation.leave");
    p->fit_weight = real(set, "allocation.fit");
    p->standing_weight = real(set, "allocation.standing");
    p->chain = integer(set, "allocation.chain");
    p->rotation_on = flag(set, "rotation.on");
    p->rotation_start = integer(set, "rotation.start");
    p->rotation_every = integer(set, "rotation.every");
    p->rotation_share = real(set, "rotation.share");
    p->balance_on = flag(set, "job_balance.on");
    p->balance_start = integer(set, "job_balance.start");
    p->balance_strength = real(set, "job_balance.strength");
    p->competition = real(set, "market.competition");
    p->pressure_memory = real(set, "market.memory");
    p->constant_pressure = real(set, "market.pressure");
}

void reference_read(struct reference_parameters *ret, const struct coop_param_set *set)
{
    *ret = (struct reference_parameters){0};
    read_variables(ret, set);
    read_kinds(ret, set);
    sort_kinds(ret);
    read_autonomy(ret, set);
    read_association(ret, set);
    read_influence(ret, set);
    read_governance(ret, set);
    read_careers(ret, set);
    read_arrows(ret, set);
}
