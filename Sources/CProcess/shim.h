#ifndef EVALRUN_CPROCESS_SHIM_H
#define EVALRUN_CPROCESS_SHIM_H

#ifdef __linux__

#include <sys/prctl.h>

/* Makes this process the parent of what its descendants leave behind; 0, or -1 with errno. Takes the arguments of prctl,
   which has as many as the option wants. */
static inline int evalrun_adopt_orphans(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }

#endif

#endif
