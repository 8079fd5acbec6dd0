// One call of the kernel, as plain data, and the kernel's entry for each instruction set. The codes of
// shapes, costs, verdicts and rows are those of the public header.

#ifndef SINGLE_PATH_CALL_H
#define SINGLE_PATH_CALL_H

#include <stddef.h>
#include <stdint.h>

#include "single_path.h"

/// What a call does with the frames.
enum {
  SP_TRAIN = 0,    ///< one update (17) of every path for each frame
  SP_PREDICT = 1,  ///< ŷ of (6) for each frame
  SP_COST = 2,     ///< the sum over the frames of J, (7)
  SP_EXAMINE = 3,  ///< the rows SP_EXAMINED_* of every path, as it is
  SP_FIT = 4,      ///< the parameters of every path at which the sum of J is least
};

/// Bytes of scratch memory, 64-byte aligned, that a call works in. Its content means nothing between
/// calls. It holds a block of paths close at hand, in the first-level cache.
#define SP_WORKSPACE_BYTES 24576

/// The same of a fit. At depth 8 the state of one fit by vectors of 64 bytes needs more.
#ifdef __x86_64__
#define SP_FIT_WORKSPACE_BYTES 40960
#else
#define SP_FIT_WORKSPACE_BYTES SP_WORKSPACE_BYTES
#endif

/// Describes one call. Strides count elements, not bytes. Nothing is aligned or padded, and nothing
/// outside `count` paths and `frames` frames is read or written.
typedef struct {
  uint8_t operation;   ///< SP_TRAIN, SP_PREDICT, SP_COST, SP_EXAMINE or SP_FIT
  uint8_t depth;       ///< L, 1…SP_DEPTHS
  uint8_t has_biases;  ///< 0 or 1
  uint8_t sigmoid;     ///< SP_SIGMOID_POLYNOMIAL or SP_SIGMOID_TABLE
  uint8_t hidden;      ///< SP_HIDDEN_*
  uint8_t output;      ///< SP_OUTPUT_*
  uint8_t cost;        ///< SP_COST_*
  float threshold;     ///< of SP_COST_HUBER: |ŷ − y| from which the cost grows evenly, above 0

  size_t count;   ///< paths
  size_t frames;  ///< samples of each path

  /// θ⁽¹⁾…θ⁽ᴸ⁾ and, if biased, b⁽¹⁾…b⁽ᴸ⁾: plane p of path i at `[p * parameter_stride + i]`.
  float *parameters;
  ptrdiff_t parameter_stride;

  /// x of frame t and path i at `[t * input_stride + i * input_step]`; a step of 0 shares it.
  const float *inputs;
  ptrdiff_t input_stride;
  ptrdiff_t input_step;

  /// y of frame t and path i at `[t * target_stride + i]`, for training and cost. NaN is a missing
  /// sample.
  const float *targets;
  ptrdiff_t target_stride;

  /// η of path i at `[i * rate_step]`, for training; a step of 0 shares it. NULL: `rate`, of all paths.
  const float *rates;
  ptrdiff_t rate_step;
  float rate;

  /// The weight of sample t of path i at `[t * weight_stride + i * weight_step]`, or NULL: all 1. A
  /// sample whose weight is not above 0 is missing.
  const float *weights;
  ptrdiff_t weight_stride;
  ptrdiff_t weight_step;

  /// How many samples path i has at `[i]`, those of the first frames; the others are missing. Or NULL.
  const uint32_t *lengths;

  /// Frames whose gradients are summed for one update, at the last of them; 0 and 1 are (17).
  size_t batch;

  /// Where each component of a batch's gradient is held, ±limit; 0 for no limit.
  float gradient_limit;

  /// Bit p set: parameter p of path i stays as it is; at `[i * frozen_step]`. NULL: `frozen_mask`, of all
  /// paths.
  const uint16_t *frozen;
  ptrdiff_t frozen_step;
  uint16_t frozen_mask;

  /// What an update holds parameter p of path i to, at `[p * bound_stride + i * bound_step]`. Or NULL,
  /// both.
  const float *lower;
  const float *upper;
  ptrdiff_t bound_stride;
  ptrdiff_t bound_step;

  /// Prediction: ŷ of frame t and path i at `[t * output_stride + i]`. Cost: the sum of path i at
  /// `[i]`. Examination and fit: row r of path i at `[r * output_stride + i]`; for a fit also
  /// NULL.
  float *outputs;
  ptrdiff_t output_stride;
  /// Examination: whether the rows of the gradient are wanted, 0 or 1.
  uint8_t wants_gradient;

  /// Training and fit: one byte a path, or NULL.
  uint8_t *verdicts;

  /// Fit: SP_START_*; whether the rows of standard errors are wanted, 0 or 1; after how many passes a start
  /// is given up, or 0 for the default.
  uint8_t fit_start;
  uint8_t wants_errors;
  uint32_t max_passes;
} sp_call;

/// Runs a valid call and returns how many paths diverged. The argument is trusted: the faces check it.
///
/// - workspace: SP_FIT_WORKSPACE_BYTES, 64-byte aligned, the call's own.
size_t sp_kernel_baseline(const sp_call *call, void *workspace);
size_t sp_kernel_avx2(const sp_call *call, void *workspace);
size_t sp_kernel_avx512(const sp_call *call, void *workspace);

/// The type of these entries.
typedef size_t (*sp_kernel)(const sp_call *call, void *workspace);

/// Gives a call its workspace on the stack, uninitialised.
static inline size_t sp_run(sp_kernel kernel, const sp_call *call) {
  _Alignas(64) unsigned char workspace[SP_FIT_WORKSPACE_BYTES];
  return kernel(call, workspace);
}

#endif
