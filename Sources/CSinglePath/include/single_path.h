// SinglePath for C11, C++17 and every language that calls C: many small neural paths, one unit a
// layer, trained by backpropagation.
//
// A path of depth L computes, from its input x = a(1),
//
//     z(l+1) = w(l) a(l) [+ b(l)],   a(l+1) = 1 / (1 + exp(-z(l+1))),   for l = 1 ... L - 1,
//     y^ = w(L) a(L) [+ b(L)],
//
// and is trained, one sample after another, to lower J = (y^ - y)^2 / 2 by gradient descent. The
// results have the same bits on every machine, instruction set and host.
//
// Memory: the caller owns all of it. No call allocates, keeps a pointer, or has global state; each
// works in less than 28 KB of the stack.
// Strides and counts: in elements, never bytes; signed, so that a negative one is refused.
// Order: paths lie side by side (index fastest), rows and planes `stride` apart.
// Alignment: that of the element (4 bytes for float); nothing is padded, and nothing outside the
// elements described is read or written.
// NULL: where there are elements to read or write it is refused, unless an argument says otherwise.
// Aliasing: what a call writes must not overlap anything else that it reads or writes, counted from
// the first to the last element of each array. Arrays that are only read may overlap.
// Threads: calls may run at the same time, on any threads, if neither writes what the other touches;
// several may train different ranges of the paths of one bank. No call takes a lock.
// Errors: a call checks all its arguments first. It returns SP_OK, or what is wrong, having written
// nothing. It never prints, aborts or raises a signal; a pointer to memory that is not there cannot be
// recognised, of course.
// Floating point: the arithmetic is IEEE single precision, rounded to nearest, whatever state the
// caller's thread is in; that state is the same after the call.

#ifndef SINGLE_PATH_H
#define SINGLE_PATH_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#define SP_NOTHROW noexcept
#else
#define SP_NOTHROW
#endif

// MARK: The library

/// The version of this header: 10000 major + 100 minor + patch.
#define SP_VERSION 10000

/// The version of the library, to be compared with the header's.
int32_t sp_version(void) SP_NOTHROW;

/// The machine code that runs on this machine, in words; a constant string.
const char *sp_build_description(void) SP_NOTHROW;

/// What a call returns. Values never change their meaning.
typedef int32_t sp_status;
enum {
  SP_OK = 0,                ///< done
  SP_ERROR_SHAPE = 1,       ///< depth is not 1 ... 8, has_biases not 0 or 1, or sigmoid no form
  SP_ERROR_SIZE = 2,        ///< a count of paths or frames is negative
  SP_ERROR_STRIDE = 3,      ///< a stride is too small, or a step is not 0 or 1
  SP_ERROR_NULL = 4,        ///< a pointer is NULL where there are elements
  SP_ERROR_MISALIGNED = 5,  ///< a pointer does not have its element's alignment
  SP_ERROR_OVERFLOW = 6,    ///< an array would reach beyond the address space
  SP_ERROR_OVERLAP = 7,     ///< memory that is written overlaps other memory of the call
  SP_ERROR_RATE = 8,        ///< a learning rate is not finite and above 0
  SP_ERROR_RANGE = 9        ///< bounds are not finite and in order, or too far apart
};

/// A status in words, one line without a newline; a constant string, whatever the number.
const char *sp_status_string(sp_status status) SP_NOTHROW;

// MARK: Shapes and parameters

/// How the sigmoid is computed: two arithmetics, each with bits of its own.
enum {
  SP_SIGMOID_POLYNOMIAL = 0,  ///< by an exponential and a division; the error is at most 8.96e-8
  SP_SIGMOID_TABLE = 1        ///< by a table of segments; at most 9.54e-7; faster with AVX-512 only
};

/// What every path of a call looks like.
typedef struct {
  int32_t depth;       ///< L, the number of weights, 1 ... 8
  int32_t has_biases;  ///< 1 if each weight has a bias beside it, else 0
  int32_t sigmoid;     ///< SP_SIGMOID_POLYNOMIAL or SP_SIGMOID_TABLE
} sp_shape;

/// Parameters of one path: L, or 2 L with biases; 0 if there is no such shape.
ptrdiff_t sp_parameter_count(sp_shape shape) SP_NOTHROW;

/// Draws every parameter uniformly from lower ... upper; a path's numbers depend on the seed and its
/// index alone.
///
/// - count: paths, 0 or more.
/// - parameters: written; float[sp_parameter_count][count], plane p of path i at
///   [p * parameter_stride + i]. Planes 0 ... L - 1 are w(1) ... w(L), the next L, if there are biases,
///   b(1) ... b(L). NULL if count is 0.
/// - parameter_stride: from plane to plane, count or more.
/// - lower, upper: finite, lower <= upper, upper - lower finite.
sp_status sp_initialise(sp_shape shape, ptrdiff_t count, float *parameters,
                        ptrdiff_t parameter_stride, uint64_t seed, float lower,
                        float upper) SP_NOTHROW;

// MARK: Training

/// What became of a path in sp_train: a byte of `verdicts`.
enum {
  SP_VERDICT_UNTOUCHED = 0,  ///< its parameters have the bits that they had before the call
  SP_VERDICT_TRAINED = 1,    ///< its parameters changed and are finite
  SP_VERDICT_DIVERGED = 2    ///< an update was not finite: it keeps those from before the call
};

/// Trains every path on each frame, in order: one step of gradient descent for each sample. Time and
/// instructions do not depend on the values.
///
/// - count: paths, 0 or more.
/// - frames: samples of each path, 0 or more.
/// - parameters, parameter_stride: read and written; as in sp_initialise.
/// - inputs: read; x of frame t and path i at [t * input_stride + i * input_step]. NULL if there are no
///   frames or no paths.
/// - input_stride: from frame to frame, 0 or more.
/// - input_step: 1, or 0 if all paths share one x a frame.
/// - targets: read; float[frames][count], y of frame t and path i at [t * target_stride + i]. NaN is a
///   missing sample: the path keeps its bits in that frame, whatever x is. NULL as for inputs.
/// - target_stride: from frame to frame, 0 or more.
/// - rates: read; the learning rate of path i at [i * rate_step], each finite and above 0. NULL if count
///   is 0.
/// - rate_step: 1, or 0 if all paths share one rate.
/// - verdicts: written; uint8_t[count], or NULL.
/// - diverged: written; the number of paths that diverged, or NULL.
sp_status sp_train(sp_shape shape, ptrdiff_t count, ptrdiff_t frames, float *parameters,
                   ptrdiff_t parameter_stride, const float *inputs, ptrdiff_t input_stride,
                   ptrdiff_t input_step, const float *targets, ptrdiff_t target_stride,
                   const float *rates, ptrdiff_t rate_step, uint8_t *verdicts,
                   ptrdiff_t *diverged) SP_NOTHROW;

// MARK: Prediction and cost

/// Predicts y^ of every path for each frame.
///
/// - count, frames, inputs, input_stride, input_step: as in sp_train.
/// - parameters, parameter_stride: read; as in sp_initialise.
/// - outputs: written; float[frames][count], y^ of frame t and path i at [t * output_stride + i]. NaN,
///   always the same one, where x or the parameters make it one. NULL as for inputs.
/// - output_stride: from frame to frame, count or more.
sp_status sp_predict(sp_shape shape, ptrdiff_t count, ptrdiff_t frames, const float *parameters,
                     ptrdiff_t parameter_stride, const float *inputs, ptrdiff_t input_stride,
                     ptrdiff_t input_step, float *outputs, ptrdiff_t output_stride) SP_NOTHROW;

/// Sums J = (y^ - y)^2 / 2 over the frames, in their order and in single precision, for every path.
///
/// - count, frames, inputs, input_stride, input_step, targets, target_stride: as in sp_train; a missing
///   sample adds nothing.
/// - parameters, parameter_stride: read; as in sp_initialise.
/// - costs: written; float[count], the sum of path i at [i]. NaN where x or the parameters make it one.
///   NULL if count is 0.
sp_status sp_cost(sp_shape shape, ptrdiff_t count, ptrdiff_t frames, const float *parameters,
                  ptrdiff_t parameter_stride, const float *inputs, ptrdiff_t input_stride,
                  ptrdiff_t input_step, const float *targets, ptrdiff_t target_stride,
                  float *costs) SP_NOTHROW;

#ifdef __cplusplus
}
#endif

#endif
