// The sizes and offsets of the structs that hosts fill. They never change, so that code which was built with
// an older header runs with a later library: a change does not compile. Prints a table of them, to which
// hosts in other languages hold their own declarations:
//
//   sp_shape 48         its size in bytes
//   sp_shape.depth 0    where a field begins
#include <stdio.h>

#include "single_path.h"

// Each is given what it is where pointers have 64 bits.
#define LAYOUT(STRUCT, FIELD)           \
  STRUCT(sp_shape, 48)                  \
  FIELD(sp_shape, depth, 0)             \
  FIELD(sp_shape, has_biases, 4)        \
  FIELD(sp_shape, sigmoid, 8)           \
  FIELD(sp_shape, hidden, 12)           \
  FIELD(sp_shape, output, 16)           \
  FIELD(sp_shape, cost, 20)             \
  FIELD(sp_shape, threshold, 24)        \
  FIELD(sp_shape, reserved, 28)         \
  STRUCT(sp_options, 128)               \
  FIELD(sp_options, weights, 0)         \
  FIELD(sp_options, weight_stride, 8)   \
  FIELD(sp_options, weight_step, 16)    \
  FIELD(sp_options, lengths, 24)        \
  FIELD(sp_options, batch, 32)          \
  FIELD(sp_options, gradient_limit, 40) \
  FIELD(sp_options, frozen, 48)         \
  FIELD(sp_options, frozen_step, 56)    \
  FIELD(sp_options, lower, 64)          \
  FIELD(sp_options, upper, 72)          \
  FIELD(sp_options, bound_stride, 80)   \
  FIELD(sp_options, bound_step, 88)     \
  FIELD(sp_options, reserved, 96)       \
  STRUCT(sp_fitting, 32)                \
  FIELD(sp_fitting, start, 0)           \
  FIELD(sp_fitting, standard_errors, 4) \
  FIELD(sp_fitting, max_passes, 8)      \
  FIELD(sp_fitting, reserved, 12)       \
  STRUCT(sp_rules, 40)                  \
  FIELD(sp_rules, relative_tolerance, 0) \
  FIELD(sp_rules, absolute_tolerance, 4) \
  FIELD(sp_rules, patience, 8)          \
  FIELD(sp_rules, minimum_samples, 12)  \
  FIELD(sp_rules, retreat_threshold, 16) \
  FIELD(sp_rules, reserved, 20)

#if UINTPTR_MAX == UINT64_MAX
#define ASSERT_SIZE(type, bytes) _Static_assert(sizeof(type) == bytes, #type " has another size");
#define ASSERT_OFFSET(type, field, bytes) \
  _Static_assert(offsetof(type, field) == bytes, #type "." #field " lies elsewhere");
LAYOUT(ASSERT_SIZE, ASSERT_OFFSET)
#endif

int main(void) {
#define PRINT_SIZE(type, bytes) printf("%s %lu\n", #type, (unsigned long)sizeof(type));
#define PRINT_OFFSET(type, field, bytes) \
  printf("%s.%s %lu\n", #type, #field, (unsigned long)offsetof(type, field));
  LAYOUT(PRINT_SIZE, PRINT_OFFSET)
  return 0;
}
