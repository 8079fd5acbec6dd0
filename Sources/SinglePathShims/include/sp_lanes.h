// Vector operations for 4, 8 and 16 lanes, each one correctly rounded IEEE operation. Swift imports
// the vectors as SIMD4<Float>, SIMD8<Float> and SIMD16<Float>; a caller's instruction set decides
// what they become.

#ifndef SINGLE_PATH_LANES_H
#define SINGLE_PATH_LANES_H

#include <stddef.h>
#include <stdint.h>

#include "sp_call.h"

#define SP_INLINE static inline __attribute__((always_inline))

// MARK: Fused multiply-add where the machine has none

#if defined(__x86_64__) && !defined(__FMA__)
#define SP_HAS_FMA 0
#else
#define SP_HAS_FMA 1
#endif

typedef double sp_double2 __attribute__((ext_vector_type(2)));
typedef int64_t sp_long2 __attribute__((ext_vector_type(2)));
typedef float sp_float2 __attribute__((ext_vector_type(2)));

/// a·b + c, rounded to double: the product of two floats is exact in a double.
SP_INLINE sp_double2 sp_sum_by_double(sp_float2 a, sp_float2 b, sp_float2 c) {
  return __builtin_convertvector(a, sp_double2) * __builtin_convertvector(b, sp_double2)
         + __builtin_convertvector(c, sp_double2);
}

/// a·b + c with one rounding, by double precision rounded to odd (Boldo and Melquiond, "Emulation of
/// FMA and correctly rounded sums: proved algorithms using rounding to odd", IEEE Trans. Computers
/// 57, 2008). The product of two floats is exact in a double; the sum is rounded to odd, with the
/// error from Knuth's two-sum; 53 ≥ 2 · 24 + 2 bits make the second rounding harmless.
SP_INLINE sp_float2 sp_fma_by_double(sp_float2 a, sp_float2 b, sp_float2 c) {
  const sp_double2 product = __builtin_convertvector(a, sp_double2)
                             * __builtin_convertvector(b, sp_double2);
  const sp_double2 addend = __builtin_convertvector(c, sp_double2);
  const sp_double2 sum = product + addend;
  const sp_double2 part = sum - product;
  const sp_double2 error = (product - (sum - part)) + (addend - part);
  // An inexact sum goes to the odd one of its neighbours: a bit toward zero if it was rounded away
  // from zero, then the last bit set. Infinities and NaN give an error of NaN, which compares false.
  const sp_long2 bits = (sp_long2)sum;
  const sp_long2 inexact = (error < 0) | (error > 0);
  const sp_long2 away = ((sp_long2)error ^ bits) >> 63;  // 0: error has the sum's sign; −1: opposite
  const sp_long2 odd = (bits + (away & inexact)) | (inexact & 1);
  return __builtin_convertvector((sp_double2)odd, sp_float2);
}

// MARK: Vectors

/// Asks for a line of memory that will be read soon. Any address will do.
SP_INLINE void sp_prefetch(const float *address) { __builtin_prefetch(address, 0, 2); }

#define SP_LANES(N)                                                                                \
  typedef float sp_float##N __attribute__((ext_vector_type(N)));                                   \
  typedef int32_t sp_int##N __attribute__((ext_vector_type(N)));                                   \
  typedef uint8_t sp_byte##N __attribute__((ext_vector_type(N)));                                  \
  typedef uint16_t sp_short##N __attribute__((ext_vector_type(N)));                                \
  typedef uint32_t sp_uint##N __attribute__((ext_vector_type(N)));                                 \
                                                                                                   \
  SP_INLINE sp_float##N sp_load_##N(const float *from) {                                           \
    sp_float##N v;                                                                                 \
    __builtin_memcpy_inline(&v, from, sizeof v);                                                   \
    return v;                                                                                      \
  }                                                                                                \
  SP_INLINE void sp_store_##N(float *to, sp_float##N v) {                                          \
    __builtin_memcpy_inline(to, &v, sizeof v);                                                     \
  }                                                                                                \
  SP_INLINE sp_float##N sp_negate_##N(sp_float##N v) { return -v; }                                 \
  /* The first operand's lane where it is smaller, else the second's: NaN in the second stays. */  \
  SP_INLINE sp_float##N sp_min_##N(sp_float##N a, sp_float##N b) { return a < b ? a : b; }         \
  SP_INLINE sp_float##N sp_max_##N(sp_float##N a, sp_float##N b) { return a > b ? a : b; }         \
  /* `a` where y is a number, `b` where it is NaN. */                                              \
  SP_INLINE sp_float##N sp_present_##N(sp_float##N y, sp_float##N a, sp_float##N b) {              \
    return y == y ? a : b;                                                                         \
  }                                                                                                \
  /* `b` where a is above 0, else `c`. */                                                          \
  SP_INLINE sp_float##N sp_positive_##N(sp_float##N a, sp_float##N b, sp_float##N c) {             \
    return a > 0 ? b : c;                                                                          \
  }                                                                                                \
  /* `c` where a equals b, else `d`. */                                                            \
  SP_INLINE sp_float##N sp_equal_##N(sp_float##N a, sp_float##N b, sp_float##N c, sp_float##N d) { \
    return a == b ? c : d;                                                                         \
  }                                                                                                \
  /* n of v = 2^n m, where √½ <= m < √2, for a positive normal v. */                               \
  SP_INLINE sp_float##N sp_exponent_##N(sp_float##N v) {                                           \
    return __builtin_convertvector(((sp_int##N)v - 0x3F3504F3) >> 23, sp_float##N);                \
  }                                                                                                \
  /* m of the same. */                                                                             \
  SP_INLINE sp_float##N sp_mantissa_##N(sp_float##N v) {                                           \
    const sp_int##N bits = (sp_int##N)v;                                                           \
    return (sp_float##N)(bits - (((bits - 0x3F3504F3) >> 23) << 23));                              \
  }                                                                                                \
  /* y where a path has more than t samples, else NaN. */                                          \
  SP_INLINE sp_float##N sp_within_##N(sp_float##N y, const uint32_t *lengths, uint32_t t) {        \
    sp_uint##N length;                                                                             \
    __builtin_memcpy_inline(&length, lengths, sizeof length);                                      \
    return length > t ? y : __builtin_nanf("");                                                    \
  }                                                                                                \
  /* NaN where a bit of the mask is set, else 0. */                                                \
  SP_INLINE sp_float##N sp_mask_##N(const uint16_t *masks, int bit) {                              \
    sp_short##N mask;                                                                              \
    __builtin_memcpy_inline(&mask, masks, sizeof mask);                                            \
    const sp_int##N set = (__builtin_convertvector(mask, sp_int##N) >> bit & 1) != 0;              \
    return (sp_float##N)(set & 0x7FC00000);                                                        \
  }                                                                                                \
  /* Adds a NaN to the sum where a value is not finite, else a zero. */                            \
  SP_INLINE sp_float##N sp_check_finite_##N(sp_float##N sum, sp_float##N value) {                  \
    return sum + (value - value);                                                                  \
  }                                                                                                \
  /* `value` where the sum of checks is zero, else `otherwise`. */                                 \
  SP_INLINE sp_float##N sp_if_finite_##N(sp_float##N sum, sp_float##N value,                       \
                                         sp_float##N otherwise) {                                  \
    return sum == 0 ? value : otherwise;                                                           \
  }                                                                                                \
  /* Adds the bits in which two values differ. */                                                  \
  SP_INLINE sp_float##N sp_check_same_##N(sp_float##N sum, sp_float##N a, sp_float##N b) {         \
    return (sp_float##N)((sp_int##N)sum | ((sp_int##N)a ^ (sp_int##N)b));                          \
  }                                                                                                \
  SP_INLINE void sp_store_verdicts_##N(uint8_t *to, sp_float##N finite, sp_float##N same) {        \
    const sp_int##N verdict = finite == 0 ? ((sp_int##N)same != 0) & SP_VERDICT_TRAINED            \
                                          : (sp_int##N)SP_VERDICT_DIVERGED;                        \
    const sp_byte##N bytes = __builtin_convertvector(verdict, sp_byte##N);                         \
    __builtin_memcpy_inline(to, &bytes, sizeof bytes);                                             \
  }                                                                                                \
  SP_INLINE size_t sp_count_not_finite_##N(sp_float##N sum) {                                      \
    return (size_t)-__builtin_reduce_add(~(sum == 0));                                             \
  }                                                                                                \
  /* Shifts the low byte of an integer held in a float's mantissa into the exponent. */            \
  SP_INLINE sp_float##N sp_to_exponent_##N(sp_float##N v) {                                        \
    return (sp_float##N)((sp_int##N)v << 23);                                                      \
  }

SP_LANES(4)
SP_LANES(8)
SP_LANES(16)
#undef SP_LANES

/// a·b + c, rounded once.
#if SP_HAS_FMA
#define SP_FMA(N)                                                                                  \
  SP_INLINE sp_float##N sp_fma_##N(sp_float##N a, sp_float##N b, sp_float##N c) {                  \
    return __builtin_elementwise_fma(a, b, c);                                                     \
  }

SP_FMA(4)
#else
// Out of line: written out everywhere, these instructions would be most of the library. By halves,
// not in a loop over lanes: one that is not unrolled takes them through memory.
static __attribute__((noinline, unused)) sp_float4 sp_fma_4_to_odd(sp_float4 a, sp_float4 b,
                                                                   sp_float4 c) {
  sp_float4 result;
  result.lo = sp_fma_by_double(a.lo, b.lo, c.lo);
  result.hi = sp_fma_by_double(a.hi, b.hi, c.hi);
  return result;
}

static __attribute__((noinline, unused)) sp_float4 sp_fma_4(sp_float4 a, sp_float4 b, sp_float4 c) {
  const sp_double2 lo = sp_sum_by_double(a.lo, b.lo, c.lo);
  const sp_double2 hi = sp_sum_by_double(a.hi, b.hi, c.hi);
  // Rounded a second time, a sum is wrong only if the first rounding took it to the midpoint of two
  // floats: a one and 28 zeros below the float's last bit, or more of them if the float is subnormal.
  const sp_int4 low = __builtin_shufflevector((sp_int4)lo, (sp_int4)hi, 0, 2, 4, 6);
  const sp_int4 magnitude = 0x7fffffff & __builtin_shufflevector((sp_int4)lo, (sp_int4)hi, 1, 3, 5, 7);
  const sp_int4 midpoint = (low & 0x1fffffff) == 0x10000000;
  const sp_int4 subnormal = (magnitude < 0x38100000) & (magnitude != 0);  // below 2⁻¹²⁶, not 0
  if (__builtin_expect(__builtin_reduce_or(midpoint | subnormal) != 0, 0)) {
    return sp_fma_4_to_odd(a, b, c);
  }
  sp_float4 result;
  result.lo = __builtin_convertvector(lo, sp_float2);
  result.hi = __builtin_convertvector(hi, sp_float2);
  return result;
}

// More lanes than the machine's vectors have: they need to be right, not fast.
#define SP_FMA(N)                                                                                  \
  SP_INLINE sp_float##N sp_fma_##N(sp_float##N a, sp_float##N b, sp_float##N c) {                  \
    for (int i = 0; i < N; i += 2) {                                                               \
      const sp_float2 r = sp_fma_by_double((sp_float2){a[i], a[i + 1]},                            \
                                           (sp_float2){b[i], b[i + 1]},                            \
                                           (sp_float2){c[i], c[i + 1]});                           \
      a[i] = r.x;                                                                                  \
      a[i + 1] = r.y;                                                                              \
    }                                                                                              \
    return a;                                                                                      \
  }
#endif

SP_FMA(8)
SP_FMA(16)
#undef SP_FMA

// MARK: Masks: all bits of a lane are set, or none

#define SP_MASKS(N)                                                                                \
  SP_INLINE sp_float##N sp_is_less_##N(sp_float##N a, sp_float##N b) {                             \
    return (sp_float##N)(a < b);                                                                   \
  }                                                                                                \
  SP_INLINE sp_float##N sp_is_at_most_##N(sp_float##N a, sp_float##N b) {                          \
    return (sp_float##N)(a <= b);                                                                  \
  }                                                                                                \
  SP_INLINE sp_float##N sp_is_equal_##N(sp_float##N a, sp_float##N b) {                            \
    return (sp_float##N)(a == b);                                                                  \
  }                                                                                                \
  SP_INLINE sp_float##N sp_and_##N(sp_float##N a, sp_float##N b) {                                 \
    return (sp_float##N)((sp_int##N)a & (sp_int##N)b);                                             \
  }                                                                                                \
  SP_INLINE sp_float##N sp_or_##N(sp_float##N a, sp_float##N b) {                                  \
    return (sp_float##N)((sp_int##N)a | (sp_int##N)b);                                             \
  }                                                                                                \
  SP_INLINE sp_float##N sp_not_##N(sp_float##N a) { return (sp_float##N)(~(sp_int##N)a); }         \
  /* `a` where the mask is set, else `b`. */                                                       \
  SP_INLINE sp_float##N sp_choose_##N(sp_float##N mask, sp_float##N a, sp_float##N b) {            \
    return (sp_int##N)mask < 0 ? a : b;                                                            \
  }                                                                                                \
  SP_INLINE int sp_any_##N(sp_float##N mask) {                                                     \
    return __builtin_reduce_or((sp_int##N)mask) != 0;                                              \
  }                                                                                                \
  SP_INLINE sp_float##N sp_magnitude_##N(sp_float##N v) {                                          \
    return (sp_float##N)((sp_int##N)v & 0x7FFFFFFF);                                               \
  }                                                                                                \
  SP_INLINE sp_float##N sp_square_root_##N(sp_float##N v) { return __builtin_elementwise_sqrt(v); } \
  /* One small whole number a lane, as bytes. */                                                   \
  SP_INLINE void sp_store_bytes_##N(uint8_t *to, sp_float##N v) {                                  \
    const sp_byte##N bytes = __builtin_convertvector(__builtin_convertvector(v, sp_int##N),        \
                                                     sp_byte##N);                                  \
    __builtin_memcpy_inline(to, &bytes, sizeof bytes);                                             \
  }

SP_MASKS(4)
SP_MASKS(8)
SP_MASKS(16)
#undef SP_MASKS

#endif
