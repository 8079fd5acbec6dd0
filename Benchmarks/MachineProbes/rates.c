#include "MachineProbes.h"

#if defined(__x86_64__)
#define FOR_4 __attribute__((target("fma")))
#define FOR_8 __attribute__((target("avx2,fma")))
#define FOR_16 __attribute__((target("avx512f")))
#else
#define FOR_4
#define FOR_8
#define FOR_16
#endif

typedef float float4 __attribute__((ext_vector_type(4)));
typedef float float8 __attribute__((ext_vector_type(8)));
typedef float float16 __attribute__((ext_vector_type(16)));

// MARK: Clock

size_t mp_clock(size_t rounds) {
  size_t sum = 0, one = 1;
  for (size_t r = 0; r < rounds; r++) {
    _Pragma("unroll") for (int k = 0; k < MP_ADDITIONS_PER_ROUND; k++) {
#if defined(__x86_64__)
      __asm__ volatile("add %1, %0" : "+r"(sum) : "r"(one));
#elif defined(__aarch64__)
      __asm__ volatile("add %0, %0, %1" : "+r"(sum) : "r"(one));
#else
      __asm__ volatile("" : "+r"(sum));
      sum += one;
#endif
    }
  }
  return sum;
}

// MARK: Rates of independent operations

// Unknown to the compiler, so that it leaves out no operation whose result it knows.
static volatile const float half = 0.5f, one = 1.0f;

#define RATE(NAME, N, TARGET, EXPRESSION)                                                          \
  TARGET float NAME(size_t rounds) {                                                               \
    const float##N b = half, c = one;                                                              \
    float##N a[MP_OPERATIONS_PER_ROUND];                                                           \
    _Pragma("unroll") for (int k = 0; k < MP_OPERATIONS_PER_ROUND; k++) a[k] = 1.0f + (float)k;    \
    for (size_t r = 0; r < rounds; r++) {                                                          \
      _Pragma("unroll") for (int k = 0; k < MP_OPERATIONS_PER_ROUND; k++) a[k] = EXPRESSION;       \
    }                                                                                              \
    float##N sum = b * c;                                                                          \
    _Pragma("unroll") for (int k = 0; k < MP_OPERATIONS_PER_ROUND; k++) sum += a[k];               \
    return sum[0];                                                                                 \
  }

RATE(mp_fma_4, 4, FOR_4, __builtin_elementwise_fma(a[k], b, c))
RATE(mp_fma_8, 8, FOR_8, __builtin_elementwise_fma(a[k], b, c))
RATE(mp_fma_16, 16, FOR_16, __builtin_elementwise_fma(a[k], b, c))
// Multiplied by 1, so that the values never become subnormal, which would be slow.
RATE(mp_multiply_4, 4, , a[k] * c)
RATE(mp_divide_4, 4, , b / a[k])
RATE(mp_divide_8, 8, FOR_8, b / a[k])
RATE(mp_divide_16, 16, FOR_16, b / a[k])

// MARK: Bandwidth

#define BANDWIDTH(N, TARGET)                                                                       \
  TARGET float mp_read_##N(const float *memory, size_t count) {                                    \
    const float##N *const v = (const float##N *)memory;                                            \
    float##N sum[8] = {};                                                                          \
    for (size_t i = 0; i < count / N; i += 8) {                                                    \
      _Pragma("unroll") for (int k = 0; k < 8; k++) sum[k] += v[i + k];                            \
    }                                                                                              \
    _Pragma("unroll") for (int k = 1; k < 8; k++) sum[0] += sum[k];                                \
    return sum[0][0];                                                                              \
  }                                                                                                \
  TARGET void mp_update_##N(float *memory, size_t count) {                                         \
    float##N *const v = (float##N *)memory;                                                        \
    for (size_t i = 0; i < count / N; i += 8) {                                                    \
      _Pragma("unroll") for (int k = 0; k < 8; k++) v[i + k] += 1.0f;                              \
    }                                                                                              \
  }

BANDWIDTH(4, )
BANDWIDTH(8, FOR_8)
BANDWIDTH(16, FOR_16)
