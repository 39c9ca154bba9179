#ifndef EVALRUN_CPROCESS_SHIM_H
#define EVALRUN_CPROCESS_SHIM_H

#include <stddef.h>
#include <sys/resource.h>
#include <sys/types.h>

#ifdef __linux__

#include <sys/prctl.h>

/* Declared here since the C library declares it with _GNU_SOURCE alone, which a module can't ask for. */
extern int prlimit(pid_t process, int resource, const struct rlimit *new_limit, struct rlimit *old_limit);

/* Limits the private writable memory of a process and of all that it starts, in bytes; 0, or -1 with errno. */
static inline int evalrun_limit_memory(pid_t process, unsigned long long bytes) {
    struct rlimit limit = {.rlim_cur = (rlim_t)bytes, .rlim_max = (rlim_t)bytes};
    return prlimit(process, (int)RLIMIT_DATA, &limit, NULL);
}

/* Lets a process and all that it starts write no core files; 0, or -1 with errno. */
static inline int evalrun_forbid_core_files(pid_t process) {
    struct rlimit limit = {.rlim_cur = 0, .rlim_max = 0};
    return prlimit(process, (int)RLIMIT_CORE, &limit, NULL);
}

/* Makes this process the parent of what its descendants leave behind; 0, or -1 with errno. */
static inline int evalrun_adopt_orphans(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }

#endif

#endif
