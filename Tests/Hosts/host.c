// A host in C, without an allocation, so that small machines run it too. Prints a digest of the results.
//
//   host            repeats the run that DigestTests.swift describes
//   host table      the same with the sigmoid by a table
//   host fit        repeats the fits that DigestTests.swift describes
//   host PLATE.csv  trains a path on each well's growth curve
#include <stdio.h>
#include <string.h>

#include "single_path.h"

#define COUNT 67
#define FRAMES 9
#define WELLS 96
#define READS 52
#define PASSES 1000

static float parameters[16 * COUNT], inputs[FRAMES * COUNT], targets[FRAMES * COUNT];
static float outputs[FRAMES * COUNT], costs[COUNT];
static float rows[(SP_FITTED_ROWS + 16) * COUNT];
static uint8_t verdicts[COUNT];

// MARK: The digest of bits: FNV-1a

static uint64_t digest = 0xCBF29CE484222325;

static void add_byte(uint8_t byte) { digest = (digest ^ byte) * 0x100000001B3; }

static void add(const float *values, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) {
    uint32_t bits;
    memcpy(&bits, &values[i], sizeof bits);
    for (int shift = 0; shift < 32; shift += 8) add_byte((uint8_t)(bits >> shift));
  }
}

// MARK: The run of the digest

static uint32_t state = 1;

static void fill(float *values, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) {
    state = state * 1664525u + 1013904223u;
    values[i] = (float)((int32_t)(state >> 8) - 0x800000) * 0x1p-22f;
  }
}

static void put_bits(float *value, uint32_t bits) { memcpy(value, &bits, sizeof bits); }

static void fill_all(ptrdiff_t planes) {
  fill(parameters, planes * COUNT);
  fill(inputs, FRAMES * COUNT);
  fill(targets, FRAMES * COUNT);
  for (ptrdiff_t i = 0; i < FRAMES * COUNT; i += 11) put_bits(&targets[i], 0x7FC00000);
  put_bits(&inputs[5], 0x7F800000);
}

static sp_status run(sp_shape shape) {
  const ptrdiff_t planes = sp_parameter_count(shape);
  const float rate = 0.25f;
  fill_all(planes);
  sp_status status = sp_train(shape, COUNT, FRAMES, parameters, COUNT, inputs, COUNT, 1, targets,
                              COUNT, &rate, 0, verdicts, NULL, NULL);
  if (status == SP_OK)
    status = sp_predict(shape, COUNT, FRAMES, parameters, COUNT, inputs, COUNT, 1, outputs, COUNT);
  if (status == SP_OK)
    status = sp_cost(shape, COUNT, FRAMES, parameters, COUNT, inputs, COUNT, 1, targets, COUNT, costs,
                     NULL);
  add(parameters, planes * COUNT);
  for (ptrdiff_t i = 0; i < COUNT; i++) add_byte(verdicts[i]);
  add(outputs, FRAMES * COUNT);
  add(costs, COUNT);
  return status;
}

static sp_status run_all(int32_t sigmoid) {
  sp_status status = SP_OK;
  for (int32_t depth = 1; status == SP_OK && depth <= 8; depth++)
    for (int32_t biases = 0; status == SP_OK && biases <= 1; biases++)
      status = run((sp_shape){.depth = depth, .has_biases = biases, .sigmoid = sigmoid});
  return status;
}

static sp_status fit(sp_shape shape) {
  const ptrdiff_t planes = sp_parameter_count(shape);
  const sp_fitting fitting = {.standard_errors = 1};
  fill_all(planes);
  const sp_status status = sp_fit(shape, COUNT, FRAMES, parameters, COUNT, inputs, COUNT, 1, targets, COUNT,
                                  verdicts, rows, COUNT, &fitting, NULL);
  add(parameters, planes * COUNT);
  for (ptrdiff_t i = 0; i < COUNT; i++) add_byte(verdicts[i]);
  add(rows, (SP_FITTED_ROWS + planes) * COUNT);
  return status;
}

static sp_status fit_all(void) {
  sp_status status = SP_OK;
  for (int32_t depth = 1; status == SP_OK && depth <= 8; depth++)
    for (int32_t biases = 0; status == SP_OK && biases <= 1; biases++) {
      sp_shape shape = {.depth = depth, .has_biases = biases};
      status = fit(shape);
      shape.hidden = depth % SP_HIDDEN_COUNT, shape.output = depth % SP_OUTPUT_COUNT;
      shape.cost = depth % SP_COST_COUNT, shape.threshold = 0.5f;
      if (status == SP_OK) status = fit(shape);
    }
  return status;
}

// MARK: The plate

static float hours[READS], densities[READS][WELLS], weights[4 * WELLS];

/// Reads "well,hours,density,…", the rows of a well one after another, and all wells at the same hours.
static int read_plate(const char *path) {
  FILE *file = fopen(path, "r");
  if (!file) return 0;
  const int header = fscanf(file, "%*[^\n]") == 0;
  int rows = 0;
  for (float x, y; fscanf(file, " %*[^,],%f,%f%*[^\n]", &x, &y) == 2 && rows < WELLS * READS; rows++) {
    hours[rows % READS] = x;
    densities[rows % READS][rows / READS] = y;
  }
  fclose(file);
  return header && rows == WELLS * READS;
}

/// Divides by the largest.
static void scale(float *values, ptrdiff_t count) {
  float largest = 0;
  for (ptrdiff_t i = 0; i < count; i++)
    if (values[i] > largest) largest = values[i];
  for (ptrdiff_t i = 0; i < count; i++) values[i] /= largest;
}

/// Trains a four-parameter logistic curve for each well.
static sp_status train_plate(void) {
  const sp_shape shape = {.depth = 2, .has_biases = 1, .sigmoid = SP_SIGMOID_POLYNOMIAL};
  const float rate = 0.1f;
  scale(hours, READS);
  scale(densities[0], READS * WELLS);
  sp_status status = sp_initialise(shape, WELLS, weights, WELLS, 1, -1, 1);
  for (int pass = 0; status == SP_OK && pass < PASSES; pass++)
    status = sp_train(shape, WELLS, READS, weights, WELLS, hours, 1, 0, densities[0], WELLS, &rate,
                      0, NULL, NULL, NULL);
  add(weights, 4 * WELLS);
  return status;
}

int main(int count, char **arguments) {
  const int by_table = count > 1 && strcmp(arguments[1], "table") == 0;
  const int fits = count > 1 && strcmp(arguments[1], "fit") == 0;
  const int has_plate = count > 1 && !by_table && !fits;
  if (has_plate && !read_plate(arguments[1])) {
    printf("%s is no plate of %d wells and %d reads\n", arguments[1], WELLS, READS);
    return 1;
  }
  const sp_status status = has_plate ? train_plate()
                           : fits    ? fit_all()
                                     : run_all(by_table ? SP_SIGMOID_TABLE : SP_SIGMOID_POLYNOMIAL);
  if (status != SP_OK) {
    printf("%s\n", sp_status_string(status));
    return 1;
  }
  printf("0x%08lx%08lx %s\n", (unsigned long)(digest >> 32), (unsigned long)(digest & 0xFFFFFFFF),
         sp_build_description());
  return 0;
}
