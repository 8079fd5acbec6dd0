// A fuzzer of the C face, for libFuzzer: draws arguments, foolish and sound ones, and compares what the
// calls do with the rules of single_path.h, written here once more in 128-bit arithmetic. The library is
// built for address sanitizer, which sees every element that a call reads or writes beyond its arguments.
#include <math.h>
#include <sanitizer/asan_interface.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "single_path.h"

__extension__ typedef __int128 wide;

/// All memory that a call may touch, and what it was before.
enum { ARENA = 1 << 15 };
static _Alignas(64) unsigned char arena[ARENA], before[ARENA];

// MARK: Drawing arguments

static const uint8_t *bytes;
static size_t left;

static uint8_t draw(void) { return left ? left--, *bytes++ : 0; }

static ptrdiff_t draw_number(ptrdiff_t most) {
  static const ptrdiff_t foolish[] = {-1,          PTRDIFF_MIN,     PTRDIFF_MAX,     PTRDIFF_MAX / 4,
                                      1 << 30,     PTRDIFF_MIN + 1, PTRDIFF_MAX - 3, PTRDIFF_MAX / 8,
                                      -(1 << 30)};
  const uint8_t byte = draw();
  if (byte >= 247) return foolish[byte - 247];
  return byte % (most + 1);
}

static void *draw_address(void) {
  const uint8_t kind = draw();
  if (kind == 255) return NULL;
  const size_t place = ((size_t)draw() << 8 | draw()) % ARENA;
  return arena + (kind == 254 ? place : place & ~(size_t)7);
}

// MARK: The rules

/// Memory from `start` up to `end`; nothing if they are the same.
typedef struct {
  wide start, end;
} region;

static bool sound, inside;

static void rule(bool kept) { sound = sound && kept; }

static region covers(const void *base, ptrdiff_t rows, ptrdiff_t width, ptrdiff_t stride,
                     ptrdiff_t least_stride, size_t element, size_t alignment) {
  const region none = {0, 0};
  if (rows > 1) rule(stride >= least_stride);
  if (rows <= 0 || width <= 0) return none;
  rule(base != NULL);
  if (!base || !sound) return none;
  const wide start = (wide)(uintptr_t)base, elements = (wide)(rows - 1) * stride + width;
  rule(start % (wide)alignment == 0);
  rule(elements <= PTRDIFF_MAX / (wide)element);
  if (!sound) return none;
  const region result = {start, start + elements * (wide)element};
  rule(result.end <= (wide)UINTPTR_MAX);
  inside = inside && start >= (wide)(uintptr_t)arena && result.end <= (wide)(uintptr_t)(arena + ARENA);
  return result;
}

static void apart(region a, region b) {
  if (a.start < a.end && b.start < b.end) rule(a.end <= b.start || b.end <= a.start);
}

static region floats(const float *base, ptrdiff_t rows, ptrdiff_t width, ptrdiff_t stride,
                     ptrdiff_t least_stride) {
  return covers(base, rows, width, stride, least_stride, sizeof(float), _Alignof(float));
}

static bool written(region r, const unsigned char *byte) {
  return (wide)(uintptr_t)byte >= r.start && (wide)(uintptr_t)byte < r.end;
}

/// Forbids the whole arena to the call that follows.
static void forbid_all(void) { ASAN_POISON_MEMORY_REGION(arena, ARENA); }

/// Allows the call what it describes; nothing if it is to be refused by the description alone.
static void allow(region r) {
  if (sound) ASAN_UNPOISON_MEMORY_REGION((void *)(uintptr_t)r.start, (size_t)(r.end - r.start));
}

/// Whether a call did what the rules say: refused without writing, or done within what it may write.
static void judge(const char *call, sp_status status, region a, region b, region c) {
  ASAN_UNPOISON_MEMORY_REGION(arena, ARENA);
  if ((status == SP_OK) != sound) {
    fprintf(stderr, "%s: %s, but the rules say %s\n", call, sp_status_string(status),
            sound ? "sound" : "not sound");
    abort();
  }
  if (memcmp(arena, before, ARENA) == 0) return;
  for (const unsigned char *byte = arena; byte < arena + ARENA; byte++) {
    if (*byte == before[byte - arena]) continue;
    if (sound && (written(a, byte) || written(b, byte) || written(c, byte))) continue;
    fprintf(stderr, "%s: wrote beyond its memory\n", call);
    abort();
  }
}

// MARK: One input

static const region none = {0, 0};

/// The arguments of all calls; each takes some.
typedef struct {
  sp_shape shape;
  ptrdiff_t paths, frames;
  ptrdiff_t parameter_stride, input_stride, input_step, target_stride, rate_step, output_stride;
  float *parameters, *inputs, *targets, *rates, *outputs;
  uint8_t *verdicts;
  ptrdiff_t *diverged;
  sp_options options;
  bool has_options;
} arguments;

static float draw_setting(void) {
  static const float settings[] = {1, 0, 0.5f, 1e-40f, -1, NAN, INFINITY, 3e38f};
  return settings[draw() % 8];
}

/// An address, or often none.
static void *draw_optional(void) { return draw() % 4 ? NULL : draw_address(); }

/// 0, as a reserved field must be, or seldom not.
static int32_t draw_reserved(void) { return draw() % 16 == 1; }

static sp_options draw_options(void) {
  sp_options o = {0};
  o.reserved[3] = (uint64_t)draw_reserved() << 40;
  o.weights = draw_optional(), o.weight_stride = draw_number(90), o.weight_step = draw_number(1);
  o.lengths = draw_optional(), o.batch = draw() % 8, o.gradient_limit = draw() % 2 ? 0 : draw_setting();
  o.frozen = draw_optional(), o.frozen_step = draw_number(1);
  const uint8_t kind = draw();
  o.lower = kind % 4 == 0 || kind == 1 ? draw_address() : NULL;
  o.upper = kind % 4 == 0 || kind == 2 ? draw_address() : NULL;
  o.bound_stride = draw_number(90), o.bound_step = draw_number(1);
  return o;
}

static arguments draw_arguments(void) {
  arguments a;
  a.shape.depth = (int32_t)draw_number(9);
  a.shape.has_biases = (int32_t)draw_number(1);
  a.shape.sigmoid = (int32_t)draw_number(1);
  memset(&a.shape.hidden, 0, sizeof a.shape - offsetof(sp_shape, hidden));
  if (draw() % 2) {
    a.shape.hidden = (int32_t)draw_number(6), a.shape.output = (int32_t)draw_number(4);
    a.shape.cost = (int32_t)draw_number(3), a.shape.threshold = draw_setting();
    a.shape.reserved[4] = draw_reserved();
  }
  a.paths = draw_number(70), a.frames = draw_number(5);
  a.parameter_stride = draw_number(90), a.output_stride = draw_number(90);
  a.input_stride = draw_number(90), a.target_stride = draw_number(90);
  a.input_step = draw_number(1), a.rate_step = draw_number(1);
  a.parameters = draw_address(), a.inputs = draw_address(), a.targets = draw_address();
  a.rates = draw_address(), a.outputs = draw_address();
  a.verdicts = draw_address(), a.diverged = draw_address();
  a.has_options = draw() % 2;
  memset(&a.options, 0, sizeof a.options);
  if (a.has_options) a.options = draw_options();
  return a;
}

/// Fills the arena with numbers of all kinds, or with harmless ones.
static void fill_arena(uint8_t fill) {
  static const float fills[] = {0.5f, 0.25f, 1, 1e-30f, 3e38f, NAN, -2, 0};
  for (size_t i = 0; i < ARENA / sizeof(float); i++)
    memcpy(arena + i * sizeof(float), &fills[i % (1 + fill % 8)], sizeof(float));
  memcpy(before, arena, ARENA);
}

/// Fields of a later header are not known.
static void no_later_options(arguments a) { rule(a.options.reserved[3] == 0); }

/// A row with a value for each path, or one for all.
static ptrdiff_t row(ptrdiff_t paths, ptrdiff_t step) { return step ? paths : paths > 0; }

static region parameters_of(arguments a) {
  rule(a.shape.depth >= 1 && a.shape.depth <= SP_DEPTHS);
  rule(a.shape.reserved[4] == 0);
  rule(a.shape.has_biases == 0 || a.shape.has_biases == 1);
  rule(a.shape.sigmoid >= 0 && a.shape.sigmoid < SP_SIGMOID_COUNT);
  rule(a.shape.hidden >= 0 && a.shape.hidden < SP_HIDDEN_COUNT);
  rule(a.shape.output >= 0 && a.shape.output < SP_OUTPUT_COUNT);
  rule(a.shape.cost >= 0 && a.shape.cost < SP_COST_COUNT);
  if (a.shape.cost == SP_COST_HUBER) rule(isfinite(a.shape.threshold) && a.shape.threshold > 0);
  rule(a.paths >= 0 && a.frames >= 0);
  const ptrdiff_t planes = sound ? a.shape.depth * (1 + a.shape.has_biases) : 0;
  return floats(a.parameters, planes, a.paths, a.parameter_stride, a.paths);
}

static region inputs_of(arguments a) {
  rule(a.input_step == 0 || a.input_step == 1);
  return floats(a.inputs, a.frames, row(a.paths, a.input_step), a.input_stride, 0);
}

static region targets_of(arguments a) {
  return floats(a.targets, a.frames, a.paths, a.target_stride, 0);
}

static region weights_of(arguments a) {
  const sp_options o = a.options;
  if (!o.weights) return none;
  rule(o.weight_step == 0 || o.weight_step == 1);
  return floats(o.weights, a.frames, row(a.paths, o.weight_step), o.weight_stride, 0);
}

static region lengths_of(arguments a) {
  if (!a.options.lengths) return none;
  return covers(a.options.lengths, 1, a.paths, 0, 0, sizeof(uint32_t), _Alignof(uint32_t));
}

static region frozen_of(arguments a) {
  const sp_options o = a.options;
  if (!o.frozen) return none;
  rule(o.frozen_step == 0 || o.frozen_step == 1);
  return covers(o.frozen, 1, row(a.paths, o.frozen_step), 0, 0, sizeof(uint16_t), _Alignof(uint16_t));
}

static region bounds_of(arguments a, const float *bounds) {
  const sp_options o = a.options;
  if (!o.lower && !o.upper) return none;
  rule(o.bound_step == 0 || o.bound_step == 1);
  const ptrdiff_t width = row(a.paths, o.bound_step);
  return floats(bounds, sound ? a.shape.depth * (1 + a.shape.has_biases) : 0, width, o.bound_stride,
                width);
}

/// Whether to make a call: not a sound one on memory that is not ours, or on frames without end, which a
/// stride of 0 allows.
static bool worthwhile(arguments a) { return !sound || (inside && a.frames <= 64); }

static void try_training(arguments a) {
  no_later_options(a);
  const region p = parameters_of(a), x = inputs_of(a), y = targets_of(a);
  rule(a.rate_step == 0 || a.rate_step == 1);
  const region r = floats(a.rates, 1, row(a.paths, a.rate_step), 0, 0);
  const region v = a.verdicts ? covers(a.verdicts, 1, a.paths, 0, 0, 1, 1) : none;
  const region d = a.diverged ? covers(a.diverged, 1, 1, 0, 0, sizeof *a.diverged,
                                       _Alignof(ptrdiff_t)) : none;
  apart(p, x), apart(p, y), apart(p, r), apart(p, v), apart(p, d);
  apart(v, x), apart(v, y), apart(v, r), apart(v, d);
  apart(d, x), apart(d, y), apart(d, r);
  const float limit = a.options.gradient_limit;
  rule(limit == 0 || limit > 0);
  const region options[] = {weights_of(a), lengths_of(a), frozen_of(a), bounds_of(a, a.options.lower),
                            bounds_of(a, a.options.upper)};
  for (int i = 0; i < 5; i++) apart(p, options[i]), apart(v, options[i]), apart(d, options[i]);
  if (!worthwhile(a)) return;
  forbid_all();
  for (int i = 0; i < 5; i++) allow(options[i]);
  allow(p), allow(x), allow(y), allow(r), allow(v), allow(d);
  for (ptrdiff_t i = 0; sound && i < row(a.paths, a.rate_step); i++)
    rule(isfinite(a.rates[i]) && a.rates[i] > 0);
  judge("sp_train",
        sp_train(a.shape, a.paths, a.frames, a.parameters, a.parameter_stride, a.inputs,
                 a.input_stride, a.input_step, a.targets, a.target_stride, a.rates, a.rate_step,
                 a.verdicts, a.diverged, a.has_options ? &a.options : NULL),
        p, v, d);
}

static void try_prediction(arguments a) {
  const region p = parameters_of(a), x = inputs_of(a);
  const region o = floats(a.outputs, a.frames, a.paths, a.output_stride, a.paths);
  apart(o, p), apart(o, x);
  if (!worthwhile(a)) return;
  forbid_all();
  allow(p), allow(x), allow(o);
  judge("sp_predict",
        sp_predict(a.shape, a.paths, a.frames, a.parameters, a.parameter_stride, a.inputs,
                   a.input_stride, a.input_step, a.outputs, a.output_stride),
        o, none, none);
}

static void try_cost(arguments a) {
  no_later_options(a);
  const region p = parameters_of(a), x = inputs_of(a), y = targets_of(a);
  const region o = floats(a.outputs, 1, a.paths, 0, 0), w = weights_of(a), l = lengths_of(a);
  apart(o, p), apart(o, x), apart(o, y), apart(o, w), apart(o, l);
  if (!worthwhile(a)) return;
  forbid_all();
  allow(p), allow(x), allow(y), allow(w), allow(l), allow(o);
  judge("sp_cost",
        sp_cost(a.shape, a.paths, a.frames, a.parameters, a.parameter_stride, a.inputs,
                a.input_stride, a.input_step, a.targets, a.target_stride, a.outputs,
                a.has_options ? &a.options : NULL),
        o, none, none);
}

static void try_examination(arguments a) {
  const uint8_t kind = draw();
  const int32_t gradients = kind % 16 == 5 ? kind : kind % 2;
  rule(gradients <= 1);
  const region p = parameters_of(a), x = inputs_of(a), y = targets_of(a);
  const ptrdiff_t rows = sound ? 4 + gradients * a.shape.depth * (1 + a.shape.has_biases) : 0;
  const region o = floats(a.outputs, rows, a.paths, a.output_stride, a.paths);
  const region w = weights_of(a), l = lengths_of(a);
  no_later_options(a);
  apart(o, p), apart(o, x), apart(o, y), apart(o, w), apart(o, l);
  if (!worthwhile(a)) return;
  forbid_all();
  allow(p), allow(x), allow(y), allow(w), allow(l), allow(o);
  judge("sp_examine",
        sp_examine(a.shape, a.paths, a.frames, a.parameters, a.parameter_stride, a.inputs,
                   a.input_stride, a.input_step, a.targets, a.target_stride, a.outputs,
                   a.output_stride, gradients, a.has_options ? &a.options : NULL),
        o, none, none);
}

static void try_fit(arguments a) {
  const uint8_t kind = draw();
  const sp_fitting fitting = {.start = kind & 1, .standard_errors = kind >> 1 & 1, .max_passes = kind >> 2 & 7,
                              .reserved = {0, 0, 0, 0, kind == 255}};
  rule(kind != 255);
  const sp_options o = a.options;
  rule(o.batch <= 1 && o.gradient_limit == 0 && !o.lower && !o.upper);
  const region p = parameters_of(a), x = inputs_of(a), y = targets_of(a);
  const ptrdiff_t errors = sound && fitting.standard_errors ? a.shape.depth * (1 + a.shape.has_biases) : 0;
  const ptrdiff_t rows = sound ? SP_FITTED_ROWS + errors : 0;
  if (!a.outputs) rule(a.output_stride >= 0);
  const region r = a.outputs ? floats(a.outputs, rows, a.paths, a.output_stride, a.paths) : none;
  const region v = a.verdicts ? covers(a.verdicts, 1, a.paths, 0, 0, 1, 1) : none;
  const region w = weights_of(a), l = lengths_of(a), f = frozen_of(a);
  no_later_options(a);
  apart(p, x), apart(p, y), apart(p, v), apart(p, r), apart(p, w), apart(p, l), apart(p, f);
  apart(v, x), apart(v, y), apart(v, r), apart(v, w), apart(v, l), apart(v, f);
  apart(r, x), apart(r, y), apart(r, w), apart(r, l), apart(r, f);
  if (!worthwhile(a)) return;
  forbid_all();
  allow(p), allow(x), allow(y), allow(w), allow(l), allow(f), allow(v), allow(r);
  judge("sp_fit",
        sp_fit(a.shape, a.paths, a.frames, a.parameters, a.parameter_stride, a.inputs, a.input_stride,
               a.input_step, a.targets, a.target_stride, a.verdicts, a.outputs, a.output_stride,
               &fitting, a.has_options ? &a.options : NULL),
        p, v, r);
}

static void try_list(arguments a) {
  const ptrdiff_t capacity = draw_number(70);
  rule(a.paths >= 0 && capacity >= 0);
  const region v = covers(a.verdicts, 1, a.paths, 0, 0, 1, 1);
  ptrdiff_t *paths = (ptrdiff_t *)a.outputs;
  const region o = covers(paths, 1, capacity, 0, 0, sizeof *paths, _Alignof(ptrdiff_t));
  const region d = covers(a.diverged, 1, 1, 0, 0, sizeof *a.diverged, _Alignof(ptrdiff_t));
  apart(o, v), apart(d, v), apart(d, o);
  if (!worthwhile(a)) return;
  forbid_all();
  allow(v), allow(o), allow(d);
  judge("sp_list_paths", sp_list_paths(a.verdicts, a.paths, draw(), paths, capacity, a.diverged), o, d,
        none);
}

static void try_initialisation(arguments a) {
  static const float bounds[] = {-1, 1, 0, 1e-40f, NAN, INFINITY, -3e38f, 3e38f};
  const float lower = bounds[draw() % 8], upper = bounds[draw() % 8];
  a.frames = 0;
  const region p = parameters_of(a);
  if (!worthwhile(a)) return;
  forbid_all();
  allow(p);
  rule(isfinite(lower) && isfinite(upper) && lower <= upper && isfinite(upper - lower));
  judge("sp_initialise",
        sp_initialise(a.shape, a.paths, a.parameters, a.parameter_stride, draw(), lower, upper), p,
        none, none);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  bytes = data;
  left = size;
  sound = inside = true;
  fill_arena(draw());
  void (*const calls[])(arguments) = {try_training, try_prediction,  try_cost,
                                     try_initialisation, try_examination, try_list, try_fit};
  const uint8_t call = draw();
  calls[call < 192 ? call % 6 : 6](draw_arguments());
  return 0;
}
