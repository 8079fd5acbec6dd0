// The shims are `static inline` functions in the header; this file makes the module a library.
#include "SinglePathShims.h"
