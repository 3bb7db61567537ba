/* coopsim - GPL-3.0-or-later */
#include "sim/io/claim.h"

#include "sim/io/seal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

/* The first line of a small file, "" if there is none. */
static void read_line(const char *path, char *ret, int size)
{
    FILE *file = fopen(path, "r");
    ret[0] = '\0';
    if (file == NULL)
        return;
    if (fgets(ret, size, file) != NULL)
        ret[strcspn(ret, "\n")] = '\0';
    fclose(file);
}

/* Field 22 of /proc/<pid>/stat; the name before it may hold blanks, but ends with the last ')'. */
static uint64_t ticks_of(int64_t pid)
{
    char path[64], text[1024];
    uint64_t ticks = 0;
    snprintf(path, sizeof path, "/proc/%" PRId64 "/stat", pid);
    read_line(path, text, sizeof text);
    const char *at = strrchr(text, ')');
    for (int field = 2; at != NULL && field < 22; field++)
        at = strchr(at + 1, ' ');
    if (at != NULL)
        ticks = strtoull(at + 1, NULL, 10);
    return ticks;
}

/* One that has ended and that nobody has waited for. */
static bool is_zombie(int64_t pid)
{
    char path[64], text[1024];
    snprintf(path, sizeof path, "/proc/%" PRId64 "/stat", pid);
    read_line(path, text, sizeof text);
    const char *at = strrchr(text, ')');
    return at != NULL && at[1] == ' ' && (at[2] == 'Z' || at[2] == 'X');
}

static void describe_self(struct coop_owner *ret, size_t part, size_t parts)
{
    const time_t now = time(NULL);
    struct tm utc;
    const char *job = getenv("SLURM_JOB_ID");
    *ret = (struct coop_owner){.part = part, .parts = parts, .pid = getpid()};
    gethostname(ret->host, sizeof ret->host - 1);
    read_line("/proc/sys/kernel/random/boot_id", ret->boot, sizeof ret->boot);
    snprintf(ret->job, sizeof ret->job, "%.60s", job != NULL ? job : "");
    strftime(ret->began, sizeof ret->began, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &utc));
    ret->ticks = ticks_of(ret->pid);
}

static bool is_dead(const struct coop_owner *owner)
{
    struct coop_owner self;
    describe_self(&self, 1, 1);
    if (strcmp(self.host, owner->host) != 0 || self.boot[0] == '\0' ||
        strcmp(self.boot, owner->boot) != 0)
        return false;
    if ((kill((pid_t)owner->pid, 0) != 0 && errno == ESRCH) || is_zombie(owner->pid))
        return true;
    /* The number may have been given to another process since. */
    const uint64_t ticks = ticks_of(owner->pid);
    return ticks != 0 && owner->ticks != 0 && ticks != owner->ticks;
}

static const char format[] =
    "host %s\nboot %s\npid %" PRId64 "\nticks %" PRIu64 "\nbegan %s\njob %s\n";

static bool read_owner(const char *directory, const char *name, struct coop_owner *ret)
{
    char path[PATH_MAX], text[1024] = "", host[COOP_CLAIM_TEXT];
    *ret = (struct coop_owner){0};
    if (sscanf(name, "claim-%zu-of-%zu", &ret->part, &ret->parts) != 2)
        return false;
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return false;
    const size_t size = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[size] = '\0';
    if (sscanf(text, "host %127s boot %127s pid %" SCNd64 " ticks %" SCNu64 " began %31s job %127s",
               host, ret->boot, &ret->pid, &ret->ticks, ret->began, ret->job) < 5)
        snprintf(host, sizeof host, "unknown");
    snprintf(ret->host, sizeof ret->host, "%s", host);
    ret->dead = is_dead(ret);
    return true;
}

enum coop_status coop_claim_list(const char *directory, struct coop_owner **ret, size_t *ret_count)
{
    const struct dirent *entry;
    struct coop_owner owner, *grown;
    enum coop_status status = COOP_OK;
    DIR *stream = opendir(directory);
    *ret = NULL;
    *ret_count = 0;
    if (stream == NULL)
        return COOP_FAIL(COOP_IO, "%s: cannot open: %s", directory, strerror(errno));
    while (status == COOP_OK && (entry = readdir(stream)) != NULL) {
        if (strncmp(entry->d_name, "claim-", 6) != 0 ||
            !read_owner(directory, entry->d_name, &owner))
            continue;
        grown = realloc(*ret, (*ret_count + 1) * sizeof *grown);
        if (grown == NULL) {
            status = COOP_FAIL(COOP_MEMORY, "out of memory for the claims");
            break;
        }
        *ret = grown;
        grown[(*ret_count)++] = owner;
    }
    closedir(stream);
    return status;
}

/* Claims are looked at and taken by one process at a time. */
static enum coop_status lock_directory(const char *directory, int *ret_fd)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/lock", directory);
    *ret_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (*ret_fd < 0)
        return COOP_FAIL(COOP_CANNOT_CREATE, "%s: cannot open: %s", path, strerror(errno));
    while (flock(*ret_fd, LOCK_EX) != 0)
        if (errno != EINTR)
            return COOP_FAIL(COOP_IO, "%s: cannot lock: %s", path, strerror(errno));
    return COOP_OK;
}

static enum coop_status refuse(const char *directory, const struct coop_owner *owner)
{
    return COOP_FAIL(COOP_REFUSED,
                     "%s is being worked on: part %zu of %zu by process %" PRId64
                     " on %s since %s%s%s. If it is dead, delete %s/claim-%zu-of-%zu",
                     directory, owner->part, owner->parts, owner->pid, owner->host, owner->began,
                     owner->job[0] != '\0' ? ", job " : "", owner->job, directory, owner->part,
                     owner->parts);
}

/* Part 1 of 2 overlaps with parts of any other number, but not with 2 of 2. */
static enum coop_status clear(const char *directory, size_t part, size_t parts)
{
    struct coop_owner *owner;
    size_t owners;
    enum coop_status status = coop_claim_list(directory, &owner, &owners);
    for (size_t i = 0; status == COOP_OK && i < owners; i++) {
        char path[PATH_MAX];
        if (owner[i].parts == parts && owner[i].part != part)
            continue;
        snprintf(path, sizeof path, "%s/claim-%zu-of-%zu", directory, owner[i].part,
                 owner[i].parts);
        if (!owner[i].dead)
            status = refuse(directory, &owner[i]);
        else if (unlink(path) != 0 && errno != ENOENT)
            status = COOP_FAIL(COOP_IO, "%s: cannot remove: %s", path, strerror(errno));
    }
    free(owner);
    return status;
}

static enum coop_status create(struct coop_claim *ret, size_t part, size_t parts)
{
    struct coop_owner self;
    char text[1024];
    describe_self(&self, part, parts);
    snprintf(text, sizeof text, format, self.host, self.boot, self.pid, self.ticks, self.began,
             self.job);
    COOP_TRY(coop_seal_write(ret->path, text, strlen(text), false));
    ret->fd = open(ret->path, O_RDONLY | O_CLOEXEC);
    if (ret->fd < 0 || flock(ret->fd, LOCK_EX | LOCK_NB) != 0) {
        const enum coop_status status =
            COOP_FAIL(COOP_IO, "%s: cannot lock: %s", ret->path, strerror(errno));
        coop_claim_release(ret);
        return status;
    }
    return COOP_OK;
}

enum coop_status coop_claim_take(struct coop_claim *ret, const char *directory, size_t part,
                                 size_t parts)
{
    int lock = -1;
    *ret = (struct coop_claim){.fd = -1};
    enum coop_status status = lock_directory(directory, &lock);
    if (status == COOP_OK)
        status = clear(directory, part, parts);
    if (status == COOP_OK) {
        snprintf(ret->path, sizeof ret->path, "%.4000s/claim-%zu-of-%zu", directory, part, parts);
        status = create(ret, part, parts);
    }
    if (status != COOP_OK)
        ret->path[0] = '\0';
    if (lock >= 0)
        close(lock);
    return status;
}

void coop_claim_release(struct coop_claim *claim)
{
    if (claim->path[0] != '\0')
        unlink(claim->path);
    if (claim->fd >= 0)
        close(claim->fd);
    *claim = (struct coop_claim){.fd = -1};
}
