/* coopsim - GPL-3.0-or-later */
#include "sim/io/seal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

enum { TEMPORARY_TRIES = 100, NAME_KEPT = 200 /* of at most 255 bytes */ };

/* A path taken apart, with the directory open, so that all steps happen in the same one even if
 * it is renamed meanwhile. */
struct target {
    const char *path, *name;
    char directory[PATH_MAX];
    int fd; /* of the directory, or -1 */
};

static enum coop_status exists_already(const char *path)
{
    return COOP_FAIL(COOP_CANNOT_CREATE,
                     "%s exists: choose another name with -o or overwrite it with --force", path);
}

static enum coop_status directory_fails(const struct target *target, int error)
{
    if (error == ENOENT)
        return COOP_FAIL(COOP_CANNOT_CREATE, "%s: directory %s does not exist: create it first",
                         target->path, target->directory);
    if (error == ENOTDIR)
        return COOP_FAIL(COOP_CANNOT_CREATE,
                         "%s: %s is not a directory: choose another name with -o", target->path,
                         target->directory);
    if (error == EACCES || error == EPERM || error == EROFS)
        return COOP_FAIL(COOP_CANNOT_CREATE,
                         "%s: directory %s is not writable (%s): choose another name with -o",
                         target->path, target->directory, strerror(error));
    return COOP_FAIL(COOP_CANNOT_CREATE, "%s: cannot create a file in directory %s: %s",
                     target->path, target->directory, strerror(error));
}

static enum coop_status target_open(struct target *ret, const char *path)
{
    const char *slash = strrchr(path, '/');
    *ret = (struct target){.path = path, .name = slash == NULL ? path : slash + 1, .fd = -1};
    size_t length = slash == NULL ? 0 : (size_t)(slash - path);
    if (length >= sizeof ret->directory || strlen(ret->name) > NAME_MAX)
        return COOP_FAIL(COOP_CANNOT_CREATE, "%.80s...: the name is too long", path);
    if (slash == NULL)
        strcpy(ret->directory, ".");
    else if (length == 0)
        strcpy(ret->directory, "/");
    else
        snprintf(ret->directory, sizeof ret->directory, "%.*s", (int)length, path);
    if (ret->name[0] == '\0' || strcmp(ret->name, ".") == 0 || strcmp(ret->name, "..") == 0)
        return COOP_FAIL(COOP_CANNOT_CREATE, "`%s` is not the name of a file: add one", path);
    ret->fd = open(ret->directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return ret->fd >= 0 ? COOP_OK : directory_fails(ret, errno);
}

static void target_close(struct target *target)
{
    if (target->fd >= 0)
        close(target->fd);
    target->fd = -1;
}

/* A symbolic link counts as existing, wherever it points. */
static enum coop_status check_name(const struct target *target, bool replace)
{
    struct stat found;
    if (fstatat(target->fd, target->name, &found, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT ? COOP_OK : directory_fails(target, errno);
    if (S_ISDIR(found.st_mode))
        return COOP_FAIL(COOP_CANNOT_CREATE, "%s is a directory: give the name of a file",
                         target->path);
    if (!S_ISREG(found.st_mode) && !S_ISLNK(found.st_mode))
        return COOP_FAIL(COOP_CANNOT_CREATE,
                         "%s is a device or a pipe, which a result must not replace: give the name "
                         "of a file",
                         target->path);
    return replace ? COOP_OK : exists_already(target->path);
}

static double megabytes_free(const struct target *target)
{
    struct statvfs volume;
    if (fstatvfs(target->fd, &volume) != 0)
        return 0;
    return (double)volume.f_bavail * (double)volume.f_frsize / 1e6;
}

static enum coop_status disk_full(const struct target *target, enum coop_status status,
                                  size_t bytes)
{
    return COOP_FAIL(status,
                     "%s: disk full: needs %.3g MB, %.3g MB free in directory %s: free some space "
                     "or choose another place with -o",
                     target->path, (double)bytes / 1e6, megabytes_free(target), target->directory);
}

enum coop_status coop_seal_check(const char *path, size_t bytes, bool replace)
{
    struct target target;
    enum coop_status status = target_open(&target, path);
    if (status == COOP_OK)
        status = check_name(&target, replace);
    if (status == COOP_OK && faccessat(target.fd, ".", W_OK | X_OK, AT_EACCESS) != 0)
        status = directory_fails(&target, errno);
    if (status == COOP_OK && megabytes_free(&target) < (double)bytes / 1e6)
        status = disk_full(&target, COOP_CANNOT_CREATE, bytes);
    target_close(&target);
    return status;
}

/* The number need not be unique, since O_EXCL is; it only makes a second try rare. */
static enum coop_status create_temporary(const struct target *target, char *ret_name, size_t size,
                                         int *ret_fd)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    uint32_t number = (uint32_t)now.tv_nsec ^ (uint32_t)getpid() << 12;
    for (int try = 0; try < TEMPORARY_TRIES; try++, number = number * 1664525u + 1013904223u) {
        snprintf(ret_name, size, ".%.*s.%08x.part", NAME_KEPT, target->name, number);
        *ret_fd = openat(target->fd, ret_name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (*ret_fd >= 0)
            return COOP_OK;
        if (errno != EEXIST && errno != EINTR)
            break;
    }
    return errno == ENOSPC || errno == EDQUOT ? disk_full(target, COOP_IO, 0)
                                              : directory_fails(target, errno);
}

static enum coop_status write_fails(const struct target *target, int error, size_t size)
{
    if (error == ENOSPC || error == EDQUOT)
        return disk_full(target, COOP_IO, size);
    if (error == EFBIG)
        return COOP_FAIL(COOP_IO, "%s: %s: it needs %.3g MB, see the limit with `ulimit -f`",
                         target->path, strerror(error), (double)size / 1e6);
    return COOP_FAIL(COOP_IO, "%s: cannot write: %s", target->path, strerror(error));
}

/* Data reach the disk here, before the name does: a name never stands for a torn file. */
static enum coop_status write_all(const struct target *target, int fd, const char *bytes,
                                  size_t size)
{
    for (size_t done = 0; done < size;) {
        ssize_t written = write(fd, bytes + done, size - done);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return write_fails(target, written < 0 ? errno : ENOSPC, size);
        done += (size_t)written;
    }
    while (fsync(fd) != 0)
        if (errno != EINTR)
            return write_fails(target, errno, size);
    return COOP_OK;
}

/* A hard link does not replace either: for file systems without RENAME_NOREPLACE, NFS for one. */
static int rename_without_replace(int directory, const char *from, const char *to)
{
    if (renameat2(directory, from, directory, to, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return -1;
    if (linkat(directory, from, directory, to, 0) != 0)
        return -1;
    unlinkat(directory, from, 0);
    return 0;
}

static enum coop_status give_name(const struct target *target, const char *temporary, bool replace)
{
    int failed = replace ? renameat(target->fd, temporary, target->fd, target->name)
                         : rename_without_replace(target->fd, temporary, target->name);
    if (failed == 0)
        return COOP_OK;
    if (errno == EEXIST)
        return exists_already(target->path);
    return COOP_FAIL(COOP_CANNOT_CREATE, "%s: cannot give the file its name: %s", target->path,
                     strerror(errno));
}

/* Some file systems have nothing to do for a directory and say EINVAL. */
static enum coop_status sync_directory(const struct target *target)
{
    while (fsync(target->fd) != 0) {
        if (errno == EINVAL || errno == ENOTSUP)
            return COOP_OK;
        if (errno != EINTR)
            return COOP_FAIL(COOP_IO, "%s: written, but directory %s may forget it: %s",
                             target->path, target->directory, strerror(errno));
    }
    return COOP_OK;
}

static enum coop_status write_and_name(const struct target *target, const char *bytes, size_t size,
                                       bool replace)
{
    char temporary[NAME_MAX + 1];
    int fd = -1;
    COOP_TRY(create_temporary(target, temporary, sizeof temporary, &fd));
    enum coop_status status = write_all(target, fd, bytes, size);
    if (close(fd) != 0 && errno != EINTR && status == COOP_OK)
        status = write_fails(target, errno, size);
    if (status == COOP_OK)
        status = give_name(target, temporary, replace);
    if (status != COOP_OK)
        unlinkat(target->fd, temporary, 0);
    return status;
}

enum coop_status coop_seal_write(const char *path, const void *bytes, size_t size, bool replace)
{
    struct target target;
    enum coop_status status = target_open(&target, path);
    if (status == COOP_OK)
        status = check_name(&target, replace);
    if (status == COOP_OK)
        status = write_and_name(&target, bytes, size, replace);
    if (status == COOP_OK)
        status = sync_directory(&target);
    target_close(&target);
    return status;
}

/* ".NAME.0123abcd.part" */
static bool is_leftover(const char *entry, const char *name)
{
    const size_t length = strnlen(name, NAME_KEPT);
    if (entry[0] != '.' || strncmp(entry + 1, name, length) != 0 || entry[1 + length] != '.')
        return false;
    const char *number = entry + 2 + length;
    return strspn(number, "0123456789abcdef") == 8 && strcmp(number + 8, ".part") == 0;
}

void coop_seal_clear(const char *path)
{
    struct target target;
    const struct dirent *entry;
    DIR *stream = NULL;
    if (target_open(&target, path) == COOP_OK && (stream = fdopendir(target.fd)) != NULL) {
        while ((entry = readdir(stream)) != NULL)
            if (is_leftover(entry->d_name, target.name))
                unlinkat(target.fd, entry->d_name, 0);
        closedir(stream);
        return;
    }
    target_close(&target);
}
