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
  sp_options options;
} arguments;

static struct {
  float parameters[2 * DEPTH * PATHS], inputs[FRAMES * PATHS], targets[FRAMES * PATHS], rates[PATHS];
  ptrdiff_t diverged;
  uint8_t verdicts[PATHS];
  float examined[SP_EXAMINED_ROWS * PATHS];
} memory, before;

static arguments good(void) {
  for (int i = 0; i < PATHS; i++) memory.rates[i] = 0.5f;
  return (arguments){.shape = {.depth = DEPTH, .has_biases = 1},
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
                  a.verdicts, a.diverged, &a.options);
}

static sp_status predict(arguments a, float *outputs, ptrdiff_t output_stride) {
  return sp_predict(a.shape, a.count, a.frames, a.parameters, a.parameter_stride, a.inputs,
                    a.input_stride, a.input_step, outputs, output_stride);
}

static sp_status cost(arguments a, float *costs) {
  return sp_cost(a.shape, a.count, a.frames, a.parameters, a.parameter_stride, a.inputs,
                 a.input_stride, a.input_step, a.targets, a.target_stride, costs, &a.options);
}

/// Sums costs into the options that the call reads, which must stay as they are.
static sp_status cost_onto_options(void) {
  arguments a = good();
  const sp_options options = a.options;
  const sp_status status = sp_cost(a.shape, a.count, a.frames, a.parameters, a.parameter_stride,
                                   a.inputs, a.input_stride, a.input_step, a.targets,
                                   a.target_stride, (float *)(void *)&a.options, &a.options);
  return memcmp(&options, &a.options, sizeof options) == 0 ? status : SP_OK;
}

/// Fits into the settings that the call reads, which must stay as they are.
static sp_status fit_onto_settings(void) {
  arguments a = good();
  sp_fitting settings = {.max_passes = 9};
  const sp_fitting same = settings;
  const sp_status status =
      sp_fit(a.shape, a.count, a.frames, a.parameters, a.parameter_stride, a.inputs, a.input_stride,
             a.input_step, a.targets, a.target_stride, (uint8_t *)&settings, NULL, 0, &settings, NULL);
  return memcmp(&settings, &same, sizeof same) == 0 ? status : SP_OK;
}

static int checks, failures;

static void expect(const char *what, sp_status wanted, sp_status got) {
  checks++;
  if (got == wanted && (wanted == SP_OK || memcmp(&memory, &before, sizeof memory) == 0)) return;
  failures++;
  printf("%s: wanted %d, got %d (%s)%s\n", what, (int)wanted, (int)got, sp_status_string(got),
         got == wanted ? ", but memory was written" : "");
}

static void expect_number(const char *what, ptrdiff_t wanted, ptrdiff_t got) {
  checks++;
  if (got == wanted) return;
  failures++;
  printf("%s: wanted %td, got %td\n", what, wanted, got);
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
  REFUSED(a.shape.hidden = 6, SP_ERROR_SHAPE);
  REFUSED(a.shape.output = -1, SP_ERROR_SHAPE);
  REFUSED(a.shape.cost = 3, SP_ERROR_SHAPE);
  REFUSED(a.shape.cost = SP_COST_HUBER, SP_ERROR_SETTING);
  REFUSED(a.options.gradient_limit = -1, SP_ERROR_SETTING);
  REFUSED(a.options.gradient_limit = NAN, SP_ERROR_SETTING);
  REFUSED((a.options.weights = memory.inputs, a.options.weight_step = 2), SP_ERROR_STRIDE);
  REFUSED((a.options.weights = memory.inputs, a.options.weight_stride = -1), SP_ERROR_STRIDE);
  REFUSED(a.options.weights = memory.parameters, SP_ERROR_OVERLAP);
  REFUSED(a.options.lengths = (uint32_t *)(void *)memory.parameters, SP_ERROR_OVERLAP);
  REFUSED(a.options.lengths = (uint32_t *)(void *)((char *)memory.inputs + 1), SP_ERROR_MISALIGNED);
  REFUSED(a.options.frozen = (uint16_t *)(void *)&memory.diverged, SP_ERROR_OVERLAP);
  REFUSED((a.options.frozen = (uint16_t *)(void *)memory.inputs, a.options.frozen_step = 2),
          SP_ERROR_STRIDE);
  REFUSED(a.options.lower = memory.inputs, SP_ERROR_STRIDE);
  REFUSED((a.options.lower = memory.inputs, a.options.bound_stride = 1), SP_ERROR_NULL);
  REFUSED((a.options.lower = a.options.upper = memory.parameters + 3, a.options.bound_stride = 1),
          SP_ERROR_OVERLAP);
  REFUSED(a.shape.reserved[0] = 1, SP_ERROR_SHAPE);
  REFUSED(a.shape.reserved[4] = 1, SP_ERROR_SHAPE);
  REFUSED(a.options.reserved[0] = 1, SP_ERROR_SETTING);
  REFUSED(a.options.reserved[3] = UINT64_C(1) << 63, SP_ERROR_SETTING);
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
  expect("costs on the options", SP_ERROR_OVERLAP, cost_onto_options());
  expect("verdicts on the settings of a fit", SP_ERROR_OVERLAP, fit_onto_settings());
  expect("a flag of gradients of 2", SP_ERROR_SETTING,
         sp_examine(a.shape, a.count, a.frames, a.parameters, a.parameter_stride, a.inputs,
                    a.input_stride, a.input_step, a.targets, a.target_stride, memory.examined, PATHS, 2,
                    NULL));
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

static void reviews_refuse(void) {
  const sp_shape shape = {.depth = DEPTH, .has_biases = 1};
  sp_rules rules = {.relative_tolerance = 0.01f, .patience = 3, .retreat_threshold = 0.1f};
  float examined[SP_EXAMINED_ROWS * PATHS] = {0}, best[PATHS], marks[PATHS], best_parameters[20];
  uint32_t ages[PATHS] = {0};
  for (int i = 0; i < PATHS; i++) best[i] = marks[i] = INFINITY;
#define REVIEW(rates, best_parameters)                                                             \
  sp_review(shape, PATHS, examined, PATHS, &rules, best, marks, ages, memory.verdicts, (rates),      \
            memory.parameters, PATHS, (best_parameters), PATHS)
  memcpy(&before, &memory, sizeof memory);
  expect("a review onto the parameters", SP_ERROR_OVERLAP, REVIEW(memory.rates, memory.parameters));
  expect("a review with rates on the parameters", SP_ERROR_OVERLAP,
         REVIEW(memory.parameters, best_parameters));
  expect("no best parameters", SP_ERROR_NULL, REVIEW(memory.rates, NULL));
  rules.relative_tolerance = 1;
  expect("a tolerance of 1", SP_ERROR_SETTING, REVIEW(NULL, NULL));
  rules.relative_tolerance = 0, rules.retreat_threshold = 0;
  expect("no retreat threshold", SP_ERROR_SETTING, REVIEW(memory.rates, best_parameters));
  rules.absolute_tolerance = NAN;
  expect("an absolute tolerance that is no number", SP_ERROR_SETTING, REVIEW(NULL, NULL));
  expect("no rules", SP_ERROR_NULL,
         sp_review(shape, PATHS, examined, PATHS, NULL, best, marks, ages, memory.verdicts, NULL, NULL,
                   0, NULL, 0));
  expect("counts on the verdicts", SP_ERROR_OVERLAP,
         sp_count_verdicts((const uint8_t *)&memory.diverged, 1, &memory.diverged));
  expect("a list without room", SP_ERROR_NULL,
         sp_list_paths(memory.verdicts, PATHS, 0, NULL, 1, &memory.diverged));
  rules.absolute_tolerance = 0, rules.reserved[4] = 1;
  expect("rules of a later header", SP_ERROR_SETTING, REVIEW(NULL, NULL));
  rules.reserved[4] = 0;
  expect("best costs on the rules", SP_ERROR_OVERLAP,
         sp_review(shape, 1, examined, 1, &rules, (float *)(void *)&rules, marks, ages, memory.verdicts,
                   NULL, NULL, 0, NULL, 0));
  expect("a review without rates", SP_OK, REVIEW(NULL, NULL));
  ptrdiff_t counts[SP_VERDICT_COUNT], found = 0, paths[2];
  expect("counting", SP_OK, sp_count_verdicts(memory.verdicts, PATHS, counts));
  // No path has a hidden slope above 0 in the empty examination.
  expect_number("paths that are saturated", PATHS, counts[SP_VERDICT_SATURATED]);
  expect("listing", SP_OK,
         sp_list_paths(memory.verdicts, PATHS, SP_VERDICT_SATURATED, paths, 2, &found));
  expect_number("paths that are found", PATHS, found);
  expect_number("the first that is listed", 0, paths[0]);
  expect_number("the second that is listed", 1, paths[1]);
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
  expect("no paths, no memory", SP_OK, train((arguments){.shape = {.depth = 1}, .frames = 7}));
}

int main(void) {
  train_refuses();
  others_refuse();
  reviews_refuse();
  all_accept();
  printf("%d calls checked, %d wrong\n", checks, failures);
  return failures != 0;
}
