// What becomes of paths over many training calls: a review after each of them, as plain data.

#ifndef SINGLE_PATH_REVIEW_H
#define SINGLE_PATH_REVIEW_H

#include <stddef.h>
#include <stdint.h>

/// Verdicts of a review, which go on from SP_UNTOUCHED, SP_TRAINED and SP_DIVERGED.
enum {
  SP_CONVERGED = 3,         ///< the cost did not fall markedly over the window
  SP_STALLED = 4,           ///< so too, but the cost is markedly above its best
  SP_NOT_FINITE_INPUT = 5,  ///< a sample that is not missing has a value that is not finite
  SP_DEAD = 6,              ///< a hidden ReLU passes no gradient at any sample
  SP_SATURATED = 7,         ///< a hidden unit's slope is below SP_SATURATED_SLOPE at every sample
  SP_TOO_FEW_SAMPLES = 8,   ///< fewer samples are not missing than a path must have
  SP_VERDICTS = 9,
};

/// The slope of a hidden unit below which it counts as saturated: σ is then within 0.001 of 0 or 1.
#define SP_SATURATED_SLOPE 0x1p-10f

/// One review. Strides count elements.
typedef struct {
  size_t count;    ///< paths
  uint8_t hidden;  ///< SP_HIDDEN_*

  /// The rows of SP_EXAMINE.
  const float *examined;
  ptrdiff_t examined_stride;

  float least_samples;  ///< that a path must have
  float tolerance;      ///< the share of a cost from which a change of it is marked,
  float floor;          ///< and if it is larger than this too
  uint32_t window;      ///< reviews

  /// Of each path, kept from review to review: the lowest cost, the cost at its last marked fall, and
  /// the reviews since then. At first: infinity, infinity, 0.
  float *best;
  float *mark;
  uint32_t *age;

  /// SP_UNTOUCHED, SP_TRAINED or SP_DIVERGED of the training before, replaced by the review's.
  uint8_t *verdicts;

  /// A path that diverged, or whose cost is above (1 + rise) times its best, goes back to its best
  /// parameters and halves its rate. Without rates (NULL) none does.
  float *rates;
  float rise;
  size_t parameter_count;
  float *parameters;
  ptrdiff_t parameter_stride;
  float *best_parameters;
  ptrdiff_t best_stride;
} sp_review_call;

#endif
