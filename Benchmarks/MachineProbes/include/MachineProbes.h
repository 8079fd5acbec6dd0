// Small loops that find out what this machine can do at most, and a count of memory allocations.

#ifndef MACHINE_PROBES_H
#define MACHINE_PROBES_H

#include <stddef.h>

/// Independent operations in one round of a rate probe: more than latency times ports anywhere.
#define MP_OPERATIONS_PER_ROUND 12
/// Dependent additions in one round of the clock probe.
#define MP_ADDITIONS_PER_ROUND 64

/// A chain of integer additions, each needing the one before: one a clock cycle.
size_t mp_clock(size_t rounds);

// Each probe exists for vectors of 4, 8 and 16 floats. On x86-64, those of 8 and the fused
// multiply-add of 4 need AVX2 with FMA, those of 16 AVX-512; call them only where these are.
// Results only keep the compiler from dropping the work.

/// Independent fused multiply-adds.
float mp_fma_4(size_t rounds);
float mp_fma_8(size_t rounds);
float mp_fma_16(size_t rounds);

/// Independent multiplications, for a machine without fused multiply-add.
float mp_multiply_4(size_t rounds);

/// Independent divisions.
float mp_divide_4(size_t rounds);
float mp_divide_8(size_t rounds);
float mp_divide_16(size_t rounds);

/// Reads `count` floats, a multiple of 128, 64-byte aligned.
float mp_read_4(const float *memory, size_t count);
float mp_read_8(const float *memory, size_t count);
float mp_read_16(const float *memory, size_t count);

/// Reads and rewrites `count` floats, a multiple of 128, 64-byte aligned.
void mp_update_4(float *memory, size_t count);
void mp_update_8(float *memory, size_t count);
void mp_update_16(float *memory, size_t count);

/// Asks the system for pages of 2 MiB under memory that begins at one. Does nothing where there is no such
/// request.
void mp_ask_for_huge_pages(void *memory, size_t bytes);

/// How often this process has asked for memory so far, on all threads; −1 where that is not known.
long mp_allocations(void);

/// The same of the calling thread alone.
long mp_allocations_of_thread(void);

#endif
