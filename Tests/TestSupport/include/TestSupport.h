// What tests need from C: setting the floating-point state, and plain threads.

#ifndef TEST_SUPPORT_H
#define TEST_SUPPORT_H

#include <stddef.h>
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

/// The standard state, but subnormal arguments and results are taken as zero.
uint64_t ts_flushing_float_state(void);

/// Calls a function on so many threads at once, with the number of each, and waits for them. The threads
/// are synchronised with the caller only, so that a thread sanitizer sees whatever they share.
///
/// Returns how many could not be started; then the function is not called.
size_t ts_run_on_threads(size_t count, void (*body)(size_t thread, void *context), void *context);

#endif
