// Every rule of single_path.h broken once: each call must say which and write nothing.
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "single_path.h"

enum { PATHS = 5, FRAMES = 3, DEPTH = 2 };

/// The arguments of sp_train, with some memory for each.
typedef struct {
  sp_shape shape;
  ptrdiff_t count, frames, parameter_stride, input_stride, input_step, target_stride, rate_step;
  float *parameters, *inputs, *targets, *rates;
  uint8_t *verdicts;
  ptrdiff_t *diverged;
} arguments;

static struct {
  float parameters[2 * DEPTH * PATHS], inputs[FRAMES * PATHS], targets[FRAMES * PATHS], rates[PATHS];
  ptrdiff_t diverged;
  uint8_t verdicts[PATHS];
} memory, before;

static arguments good(void) {
  for (int i = 0; i < PATHS; i++) memory.rates[i] = 0.5f;
  return (arguments){.shape = {DEPTH, 1, SP_SIGMOID_POLYNOMIAL},
                     .count = PATHS,
                     .frames = FRAMES,
                     .parameter_stride = PATHS,
                     .input_stride = PATHS,
                     .input_step = 1,
                     .target_stride = PATHS,
                     .rate_step = 1,
                     .parameters = memory.parameters,
                     .inputs = memory.inputs,
                     .targets = memory.targets,
                     .rates = memory.rates,
                     .verdicts = memory.verdicts,
                     .diverged = &memory.diverged};
}

static sp_status train(arguments a) {
  return sp_train(a.shape, a.count, a.frames, a.parameters, a.parameter_stride, a.inputs,
                  a.input_stride, a.input_step, a.targets, a.target_stride, a.rates, a.rate_step,
                  a.verdicts, a.diverged);
}

static sp_status predict(arguments a, float *outputs, ptrdiff_t output_stride) {
  return sp_predict(a.shape, a.count, a.frames, a.parameters, a.parameter_stride, a.inputs,
                    a.input_stride, a.input_step, outputs, output_stride);
}

static sp_status cost(arguments a, float *costs) {
  return sp_cost(a.shape, a.count, a.frames, a.parameters, a.parameter_stride, a.inputs,
                 a.input_stride, a.input_step, a.targets, a.target_stride, costs);
}

static int checks, failures;

static void expect(const char *what, sp_status wanted, sp_status got) {
  checks++;
  if (got == wanted && (wanted == SP_OK || memcmp(&memory, &before, sizeof memory) == 0)) return;
  failures++;
  printf("%s: wanted %d, got %d (%s)%s\n", what, (int)wanted, (int)got, sp_status_string(got),
         got == wanted ? ", but memory was written" : "");
}

#define REFUSED(change, status)                             \
  do {                                                      \
    arguments a = good();                                   \
    change;                                                 \
    memcpy(&before, &memory, sizeof memory);                \
    expect("sp_train with " #change, (status), train(a));   \
  } while (0)

static void train_refuses(void) {
  REFUSED(a.shape.depth = 0, SP_ERROR_SHAPE);
  REFUSED(a.shape.depth = 9, SP_ERROR_SHAPE);
  REFUSED(a.shape.depth = INT32_MIN, SP_ERROR_SHAPE);
  REFUSED(a.shape.has_biases = 2, SP_ERROR_SHAPE);
  REFUSED(a.shape.sigmoid = 2, SP_ERROR_SHAPE);
  REFUSED(a.shape.sigmoid = -1, SP_ERROR_SHAPE);
  REFUSED(a.shape.sigmoid = 256, SP_ERROR_SHAPE);
  REFUSED(a.count = -1, SP_ERROR_SIZE);
  REFUSED(a.frames = PTRDIFF_MIN, SP_ERROR_SIZE);
  REFUSED(a.parameter_stride = PATHS - 1, SP_ERROR_STRIDE);
  REFUSED(a.input_stride = -1, SP_ERROR_STRIDE);
  REFUSED(a.target_stride = -1, SP_ERROR_STRIDE);
  REFUSED(a.input_step = 2, SP_ERROR_STRIDE);
  REFUSED(a.rate_step = -1, SP_ERROR_STRIDE);
  REFUSED(a.parameters = NULL, SP_ERROR_NULL);
  REFUSED(a.inputs = NULL, SP_ERROR_NULL);
  REFUSED(a.targets = NULL, SP_ERROR_NULL);
  REFUSED(a.rates = NULL, SP_ERROR_NULL);
  REFUSED(a.inputs = (float *)((char *)memory.inputs + 1), SP_ERROR_MISALIGNED);
  REFUSED(a.diverged = (ptrdiff_t *)((char *)&memory.diverged + 2), SP_ERROR_MISALIGNED);
  REFUSED(a.parameter_stride = PTRDIFF_MAX, SP_ERROR_OVERFLOW);
  REFUSED(a.target_stride = PTRDIFF_MAX / 4, SP_ERROR_OVERFLOW);
  REFUSED(a.frames = PTRDIFF_MAX, SP_ERROR_OVERFLOW);
  REFUSED(a.targets = memory.parameters + 19, SP_ERROR_OVERLAP);
  REFUSED(a.inputs = memory.parameters, SP_ERROR_OVERLAP);
  REFUSED(a.rates = memory.parameters + 7, SP_ERROR_OVERLAP);
  REFUSED(a.verdicts = (uint8_t *)memory.inputs, SP_ERROR_OVERLAP);
  REFUSED(a.verdicts = (uint8_t *)memory.parameters, SP_ERROR_OVERLAP);
  REFUSED(a.verdicts = (uint8_t *)&memory.diverged, SP_ERROR_OVERLAP);
  REFUSED(a.diverged = (ptrdiff_t *)(void *)memory.parameters, SP_ERROR_OVERLAP);
  REFUSED(a.rates[4] = 0, SP_ERROR_RATE);
  REFUSED(a.rates[0] = -1, SP_ERROR_RATE);
  REFUSED(a.rates[3] = NAN, SP_ERROR_RATE);
  REFUSED(a.rates[2] = INFINITY, SP_ERROR_RATE);
}

static void others_refuse(void) {
  arguments a = good();
  memcpy(&before, &memory, sizeof memory);
  expect("outputs on the parameters", SP_ERROR_OVERLAP, predict(a, memory.parameters, PATHS));
  expect("outputs on the inputs", SP_ERROR_OVERLAP, predict(a, memory.inputs, PATHS));
  expect("rows of outputs on each other", SP_ERROR_STRIDE, predict(a, memory.targets, PATHS - 1));
  expect("no outputs", SP_ERROR_NULL, predict(a, NULL, PATHS));
  expect("costs on the parameters", SP_ERROR_OVERLAP, cost(a, memory.parameters + 19));
  expect("costs on the inputs", SP_ERROR_OVERLAP, cost(a, memory.inputs));
  expect("costs on the targets", SP_ERROR_OVERLAP, cost(a, memory.targets + 14));
  expect("no costs", SP_ERROR_NULL, cost(a, NULL));
  a.shape.sigmoid = 2;
  expect("a prediction by no form", SP_ERROR_SHAPE, predict(a, memory.targets, PATHS));
  expect("a cost by no form", SP_ERROR_SHAPE, cost(a, memory.rates));
  expect("no form", SP_ERROR_SHAPE,
         sp_initialise(a.shape, PATHS, memory.parameters, PATHS, 1, -1, 1));
  expect("no parameters of such a shape", 0, (sp_status)sp_parameter_count(a.shape));
  a.shape.sigmoid = SP_SIGMOID_POLYNOMIAL;
  expect("bounds out of order", SP_ERROR_RANGE,
         sp_initialise(a.shape, PATHS, memory.parameters, PATHS, 1, 1, -1));
  expect("a bound that is no number", SP_ERROR_RANGE,
         sp_initialise(a.shape, PATHS, memory.parameters, PATHS, 1, 0, NAN));
  expect("bounds too far apart", SP_ERROR_RANGE,
         sp_initialise(a.shape, PATHS, memory.parameters, PATHS, 1, -3e38f, 3e38f));
}

static void all_accept(void) {
  arguments a = good();
  expect("good arguments", SP_OK, train(a));
  a.shape.sigmoid = SP_SIGMOID_TABLE;
  expect("the sigmoid by a table", SP_OK, train(a));
  a.verdicts = NULL, a.diverged = NULL, a.inputs = a.targets;
  expect("nothing optional, inputs that are the targets", SP_OK, train(a));
  a.rate_step = 0, a.input_step = 0;
  expect("a shared rate and shared inputs", SP_OK, train(a));
  expect("no paths, no memory", SP_OK, train((arguments){.shape = {1, 0, SP_SIGMOID_POLYNOMIAL}, .frames = 7}));
}

int main(void) {
  train_refuses();
  others_refuse();
  all_accept();
  printf("%d calls checked, %d wrong\n", checks, failures);
  return failures != 0;
}
