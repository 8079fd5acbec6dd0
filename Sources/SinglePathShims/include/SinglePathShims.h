// What the inner kernel needs from C: the vector operations that Swift's SIMD types cannot express
// as one machine instruction, the floating-point control word, the instruction sets of this machine,
// and the structs of a kernel call and of a review. All of it is `static inline`: there is nothing to link.

#ifndef SINGLE_PATH_SHIMS_H
#define SINGLE_PATH_SHIMS_H

#include "sp_call.h"
#include "sp_float_state.h"
#include "sp_instruction_sets.h"
#include "sp_lanes.h"
#include "sp_look_up.h"
#include "sp_review.h"
#include "sp_sigmoid_table.h"

#endif
