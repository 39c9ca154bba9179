#ifndef EVALRUN_CLIBYAML_SHIM_H
#define EVALRUN_CLIBYAML_SHIM_H

#include <yaml.h>

#endif
