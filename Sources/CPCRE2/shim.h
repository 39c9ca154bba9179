#ifndef EVALRUN_CPCRE2_SHIM_H
#define EVALRUN_CPCRE2_SHIM_H

/* The 8-bit library: subjects and patterns are UTF-8. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#endif
