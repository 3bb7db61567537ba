/* coopsim - GPL-3.0-or-later
 *
 * Errors: every function that can fail returns a status. COOP_FAIL records a sentence and the
 * place in the source for the calling thread, so that the command line can say what went wrong;
 * the library itself never prints and never exits. */
#ifndef COOP_BASE_STATUS_H
#define COOP_BASE_STATUS_H

/* code, process exit code , sentence */
#define COOP_STATUS_LIST(X)                                                                        \
    X(OK, 0, "success")                                                                            \
    X(RUN_FAILED, 1, "some runs failed")                                                           \
    X(USAGE, 2, "usage or configuration error")                                                    \
    X(REFUSED, 65, "refused: changed settings, or data that are not what they should be")          \
    X(CANNOT_CREATE, 73, "cannot create the output")                                               \
    X(IO, 74, "input or output error")                                                             \
    X(STOPPED, 75, "stopped; the finished runs are kept")                                          \
    X(MEMORY, 71, "out of memory")                                                                 \
    X(INTERNAL, 70, "internal error")

enum coop_status {
#define COOP_STATUS_ENUM(name, exit_code, text) COOP_##name = exit_code,
    COOP_STATUS_LIST(COOP_STATUS_ENUM)
#undef COOP_STATUS_ENUM
};

#if defined(__GNUC__)
#define COOP_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define COOP_PRINTF(text, first)
#endif

/* The text of this thread's last failure (empty if none) and the place in the source. */
const char *coop_status_message(void);
const char *coop_status_place(void);

/* Records the failure and returns `status`, so that a function can `return COOP_FAIL(...)`. */
enum coop_status coop_status_fail(enum coop_status status, const char *place, const char *format,
                                  ...) COOP_PRINTF(3, 4);

#define COOP_STRINGIFY_(x) #x
#define COOP_STRINGIFY(x) COOP_STRINGIFY_(x)
#define COOP_FAIL(status, ...)                                                                     \
    coop_status_fail(status, __FILE__ ":" COOP_STRINGIFY(__LINE__), __VA_ARGS__)

/* For the body of a function that returns a status: pass a failure on, without cleaning up. */
#define COOP_TRY(call)                                                                             \
    do {                                                                                           \
        enum coop_status coop_try_status = (call);                                                 \
        if (coop_try_status != COOP_OK)                                                            \
            return coop_try_status;                                                                \
    } while (0)

#endif
