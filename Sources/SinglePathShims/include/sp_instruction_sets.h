// Which instruction sets this machine and its operating system have. Asked of the processor itself,
// so that nothing has to be linked or initialised.

#ifndef SINGLE_PATH_INSTRUCTION_SETS_H
#define SINGLE_PATH_INSTRUCTION_SETS_H

#include <stdbool.h>
#include <stdint.h>

#if defined(__x86_64__)

#include <cpuid.h>

/// The vector registers that the operating system saves: extended control register 0.
static inline uint64_t sp_saved_registers(void) {
  uint32_t low, high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return ((uint64_t)high << 32) | low;
}

/// AVX2, FMA and the rest of x86-64-v3.
static inline bool sp_has_avx2(void) {
  uint32_t a, b, c, d;
  const uint32_t leaf1 = bit_FMA | bit_MOVBE | bit_OSXSAVE | bit_AVX | bit_F16C;
  if (!__get_cpuid(1, &a, &b, &c, &d) || (c & leaf1) != leaf1) return false;
  if ((sp_saved_registers() & 0x6) != 0x6) return false;  // xmm, ymm
  const uint32_t leaf7 = bit_BMI | bit_AVX2 | bit_BMI2;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || (b & leaf7) != leaf7) return false;
  return __get_cpuid(0x80000001, &a, &b, &c, &d) && (c & bit_LZCNT);
}

/// AVX-512 F, BW, CD, DQ, VL: x86-64-v4.
static inline bool sp_has_avx512(void) {
  uint32_t a, b, c, d;
  if (!sp_has_avx2() || (sp_saved_registers() & 0xE6) != 0xE6) return false;  // and zmm, masks
  const uint32_t leaf7 = bit_AVX512F | bit_AVX512DQ | bit_AVX512CD | bit_AVX512BW | bit_AVX512VL;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & leaf7) == leaf7;
}

#else

static inline bool sp_has_avx2(void) { return false; }
static inline bool sp_has_avx512(void) { return false; }

#endif

#endif
