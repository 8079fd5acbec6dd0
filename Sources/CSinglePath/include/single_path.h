// SinglePath for C11, C++17 and every language that calls C: many small neural paths, one unit a
// layer, trained by backpropagation.
//
// A path of depth L computes, from its input x = a(1),
//
//     z(l+1) = w(l) a(l) [+ b(l)],   a(l+1) = 1 / (1 + exp(-z(l+1))),   for l = 1 ... L - 1,
//     y^ = w(L) a(L) [+ b(L)],
//
// and is trained, one sample after another, to lower J = (y^ - y)^2 / 2 by gradient descent. Other
// activations, outputs and costs are a choice of the shape. The results have the same bits on every
// machine, instruction set and host.
//
// Memory: the caller owns all of it. No call allocates or keeps a pointer. The library's only writable
// memory is one byte, on x86-64, which remembers what the processor can do: the first call asks, any thread
// may be that call, and all of them find the same. Each call works in less than SP_STACK_BYTES of the stack.
// Strides and counts: in elements, never bytes; signed, so that a negative one is refused.
// Order: paths lie side by side (index fastest), rows and planes `stride` apart.
// Alignment: that of the element (4 bytes for float); nothing is padded, and nothing outside the
// elements described is read or written.
// Growth: the structs that a host fills never change their size. Their last fields are reserved and must be
// 0; a field to come takes a reserved one's place, and its 0 means what there was before. Fill them with
// zeros first ({0}, {.depth = 3}, memset), and code built with this header runs with later libraries; one
// built with a later header, whose new fields this library does not know, is refused by it.
// NULL: where there are elements to read or write it is refused, unless an argument says otherwise.
// Aliasing: what a call writes must not overlap anything else that it reads or writes, structs included,
// counted from the first to the last element of each array. What is only read may overlap.
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

/// What a call takes of the stack, at most: a thread with that much left can make any call. It is at least
/// 1 KiB more than was ever seen, with each instruction set of x86-64, on arm64 and on a Cortex-M7. Fits by
/// AVX-512 need more than those of other instruction sets.
#if defined(__x86_64__) || defined(_M_X64)
#define SP_STACK_BYTES 57344
#else
#define SP_STACK_BYTES 36864
#endif

/// The version of the library, to be compared with the header's.
int32_t sp_version(void) SP_NOTHROW;

/// The machine code that runs on this machine, in words; a constant string.
const char *sp_build_description(void) SP_NOTHROW;

/// What a call returns. Values never change their meaning.
typedef int32_t sp_status;
enum {
  SP_OK = 0,                ///< done
  SP_ERROR_SHAPE = 1,       ///< depth is not 1 ... SP_DEPTHS, or a choice of the shape does not exist
  SP_ERROR_SIZE = 2,        ///< a count of paths or frames is negative
  SP_ERROR_STRIDE = 3,      ///< a stride is too small, or a step is not 0 or 1
  SP_ERROR_NULL = 4,        ///< a pointer is NULL where there are elements
  SP_ERROR_MISALIGNED = 5,  ///< a pointer does not have its element's alignment
  SP_ERROR_OVERFLOW = 6,    ///< an array would reach beyond the address space
  SP_ERROR_OVERLAP = 7,     ///< memory that is written overlaps other memory of the call
  SP_ERROR_RATE = 8,        ///< a learning rate is not finite and above 0
  SP_ERROR_RANGE = 9,       ///< bounds are not finite and in order, or too far apart
  SP_ERROR_SETTING = 10     ///< a threshold, a limit, a flag or a rule is out of its range, or a reserved
                            ///< field is not 0
};

/// A status in words, one line without a newline; a constant string, whatever the number.
const char *sp_status_string(sp_status status) SP_NOTHROW;

// MARK: Shapes and parameters

/// How the sigmoid is computed: two arithmetics, each with bits of its own.
enum {
  SP_SIGMOID_POLYNOMIAL = 0,  ///< by an exponential and a division; the error is at most 8.96e-8
  SP_SIGMOID_TABLE = 1,       ///< by a table of segments; at most 9.54e-7; faster with AVX-512 only
  SP_SIGMOID_COUNT = 2        ///< how many ways there are
};

/// The activation of hidden units.
enum {
  SP_HIDDEN_SIGMOID = 0,     ///< 1 / (1 + exp(-z))
  SP_HIDDEN_TANH = 1,        ///< tanh z
  SP_HIDDEN_RELU = 2,        ///< z above 0, else 0; its slope at 0 is 0
  SP_HIDDEN_LEAKY_RELU = 3,  ///< z above 0, else 0.01 z; its slope at 0 is 0.01
  SP_HIDDEN_SOFTPLUS = 4,    ///< ln(1 + exp z)
  SP_HIDDEN_IDENTITY = 5,    ///< z
  SP_HIDDEN_COUNT = 6        ///< how many activations there are
};

/// The activation of the output.
enum {
  SP_OUTPUT_IDENTITY = 0,
  SP_OUTPUT_SIGMOID = 1,  ///< also the softmax of two classes over (z, 0)
  SP_OUTPUT_TANH = 2,
  SP_OUTPUT_SOFTPLUS = 3,
  SP_OUTPUT_COUNT = 4     ///< how many activations there are
};

/// The cost J of one sample; any goes with any output.
enum {
  SP_COST_SQUARED_ERROR = 0,  ///< (y^ - y)^2 / 2
  SP_COST_CROSS_ENTROPY = 1,  ///< -y ln y^ - (1 - y) ln(1 - y^), y in 0 ... 1. Of an output other than
                              ///< the sigmoid it goes on as its tangent from 2^-10 and 1 - 2^-10 on.
  SP_COST_HUBER = 2,          ///< as the squared error up to |y^ - y| = threshold, then evenly
  SP_COST_COUNT = 3           ///< how many costs there are
};

/// The largest depth.
#define SP_DEPTHS 8

/// What every path of a call looks like. With zeros after has_biases it is as at the top of this file.
typedef struct {
  int32_t depth;       ///< L, the number of weights, 1 ... SP_DEPTHS
  int32_t has_biases;  ///< 1 if each weight has a bias beside it, else 0
  int32_t sigmoid;     ///< SP_SIGMOID_POLYNOMIAL or SP_SIGMOID_TABLE
  int32_t hidden;      ///< SP_HIDDEN_*
  int32_t output;      ///< SP_OUTPUT_*
  int32_t cost;        ///< SP_COST_*
  float threshold;     ///< of SP_COST_HUBER, finite and above 0; else it means nothing
  int32_t reserved[5];  ///< 0
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

/// What became of a path: a byte of `verdicts`. sp_train gives the first three, sp_review
/// those up to SP_VERDICT_TOO_FEW_SAMPLES, sp_fit those from SP_VERDICT_DIVERGED on.
enum {
  SP_VERDICT_UNTOUCHED = 0,  ///< its parameters have the bits that they had before the call
  SP_VERDICT_TRAINED = 1,    ///< its parameters changed and are finite
  SP_VERDICT_DIVERGED = 2,   ///< an update was not finite: it keeps those from before the call
  SP_VERDICT_CONVERGED = 3,  ///< its cost did not fall by more than the tolerances for `patience` reviews
  SP_VERDICT_STALLED = 4,    ///< so too, but its cost is markedly above its best
  SP_VERDICT_NOT_FINITE_INPUT = 5,  ///< a value of a sample that is not missing is not finite
  SP_VERDICT_DEAD = 6,              ///< a hidden ReLU passes no gradient at any sample
  SP_VERDICT_SATURATED = 7,         ///< a hidden unit's slope is below 2^-10 at every sample
  SP_VERDICT_TOO_FEW_SAMPLES = 8,   ///< it has fewer samples than it must have
  SP_VERDICT_LIMIT = 9,             ///< its fit was given up after the last pass that it was allowed
  SP_VERDICT_UNDETERMINED = 10,     ///< its samples do not determine the parameters of its fit
  SP_VERDICT_FLAT = 11,             ///< its targets do not vary
  SP_VERDICT_COUNT = 12             ///< how many verdicts there are
};

/// Kinds of samples and of updates. Zeros and NULLs are none of them, as is NULL for the whole. All arrays
/// are read; none may overlap what the call writes.
typedef struct {
  /// The weight of sample t of path i at [t * weight_stride + i * weight_step], by which J and its gradient
  /// are multiplied. A sample whose weight is not above 0 is missing. NULL: all 1.
  const float *weights;
  ptrdiff_t weight_stride;  ///< from frame to frame, 0 or more
  ptrdiff_t weight_step;    ///< 1, or 0 if all paths share one weight a frame

  /// uint32_t[count]: how many samples each path has, those of the first frames; the others are missing.
  /// NULL: all frames.
  const uint32_t *lengths;

  /// Frames whose gradients are summed for one update with the parameters from before the first of them; 0
  /// and 1 are an update for each sample. A call's last batch may be shorter.
  size_t batch;
  /// Where each component of a batch's gradient is held, within +- this; 0 for no limit.
  float gradient_limit;

  /// Bit p set: parameter p of path i, in the order of the planes, stays as it is to the bit; at
  /// [i * frozen_step]. NULL: none does.
  const uint16_t *frozen;
  ptrdiff_t frozen_step;  ///< 1, or 0 if all paths share one mask

  /// What an update holds parameter p of path i to: at [p * bound_stride + i * bound_step]. A parameter
  /// that does not move keeps its bits; NaN is no bound; where they cross the upper one holds. NULL, both:
  /// no bounds.
  const float *lower;
  const float *upper;
  ptrdiff_t bound_stride;  ///< from parameter to parameter: count or more, or 1 or more if shared
  ptrdiff_t bound_step;    ///< 1, or 0 if all paths share them

  uint64_t reserved[4];  ///< 0
} sp_options;

/// Trains every path on each frame, in order: one step of gradient descent for each sample, or for each
/// batch. Time and instructions do not depend on the values.
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
/// - options: read; or NULL.
sp_status sp_train(sp_shape shape, ptrdiff_t count, ptrdiff_t frames, float *parameters,
                   ptrdiff_t parameter_stride, const float *inputs, ptrdiff_t input_stride,
                   ptrdiff_t input_step, const float *targets, ptrdiff_t target_stride,
                   const float *rates, ptrdiff_t rate_step, uint8_t *verdicts,
                   ptrdiff_t *diverged, const sp_options *options) SP_NOTHROW;

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

/// Sums J, weighted, over the frames, in their order and in single precision, for every path.
///
/// - count, frames, inputs, input_stride, input_step, targets, target_stride: as in sp_train; a missing
///   sample adds nothing.
/// - parameters, parameter_stride: read; as in sp_initialise.
/// - costs: written; float[count], the sum of path i at [i]. NaN where x or the parameters make it one.
///   NULL if count is 0.
/// - options: read; weights and lengths alone matter; or NULL.
sp_status sp_cost(sp_shape shape, ptrdiff_t count, ptrdiff_t frames, const float *parameters,
                  ptrdiff_t parameter_stride, const float *inputs, ptrdiff_t input_stride,
                  ptrdiff_t input_step, const float *targets, ptrdiff_t target_stride,
                  float *costs, const sp_options *options) SP_NOTHROW;

// MARK: Least squares

/// Where a fit begins.
enum {
  SP_START_DRAWN = 0,  ///< at parameters drawn from the samples
  SP_START_GIVEN = 1   ///< at the call's parameters
};

/// Rows of sp_fit.
enum {
  SP_FITTED_COST = 0,     ///< the weighted sum of J over the samples, with the parameters as returned
  SP_FITTED_TOTAL = 1,    ///< the weighted sum of squares of y about its weighted mean
  SP_FITTED_SAMPLES = 2,  ///< how many samples are not missing; exact up to 2^24
  SP_FITTED_PASSES = 3,   ///< how many passes over the samples the fit took
  SP_FITTED_ROWS = 4      ///< how many rows there are; a standard error for each parameter follows if it is
                          ///< wanted, NaN where it is frozen or the samples do not determine it
};

/// The passes over the samples after which sp_fit gives a start up, unless it is told another number.
#define SP_DEFAULT_PASSES 100

/// How sp_fit goes about it. Zeros are the defaults.
typedef struct {
  int32_t start;            ///< SP_START_DRAWN or SP_START_GIVEN
  int32_t standard_errors;  ///< 1 if the rows of standard errors are wanted, else 0
  uint32_t max_passes;      ///< after which a start is given up; 0 for SP_DEFAULT_PASSES
  uint32_t reserved[5];     ///< zeros
} sp_fitting;

/// Fits every path to its own samples by least squares: finds the parameters at which the weighted sum of
/// J is least.
///
/// - count, frames, inputs, input_stride, input_step, targets, target_stride: as in sp_train.
/// - parameters, parameter_stride: written, and with SP_START_GIVEN or where they are frozen read; as in
///   sp_initialise. A path with too few samples, or with values that are not finite, keeps its own. Of depth 2
///   with biases, hidden sigmoids, a linear output and the squared error, if nothing is frozen, the weight of
///   the hidden unit comes out positive.
/// - verdicts: written; uint8_t[count], or NULL.
/// - rows: written; float[SP_FITTED_ROWS][count], or sp_parameter_count more rows with standard errors; row
///   r of path i at [r * row_stride + i]; or NULL.
/// - row_stride: from row to row, count or more.
/// - fitting: read; or NULL.
/// - options: read; weights, lengths and frozen parameters alone may be set; or NULL.
sp_status sp_fit(sp_shape shape, ptrdiff_t count, ptrdiff_t frames, float *parameters,
                 ptrdiff_t parameter_stride, const float *inputs, ptrdiff_t input_stride,
                 ptrdiff_t input_step, const float *targets, ptrdiff_t target_stride,
                 uint8_t *verdicts, float *rows, ptrdiff_t row_stride, const sp_fitting *fitting,
                 const sp_options *options) SP_NOTHROW;

// MARK: Examination and review

/// Rows of sp_examine.
enum {
  SP_EXAMINED_COST = 0,     ///< the weighted sum of J over the samples
  SP_EXAMINED_SAMPLES = 1,  ///< how many samples are not missing; exact up to 2^24
  SP_EXAMINED_SLOPE = 2,    ///< max over the samples of (min over the hidden units of f'): how well the
                            ///< gradient passes at the best sample; 1 if there are no hidden units
  SP_EXAMINED_INPUT = 3,    ///< 0, or NaN if a value of a sample that is not missing is not finite
  SP_EXAMINED_ROWS = 4      ///< how many rows there are; the mean of |dJ/dp| follows if it is wanted, a row
                            ///< for each parameter, NaN if there are no samples
};

/// Examines every path with the samples, without training it.
///
/// - count, frames, inputs, input_stride, input_step, targets, target_stride: as in sp_train.
/// - parameters, parameter_stride: read; as in sp_initialise.
/// - rows: written; float[SP_EXAMINED_ROWS][count], or sp_parameter_count more rows with gradients; row r
///   of path i at [r * row_stride + i]. NULL if count is 0.
/// - row_stride: from row to row, count or more.
/// - gradients: 1 if the rows of the gradient are wanted, else 0.
/// - options: read; weights and lengths alone matter; or NULL.
sp_status sp_examine(sp_shape shape, ptrdiff_t count, ptrdiff_t frames, const float *parameters,
                     ptrdiff_t parameter_stride, const float *inputs, ptrdiff_t input_stride,
                     ptrdiff_t input_step, const float *targets, ptrdiff_t target_stride,
                     float *rows, ptrdiff_t row_stride, int32_t gradients,
                     const sp_options *options) SP_NOTHROW;

/// The rules of a review. A change of a cost counts if it exceeds both tolerances.
typedef struct {
  float relative_tolerance;  ///< a fraction of the cost, 0 or more and below 1
  float absolute_tolerance;  ///< in the units of the cost, finite, 0 or more
  uint32_t patience;         ///< reviews without an improvement that counts, after which a path has converged
                             ///< or stalled
  float minimum_samples;     ///< samples that a path must have
  float retreat_threshold;   ///< with rates: a path goes back where its cost exceeds its best by this
                             ///< fraction, finite and above 0
  int32_t reserved[5];       ///< 0
} sp_rules;

/// Gives every path a verdict after some training, and restores the best parameters of those that diverged or
/// whose cost rose.
///
/// - count: paths, 0 or more.
/// - examined, examined_stride: read; the rows of sp_examine and their stride.
/// - rules: read.
/// - best_costs, marks: read and written; float[count] each, what the reviews before have kept. Infinity
///   before the first.
/// - ages: read and written; uint32_t[count]. 0 before the first.
/// - verdicts: read and written; uint8_t[count], those of the training before, replaced.
/// - rates: read and written; float[count]: a path that diverged, or whose cost is above
///   (1 + retreat_threshold) times its best, gets back its best parameters and half its rate. NULL: none does, and what follows means
///   nothing.
/// - parameters, parameter_stride: read and written; as in sp_initialise.
/// - best_parameters, best_stride: read and written; as parameters; need not be filled before the first.
sp_status sp_review(sp_shape shape, ptrdiff_t count, const float *examined,
                    ptrdiff_t examined_stride, const sp_rules *rules, float *best_costs,
                    float *marks, uint32_t *ages, uint8_t *verdicts, float *rates,
                    float *parameters, ptrdiff_t parameter_stride, float *best_parameters,
                    ptrdiff_t best_stride) SP_NOTHROW;

/// Counts the paths with each verdict.
///
/// - verdicts: read; uint8_t[count]. NULL if count is 0. Bytes that are no verdict are not counted.
/// - counts: written; ptrdiff_t[SP_VERDICT_COUNT].
sp_status sp_count_verdicts(const uint8_t *verdicts, ptrdiff_t count, ptrdiff_t *counts) SP_NOTHROW;

/// Lists the paths with a verdict, in their order.
///
/// - verdicts: read; uint8_t[count]. NULL if count is 0.
/// - paths: written; ptrdiff_t[capacity], of which the first `found` are set, if there is room. NULL if
///   capacity is 0.
/// - found: written; how many paths have the verdict, which may be more than capacity.
sp_status sp_list_paths(const uint8_t *verdicts, ptrdiff_t count, uint8_t verdict, ptrdiff_t *paths,
                        ptrdiff_t capacity, ptrdiff_t *found) SP_NOTHROW;

#ifdef __cplusplus
}
#endif

#endif
