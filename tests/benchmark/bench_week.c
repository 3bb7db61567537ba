/* coopsim - GPL-3.0-or-later
 *
 * How fast the default week is, against what the machine could give, what plain code gives and what
 * a second thread gives. Both sides of a comparison run in this process, A B A B, and only ratios
 * within a pair are judged by eye: the speed of a machine changes from minute to minute.
 *
 * bench_week          the comparisons
 * bench_week large    ten million workers: memory and speed */
#include "sim/engine/registry.h"
#include "sim/engine/run.h"
#include "tests/benchmark/limit_kernel.h"
#include "tests/reference/reference.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { SIZE = 20, WEEKS = 520, ORGANISATIONS = 1000, MEASURES = 4, PAIRS_MAX = 9 };
enum { REFERENCE_ORGANISATIONS = 60, THREADED_ORGANISATIONS = 4000, THREADED_WEEKS = 104 };
enum { LARGE_ORGANISATIONS = 500000, LARGE_WEEKS = 13 };

/* Means over organisations after WEEKS and their standard errors. */
struct outcome {
    double mean[MEASURES], error[MEASURES];
};
static const char *const measure_name[MEASURES] = {
    "Gini of power", "turnout", "turnout of the bottom 80 %", "division of labour"};

/* What is timed: lives its worker-weeks and returns seconds for each of them. */
typedef double contender(void);

static void stop(const char *message)
{
    fprintf(stderr, "bench_week: %s\n", message);
    exit(1);
}

static void need(enum coop_status status)
{
    if (status != COOP_OK)
        stop(coop_status_message());
}

static double clock_of(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* The model that is timed: all of seo, or the mechanisms without which there is no default week. */
static const struct coop_model *present_model;

static bool is_core(const char *name)
{
    static const char *const core[] = {"population", "structure",   "positions", "autonomy",
                                       "learning",   "association", "homophily", "influence",
                                       "governance", "allocation",  "market"};
    for (size_t i = 0; i < sizeof core / sizeof *core; i++)
        if (strcmp(core[i], name) == 0)
            return true;
    return false;
}

static const struct coop_model *core_of(const struct coop_model *model)
{
    static const struct coop_mechanism *mechanism[COOP_OWNERS_MAX];
    static struct coop_model core;
    size_t count = 0;
    for (size_t i = 0; model->mechanisms[i] != NULL; i++)
        if (is_core(model->mechanisms[i]->name))
            mechanism[count++] = model->mechanisms[i];
    mechanism[count] = NULL;
    core = *model;
    core.mechanisms = mechanism;
    return &core;
}

/* The defaults but for the number of organisations, of weeks, and of weeks between records. */
static void set_up(struct coop_param_set *ret, int organisations, int weeks, int every)
{
    static const struct coop_param_table *table[COOP_OWNERS_MAX]; /* outlives the set */
    const struct {
        const char *name;
        int value;
    } row[] = {{"economy.organisations", organisations},
               {"economy.size", SIZE},
               {"run.weeks", weeks},
               {"record.every", every}};
    need(coop_param_init(ret, table, coop_model_tables(present_model, table)));
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        char text[16];
        snprintf(text, sizeof text, "%d", row[i].value);
        need(coop_param_set_text(ret, row[i].name, text, "bench_week"));
    }
}

static void open_run(struct coop_run *ret, const struct coop_param_set *set, int threads)
{
    need(coop_run_init(ret, present_model, set, 0, threads));
}

/* The product's outcome, as it records it: turnout is then the mean since week 0. */
static void look_at_product(struct outcome *ret)
{
    static const char *const name[MEASURES] = {"power_gini", "turnout", "turnout_bottom80",
                                               "division"};
    struct coop_param_set set;
    struct coop_run run;
    struct coop_record record;
    set_up(&set, ORGANISATIONS, WEEKS, WEEKS);
    open_run(&run, &set, 1);
    need(coop_run_record(&run, &record, NULL, NULL));
    for (size_t m = 0; m < record.measures; m++)
        for (size_t i = 0; i < MEASURES; i++)
            if (strcmp(coop_model_measure(run.model, m)->name, name[i]) == 0) {
                ret->mean[i] = record.final_mean[m];
                ret->error[i] = record.final_error[m];
            }
    coop_record_free(&record);
    coop_run_free(&run);
    coop_param_free(&set);
}

static double live_product(void)
{
    struct coop_param_set set;
    struct coop_run run;
    set_up(&set, ORGANISATIONS, WEEKS, 4);
    open_run(&run, &set, 1);
    double started = clock_of(CLOCK_PROCESS_CPUTIME_ID);
    coop_run_live(&run, WEEKS);
    double seconds = clock_of(CLOCK_PROCESS_CPUTIME_ID) - started;
    double lived = (double)run.economy.workers * WEEKS;
    coop_run_free(&run);
    coop_param_free(&set);
    return seconds / lived;
}

static double live_core(void)
{
    const struct coop_model *all = present_model;
    present_model = core_of(all);
    double seconds = live_product();
    present_model = all;
    return seconds;
}

/* The same with all measures every four weeks. */
static double record_product(void)
{
    struct coop_param_set set;
    struct coop_run run;
    struct coop_record record;
    set_up(&set, ORGANISATIONS, WEEKS, 4);
    open_run(&run, &set, 1);
    double started = clock_of(CLOCK_PROCESS_CPUTIME_ID);
    need(coop_run_record(&run, &record, NULL, NULL));
    double seconds = clock_of(CLOCK_PROCESS_CPUTIME_ID) - started, lived = record.worker_weeks;
    coop_record_free(&record);
    coop_run_free(&run);
    coop_param_free(&set);
    return seconds / lived;
}

static void add_up(struct outcome *outcome, const double value[MEASURES])
{
    for (size_t i = 0; i < MEASURES; i++) {
        outcome->mean[i] += value[i];
        outcome->error[i] += value[i] * value[i];
    }
}

static void finish(struct outcome *outcome, double organisations)
{
    for (size_t i = 0; i < MEASURES; i++) {
        double mean = outcome->mean[i] / organisations;
        double variance = outcome->error[i] / organisations - mean * mean;
        outcome->mean[i] = mean;
        outcome->error[i] = sqrt(variance / (organisations - 1));
    }
}

static struct limit_economy *open_limit(const struct limit_kernel *kernel)
{
    struct limit_economy *economy = kernel->new (ORGANISATIONS, 20);
    if (economy == NULL)
        stop("out of memory");
    return economy;
}

static void look_at_limit(struct outcome *ret)
{
    const struct limit_kernel *kernel = &limit_kernel_fused;
    struct limit_economy *economy = open_limit(kernel);
    kernel->live(economy, WEEKS);
    for (size_t o = 0; o < ORGANISATIONS; o++) {
        struct limit_organisation now;
        kernel->look(economy, o, &now);
        add_up(ret, (double[MEASURES]){now.gini, now.turnout, now.turnout_bottom, now.division});
    }
    finish(ret, ORGANISATIONS);
    kernel->free(economy);
}

static double live_limit(const struct limit_kernel *kernel)
{
    struct limit_economy *economy = open_limit(kernel);
    double started = clock_of(CLOCK_PROCESS_CPUTIME_ID);
    kernel->live(economy, WEEKS);
    double seconds = clock_of(CLOCK_PROCESS_CPUTIME_ID) - started;
    kernel->free(economy);
    return seconds / ((double)ORGANISATIONS * LIMIT_SIZE * WEEKS);
}

static double live_fused(void)
{
    return live_limit(&limit_kernel_fused);
}

static double live_plain(void)
{
    return live_limit(&limit_kernel_plain);
}

static double live_reference(void)
{
    struct coop_param_set set;
    struct reference reference;
    uint32_t size[REFERENCE_ORGANISATIONS];
    gsl_rng *generator = gsl_rng_alloc(gsl_rng_mt19937);
    for (size_t o = 0; o < REFERENCE_ORGANISATIONS; o++)
        size[o] = SIZE;
    set_up(&set, REFERENCE_ORGANISATIONS, WEEKS, 4);
    reference_init(&reference, &set, size, REFERENCE_ORGANISATIONS,
                   reference_source_gsl(generator));
    double started = clock_of(CLOCK_PROCESS_CPUTIME_ID);
    reference_live(&reference, WEEKS);
    double seconds = clock_of(CLOCK_PROCESS_CPUTIME_ID) - started;
    reference_free(&reference);
    gsl_rng_free(generator);
    coop_param_free(&set);
    return seconds / ((double)REFERENCE_ORGANISATIONS * SIZE * WEEKS);
}

/* In wall time, since that is what threads are for. */
static double live_threaded(int threads)
{
    struct coop_param_set set;
    struct coop_run run;
    set_up(&set, THREADED_ORGANISATIONS, THREADED_WEEKS, 4);
    open_run(&run, &set, threads);
    double started = clock_of(CLOCK_MONOTONIC);
    coop_run_live(&run, THREADED_WEEKS);
    double seconds = clock_of(CLOCK_MONOTONIC) - started;
    double lived = (double)run.economy.workers * THREADED_WEEKS;
    coop_run_free(&run);
    coop_param_free(&set);
    return seconds / lived;
}

static double live_one_thread(void)
{
    return live_threaded(1);
}

static double live_two_threads(void)
{
    return live_threaded(2);
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *x, size_t n)
{
    qsort(x, n, sizeof *x, compare_doubles);
    return n % 2 == 1 ? x[n / 2] : (x[n / 2 - 1] + x[n / 2]) / 2;
}

/* Prints how many times as fast the first is as the second. */
static void compare(const char *what, contender *first, contender *second, size_t pairs)
{
    double ratio[PAIRS_MAX], speed[2][PAIRS_MAX];
    for (size_t i = 0; i < pairs; i++) {
        double a = first(), b = second();
        ratio[i] = b / a;
        speed[0][i] = 1e-6 / a;
        speed[1][i] = 1e-6 / b;
    }
    double middle = median(ratio, pairs);
    printf("%-44s %7.2f %8.2f %7.2f %8.1f %8.1f\n", what, middle, ratio[0], ratio[pairs - 1],
           median(speed[0], pairs), median(speed[1], pairs));
    fflush(stdout);
}

/* The kernel lives other random lives, but they must come to the same. */
static int check_limit(void)
{
    struct outcome limit = {{0}, {0}}, product = {{0}, {0}};
    int disagreements = 0;
    look_at_limit(&limit);
    look_at_product(&product);
    printf("\n%-44s %16s %16s %8s\n", "after 520 weeks", "kernel", "product", "z");
    for (size_t i = 0; i < MEASURES; i++) {
        double error = hypot(limit.error[i], product.error[i]);
        double z = (limit.mean[i] - product.mean[i]) / error;
        printf("%-44s %8.4f +- %.4f %8.4f +- %.4f %5.1f%s\n", measure_name[i], limit.mean[i],
               limit.error[i], product.mean[i], product.error[i], z,
               fabs(z) > 3 ? "  DISAGREES" : "");
        disagreements += fabs(z) > 3;
    }
    return disagreements;
}

static int run_comparisons(void)
{
    printf("default week, organisations of %d, %s\n\n", SIZE, coop_registry_best_isa());
    printf("%-44s %7s %8s %7s %17s\n%-44s %7s %8s %7s %8s %8s\n", "how many times as fast",
           "median", "min", "max", "million worker-", "", "", "", "", "weeks/s", "each");
    if (limit_kernel_plain.runs()) {
        compare("hand-tuned kernel : product", live_plain, live_product, 7);
        compare("hand-tuned kernel : product with records", live_plain, record_product, 5);
    }
    if (limit_kernel_fused.runs())
        compare("kernel with fused products (FMA) : product", live_fused, live_product, 7);
    compare("product : plain code, libm, GSL's mt19937", live_product, live_reference, 5);
    compare("product with records : plain code", record_product, live_reference, 3);
    compare("core mechanisms alone : product, the rest off", live_core, live_product, 9);
    compare("2 threads : 1 thread (wall time)", live_two_threads, live_one_thread, 7);
    if (!limit_kernel_fused.runs()) {
        printf("\nno AVX2 and FMA here: the hand-tuned kernel is not checked\n");
        return 0;
    }
    return check_limit();
}

static int run_large(void)
{
    struct coop_param_set set;
    struct coop_run run;
    struct coop_record record;
    struct rusage before, usage;
    getrusage(RUSAGE_SELF, &before);
    set_up(&set, LARGE_ORGANISATIONS, LARGE_WEEKS, 52);
    open_run(&run, &set, 2);
    need(coop_run_record(&run, &record, NULL, NULL));
    getrusage(RUSAGE_SELF, &usage);
    double workers = (double)run.economy.workers;
    printf("%.0f workers, %d weeks, a record every 52 weeks, %d threads\n", workers, LARGE_WEEKS,
           run.threads);
    printf("state               %6.1f bytes a worker\n", (double)record.state_bytes / workers);
    printf("peak resident       %6.1f bytes a worker\n",
           1024 * (double)(usage.ru_maxrss - before.ru_maxrss) / workers);
    printf("speed               %6.1f million worker-weeks/s\n",
           1e-6 * record.worker_weeks / record.seconds);
    coop_record_free(&record);
    coop_run_free(&run);
    coop_param_free(&set);
    return 0;
}

int main(int count, char **argument)
{
    present_model = coop_registry_find(coop_registry_best_isa(), "seo");
    if (count == 2 && strcmp(argument[1], "large") == 0)
        return run_large();
    if (count != 1)
        stop("usage: bench_week [large]");
    return run_comparisons() > 0;
}
