// Reading the sigmoid's table: one coefficient for each lane, by the lane's segment.

#ifndef SINGLE_PATH_LOOK_UP_H
#define SINGLE_PATH_LOOK_UP_H

#include "sp_lanes.h"
#include "sp_sigmoid_table.h"

// The table has 32 segments; the low five bits of an index count.
_Static_assert(sizeof sp_sigmoid_table_values == 4 * 32 * sizeof(float), "4 rows of 32 segments");

/// Coefficient k of the segment of t in each lane.
#define SP_LOOK_UP(N)                                                                              \
  SP_INLINE sp_float##N sp_look_up_##N(sp_float##N t, int k) {                                     \
    const sp_int##N segment = ((sp_int##N)t >> sp_sigmoid_table_shift) & 31;                       \
    sp_float##N coefficient;                                                                       \
    for (int i = 0; i < N; i++) {                                                                  \
      coefficient[i] = sp_sigmoid_table_values[32 * k + segment[i]];                               \
    }                                                                                              \
    return coefficient;                                                                            \
  }

SP_LOOK_UP(4)
SP_LOOK_UP(8)

#if defined(__AVX512F__)
/// The same from two registers, which hold a row of the table: one instruction.
SP_INLINE sp_float16 sp_look_up_16(sp_float16 t, int k) {
  const float *row = sp_sigmoid_table_values + 32 * k;
  const sp_int16 segment = (sp_int16)t >> sp_sigmoid_table_shift;
  return __builtin_ia32_vpermi2varps512(sp_load_16(row), segment, sp_load_16(row + 16));
}
#else
SP_LOOK_UP(16)
#endif
#undef SP_LOOK_UP

#endif
