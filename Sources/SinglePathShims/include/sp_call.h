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
};

/// What became of a path in a training call.
enum {
  SP_UNTOUCHED = 0,  ///< its parameters have the bits that they had before the call
  SP_TRAINED = 1,    ///< its parameters changed and are finite
  SP_DIVERGED = 2,   ///< an update was not finite: its parameters are those from before the call
};

/// How a call computes the sigmoid.
enum {
  SP_SIGMOID_POLYNOMIAL = 0,  ///< by an exponential and a division: the more accurate
  SP_SIGMOID_TABLE = 1,       ///< by a table of segments: the shorter
};

/// Bytes of scratch memory, 64-byte aligned, that a call works in. Its content means nothing between
/// calls. It holds a block of paths close at hand, in the first-level cache.
#define SP_WORKSPACE_BYTES 20480

/// Describes one call. Strides count elements, not bytes. Nothing is aligned or padded, and nothing
/// outside `count` paths and `frames` frames is read or written.
typedef struct {
  uint8_t operation;   ///< SP_TRAIN, SP_PREDICT or SP_COST
  uint8_t depth;       ///< L, 1…8
  uint8_t has_biases;  ///< 0 or 1
  uint8_t sigmoid;     ///< SP_SIGMOID_POLYNOMIAL or SP_SIGMOID_TABLE

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

  /// Prediction: ŷ of frame t and path i at `[t * output_stride + i]`. Cost: the sum of path i at
  /// `[i]`.
  float *outputs;
  ptrdiff_t output_stride;

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
