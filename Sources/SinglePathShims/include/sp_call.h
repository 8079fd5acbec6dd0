// One call of the kernel, as plain data, and the kernel's entry for each instruction set.

#ifndef SINGLE_PATH_CALL_H
#define SINGLE_PATH_CALL_H

#include <stddef.h>
#include <stdint.h>

/// What a call does with the frames.
enum {
  SP_TRAIN = 0,    ///< one update (17) of every path for each frame
  SP_PREDICT = 1,  ///< ŷ of (6) for each frame
  SP_COST = 2,     ///< the sum over the frames of J, (7)
  SP_EXAMINE = 3,  ///< what the samples say of every path, as it is: rows of SP_EXAMINED_*
};

/// What became of a path in a training call.
enum {
  SP_UNTOUCHED = 0,  ///< its parameters have the bits that they had before the call
  SP_TRAINED = 1,    ///< its parameters changed and are finite
  SP_DIVERGED = 2,   ///< an update was not finite: its parameters are those from before the call
};

/// Rows of `outputs` when a path is examined; the mean of |∂J/∂p| follows, a row for each parameter.
enum {
  SP_EXAMINED_COST = 0,     ///< the sum of J over the samples
  SP_EXAMINED_SAMPLES = 1,  ///< samples that are not missing
  SP_EXAMINED_SLOPE = 2,    ///< the smallest slope of a path's hidden units, at the sample where it is
                            ///< largest; 1 if there are none
  SP_EXAMINED_INPUT = 3,    ///< 0, or NaN if a sample that is not missing has a value that is not finite
  SP_EXAMINED_ROWS = 4,
};

/// The activation of hidden units, (6).
enum {
  SP_HIDDEN_SIGMOID = 0,
  SP_HIDDEN_TANH = 1,
  SP_HIDDEN_RELU = 2,
  SP_HIDDEN_LEAKY_RELU = 3,
  SP_HIDDEN_SOFTPLUS = 4,
  SP_HIDDEN_IDENTITY = 5,
};

/// The activation of the output, g of (6).
enum {
  SP_OUTPUT_IDENTITY = 0,
  SP_OUTPUT_SIGMOID = 1,  ///< also softmax of two classes over (z, 0)
  SP_OUTPUT_TANH = 2,
  SP_OUTPUT_SOFTPLUS = 3,
};

/// The cost of a sample.
enum {
  SP_COST_SQUARED_ERROR = 0,  ///< (7)
  SP_COST_CROSS_ENTROPY = 1,
  SP_COST_HUBER = 2,
};

/// How a call computes the sigmoid.
enum {
  SP_SIGMOID_POLYNOMIAL = 0,  ///< by an exponential and a division: the more accurate
  SP_SIGMOID_TABLE = 1,       ///< by a table of segments: the shorter
};

/// Bytes of scratch memory, 64-byte aligned, that a call works in. Its content means nothing between
/// calls. It holds a block of paths close at hand, in the first-level cache.
#define SP_WORKSPACE_BYTES 24576

/// Describes one call. Strides count elements, not bytes. Nothing is aligned or padded, and nothing
/// outside `count` paths and `frames` frames is read or written.
typedef struct {
  uint8_t operation;   ///< SP_TRAIN, SP_PREDICT, SP_COST or SP_EXAMINE
  uint8_t depth;       ///< L, 1…8
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

  /// η of path i at `[i * rate_step]`, for training; a step of 0 shares it.
  const float *rates;
  ptrdiff_t rate_step;

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

  /// Bit p set: parameter p of path i stays as it is; at `[i * frozen_step]`. Or NULL.
  const uint16_t *frozen;
  ptrdiff_t frozen_step;

  /// What an update holds parameter p of path i to, at `[p * bound_stride + i * bound_step]`. Or NULL,
  /// both.
  const float *lower;
  const float *upper;
  ptrdiff_t bound_stride;
  ptrdiff_t bound_step;

  /// Prediction: ŷ of frame t and path i at `[t * output_stride + i]`. Cost: the sum of path i at
  /// `[i]`. Examination: row r of path i at `[r * output_stride + i]`.
  float *outputs;
  ptrdiff_t output_stride;
  /// Examination: whether the rows of the gradient are wanted, 0 or 1.
  uint8_t wants_gradient;

  /// Training: one byte a path, or NULL.
  uint8_t *verdicts;
} sp_call;

/// Runs a valid call and returns how many paths diverged. The argument is trusted: the faces check it.
///
/// - workspace: SP_WORKSPACE_BYTES, 64-byte aligned, the call's own.
size_t sp_kernel_baseline(const sp_call *call, void *workspace);
size_t sp_kernel_avx2(const sp_call *call, void *workspace);
size_t sp_kernel_avx512(const sp_call *call, void *workspace);

/// The type of these entries.
typedef size_t (*sp_kernel)(const sp_call *call, void *workspace);

/// Gives a call its workspace on the stack, uninitialised.
static inline size_t sp_run(sp_kernel kernel, const sp_call *call) {
  _Alignas(64) unsigned char workspace[SP_WORKSPACE_BYTES];
  return kernel(call, workspace);
}

#endif
