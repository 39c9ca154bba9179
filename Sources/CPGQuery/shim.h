#ifndef EVALRUN_CPGQUERY_SHIM_H
#define EVALRUN_CPGQUERY_SHIM_H

#include <pg_query.h>

#endif
