// A fuzzer of the C face, for libFuzzer: draws arguments, foolish and sound ones, and compares what the
// calls do with the rules of single_path.h, written here once more in 128-bit arithmetic.
#include <math.h>
#include <stdbool.h>
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
  const region result = {start, start + elements * (wide)element};
  rule(start % (wide)alignment == 0);
  rule(elements * (wide)element <= PTRDIFF_MAX && result.end <= (wide)UINTPTR_MAX);
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

/// Whether a call did what the rules say: refused without writing, or done within what it may write.
static void judge(const char *call, sp_status status, region a, region b, region c) {
  if ((status == SP_OK) != sound) {
    fprintf(stderr, "%s: %s, but the rules say %s\n", call, sp_status_string(status),
            sound ? "sound" : "not sound");
    abort();
  }
  for (const unsigned char *byte = arena; byte < arena + ARENA; byte++) {
    if (*byte == before[byte - arena]) continue;
    if (sound && (written(a, byte) || written(b, byte) || written(c, byte))) continue;
    fprintf(stderr, "%s: wrote beyond its memory\n", call);
    abort();
  }
}

// MARK: One input

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  bytes = data;
  left = size;
  const float fills[] = {0.5f, 0.25f, 1, 1e-30f, 3e38f, NAN, -2, 0};
  const uint8_t fill = draw();
  for (size_t i = 0; i < ARENA / sizeof(float); i++)
    memcpy(arena + i * sizeof(float), &fills[i % (1 + fill % 8)], sizeof(float));
  memcpy(before, arena, ARENA);

  const uint8_t kind = draw();
  const sp_shape shape = {(int32_t)draw_number(9), (int32_t)draw_number(1)};
  const ptrdiff_t n = draw_number(70), t = draw_number(5);
  const ptrdiff_t parameter_stride = draw_number(90), input_stride = draw_number(90);
  const ptrdiff_t target_stride = draw_number(90), output_stride = draw_number(90);
  const ptrdiff_t input_step = draw_number(1), rate_step = draw_number(1);
  float *const parameters = draw_address(), *const inputs = draw_address();
  float *const targets = draw_address(), *const rates = draw_address();
  float *const outputs = draw_address();
  uint8_t *const verdicts = draw_address();
  ptrdiff_t *const diverged = draw_address();

  const region none = {0, 0};
  sound = inside = true;
  rule(shape.depth >= 1 && shape.depth <= 8 && (shape.has_biases == 0 || shape.has_biases == 1));
  rule(n >= 0 && t >= 0 && (input_step == 0 || input_step == 1));
  const region p = floats(parameters, sound ? shape.depth * (1 + shape.has_biases) : 0, n,
                          parameter_stride, n);
  const region x = floats(inputs, t, input_step ? n : n > 0, input_stride, 0);

  if (kind % 3 == 0) {
    const region y = floats(targets, t, n, target_stride, 0);
    rule(rate_step == 0 || rate_step == 1);
    const region r = floats(rates, 1, rate_step ? n : n > 0, 0, 0);
    const region v = verdicts ? covers(verdicts, 1, n, 0, 0, 1, 1) : none;
    const region d = diverged ? covers(diverged, 1, 1, 0, 0, sizeof *diverged, _Alignof(ptrdiff_t)) : none;
    apart(p, x), apart(p, y), apart(p, r), apart(p, v), apart(p, d);
    apart(v, x), apart(v, y), apart(v, r), apart(v, d);
    apart(d, x), apart(d, y), apart(d, r);
    if (sound && !inside) return 0;
    for (ptrdiff_t i = 0; sound && i < (rate_step ? n : n > 0); i++)
      rule(isfinite(rates[i]) && rates[i] > 0);
    judge("sp_train",
          sp_train(shape, n, t, parameters, parameter_stride, inputs, input_stride, input_step, targets,
                   target_stride, rates, rate_step, verdicts, diverged),
          p, v, d);
  } else if (kind % 3 == 1) {
    const region o = floats(outputs, t, n, output_stride, n);
    apart(o, p), apart(o, x);
    if (sound && !inside) return 0;
    judge("sp_predict",
          sp_predict(shape, n, t, parameters, parameter_stride, inputs, input_stride, input_step,
                     outputs, output_stride),
          o, none, none);
  } else {
    const region y = floats(targets, t, n, target_stride, 0);
    const region o = floats(outputs, 1, n, 0, 0);
    apart(o, p), apart(o, x), apart(o, y);
    if (sound && !inside) return 0;
    judge("sp_cost",
          sp_cost(shape, n, t, parameters, parameter_stride, inputs, input_stride, input_step, targets,
                  target_stride, outputs),
          o, none, none);
  }
  return 0;
}
