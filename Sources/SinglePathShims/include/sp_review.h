// What becomes of paths over many training calls: a review after each of them, as plain data.

#ifndef SINGLE_PATH_REVIEW_H
#define SINGLE_PATH_REVIEW_H

#include <stddef.h>
#include <stdint.h>

#include "single_path.h"

/// The slope of a hidden unit below which it counts as saturated: σ is then within 0.001 of 0 or 1.
#define SP_SATURATED_SLOPE 0x1p-10f

/// One review. Strides count elements.
typedef struct {
  size_t count;    ///< paths
  uint8_t hidden;  ///< SP_HIDDEN_*

  /// The rows of SP_EXAMINE.
  const float *examined;
  ptrdiff_t examined_stride;

  sp_rules rules;

  /// Of each path, kept from review to review: the lowest cost, the cost at the last improvement that
  /// counted, and the reviews since then. At first: infinity, infinity, 0.
  float *best_costs;
  float *reference_costs;
  uint32_t *ages;

  /// SP_UNTOUCHED, SP_TRAINED or SP_DIVERGED of the training before, replaced by the review's.
  uint8_t *verdicts;

  /// A path that diverged, or whose cost is above (1 + retreat_threshold) times its best, goes back to its
  /// best parameters and halves its rate. Without rates (NULL) none does.
  float *rates;
  size_t parameter_count;
  float *parameters;
  ptrdiff_t parameter_stride;
  float *best_parameters;
  ptrdiff_t best_stride;
} sp_review_call;

#endif
