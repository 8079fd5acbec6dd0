// What tests need from C: setting the floating-point state.

#ifndef TEST_SUPPORT_H
#define TEST_SUPPORT_H

#include <stdint.h>

/// The floating-point control and status word of this thread.
uint64_t ts_float_state(void);
void ts_set_float_state(uint64_t state);

/// A state that a host might have: rounding upward, subnormals flushed where the machine can, one
/// flag raised.
uint64_t ts_unusual_float_state(void);

/// The standard state with every floating-point exception enabled as a trap, or 0 where the machine
/// has no traps.
uint64_t ts_trapping_float_state(void);

#endif
