#ifndef EVALRUN_CSTEMMER_SHIM_H
#define EVALRUN_CSTEMMER_SHIM_H

#include <libstemmer.h>

#endif
