// Prints the digest of two fits, which the package repeats: samples that are nothing but noise, with
// missing ones and an infinite x, and samples of curves. For each, digested are parameters, verdicts and rows.
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "single_path.h"

#define COUNT 67
#define FRAMES 25
#define ROWS (SP_FITTED_ROWS + 4)

static float parameters[4 * COUNT], inputs[FRAMES * COUNT], targets[FRAMES * COUNT], rows[ROWS * COUNT];
static uint8_t verdicts[COUNT];
static uint64_t digest = 0xCBF29CE484222325;
static uint32_t state = 1;

static void add(const void *values, size_t size) {
  for (size_t i = 0; i < size; i++) digest = (digest ^ ((const uint8_t *)values)[i]) * 0x100000001B3;
}

static float number(void) {
  state = state * 1664525u + 1013904223u;
  return (float)((int32_t)(state >> 8) - 0x800000) * 0x1p-22f;
}

static void fill(float *values) {
  for (int i = 0; i < FRAMES * COUNT; i++) values[i] = number();
}

static sp_status fit(void) {
  const sp_shape shape = {.depth = 2, .has_biases = 1};
  const sp_fitting fitting = {.standard_errors = 1};
  memset(parameters, 0, sizeof parameters);
  sp_status status = sp_fit(shape, COUNT, FRAMES, parameters, COUNT, inputs, COUNT, 1, targets, COUNT, verdicts,
                            rows, COUNT, &fitting, NULL);
  add(parameters, sizeof parameters);
  add(verdicts, sizeof verdicts);
  add(rows, sizeof rows);
  return status;
}

int main(void) {
  fill(inputs);
  fill(targets);
  for (int i = 0; i < FRAMES * COUNT; i += 11) targets[i] = NAN;
  inputs[5] = INFINITY;
  sp_status status = fit();
  inputs[5] = 0;
  for (int i = 0; i < FRAMES * COUNT; i++) {
    const float x = inputs[i];
    const float noise = number() * 0x1p-6f;
    targets[i] = x / (1 + fabsf(x)) + noise;
  }
  if (status == SP_OK) status = fit();
  if (status != SP_OK) {
    printf("%s\n", sp_status_string(status));
    return 1;
  }
  printf("0x%08lx%08lx\n", (unsigned long)(digest >> 32), (unsigned long)(digest & 0xFFFFFFFF));
  return 0;
}
