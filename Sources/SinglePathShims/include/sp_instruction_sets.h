// Which instruction sets this machine and its operating system have. Asked of the processor itself, once,
// so that nothing has to be linked or initialised.

#ifndef SINGLE_PATH_INSTRUCTION_SETS_H
#define SINGLE_PATH_INSTRUCTION_SETS_H

#include <stdint.h>

#include "sp_call.h"

/// The instruction sets that there is a kernel for; each has those before it.
enum {
  SP_INSTRUCTIONS_BASELINE = 1,  ///< what every machine of the architecture has
  SP_INSTRUCTIONS_AVX2 = 2,      ///< x86-64-v3: AVX2, FMA and the rest
  SP_INSTRUCTIONS_AVX512 = 3,    ///< x86-64-v4: AVX-512 F, BW, CD, DQ, VL
};

#if defined(__x86_64__)

#include <cpuid.h>

/// The best instruction set, by CPUID. Kept out of line: it runs once, and a hypervisor takes a
/// microsecond for each question.
static __attribute__((noinline, unused)) uint8_t sp_ask_for_instructions(void) {
  uint32_t a, b, c, d, low, high;
  const uint32_t leaf1 = bit_FMA | bit_MOVBE | bit_OSXSAVE | bit_AVX | bit_F16C;
  if (!__get_cpuid(1, &a, &b, &c, &d) || (c & leaf1) != leaf1) return SP_INSTRUCTIONS_BASELINE;
  // The registers that the operating system saves: bits 1 and 2 xmm and ymm, 5 to 7 masks and zmm.
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  const uint32_t leaf7 = bit_BMI | bit_AVX2 | bit_BMI2;
  const uint32_t leaf7_512 = bit_AVX512F | bit_AVX512DQ | bit_AVX512CD | bit_AVX512BW | bit_AVX512VL;
  uint32_t features;
  if (!__get_cpuid_count(7, 0, &a, &features, &c, &d) || (features & leaf7) != leaf7
      || !__get_cpuid(0x80000001, &a, &b, &c, &d) || !(c & bit_LZCNT) || (low & 0x6) != 0x6) {
    return SP_INSTRUCTIONS_BASELINE;
  }
  return (features & leaf7_512) == leaf7_512 && (low & 0xE6) == 0xE6 ? SP_INSTRUCTIONS_AVX512
                                                                      : SP_INSTRUCTIONS_AVX2;
}

/// The best instruction set of this machine, remembered after the first time. Any thread or signal handler
/// may ask, also at the same time: they store the same byte. After `fork` it is still true.
static inline uint8_t sp_best_instructions(void) {
  static uint8_t found;  // 0: not yet asked
  uint8_t best = __atomic_load_n(&found, __ATOMIC_RELAXED);
  if (__builtin_expect(best == 0, 0)) {
    best = sp_ask_for_instructions();
    __atomic_store_n(&found, best, __ATOMIC_RELAXED);
  }
  return best;
}

#else

static inline uint8_t sp_best_instructions(void) { return SP_INSTRUCTIONS_BASELINE; }

#endif

/// The kernel for an instruction set that this machine has.
static inline sp_kernel sp_kernel_for(uint8_t instructions) {
#if defined(__x86_64__)
  if (instructions == SP_INSTRUCTIONS_AVX512) return sp_kernel_avx512;
  if (instructions == SP_INSTRUCTIONS_AVX2) return sp_kernel_avx2;
#endif
  (void)instructions;
  return sp_kernel_baseline;
}

#endif
