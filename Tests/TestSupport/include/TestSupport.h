// What tests need from C: counting allocations and setting the floating-point state.

#ifndef TEST_SUPPORT_H
#define TEST_SUPPORT_H

#include <stdbool.h>
#include <stdint.h>

/// How often this thread has allocated. Not available under a sanitizer, which brings its own
/// allocator.
bool ts_can_count_allocations(void);
uint64_t ts_allocations(void);

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
