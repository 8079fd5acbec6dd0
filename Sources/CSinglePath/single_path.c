// The header is all there is in C; the module needs a source file.
#include "single_path.h"
