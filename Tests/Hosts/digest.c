// A host in C: repeats the run that DigestTests.swift describes and prints the digest of every bit of
// its results. Freestanding but for printf, so that small machines run it too.
#include <stdio.h>
#include <string.h>

#include "single_path.h"

#define COUNT 67
#define FRAMES 9

static float parameters[16 * COUNT], inputs[FRAMES * COUNT], targets[FRAMES * COUNT];
static float outputs[FRAMES * COUNT], costs[COUNT];
static uint8_t verdicts[COUNT];

static uint32_t state = 1;
static uint64_t digest = 0xCBF29CE484222325;

static void fill(float *values, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) {
    state = state * 1664525u + 1013904223u;
    values[i] = (float)((int32_t)(state >> 8) - 0x800000) * 0x1p-22f;
  }
}

static void add_byte(uint8_t byte) { digest = (digest ^ byte) * 0x100000001B3; }

static void add(const float *values, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) {
    uint32_t bits;
    memcpy(&bits, &values[i], sizeof bits);
    for (int shift = 0; shift < 32; shift += 8) add_byte((uint8_t)(bits >> shift));
  }
}

static void put_bits(float *value, uint32_t bits) { memcpy(value, &bits, sizeof bits); }

static sp_status run(sp_shape shape) {
  const ptrdiff_t planes = sp_parameter_count(shape);
  const float rate = 0.25f;
  fill(parameters, planes * COUNT);
  fill(inputs, FRAMES * COUNT);
  fill(targets, FRAMES * COUNT);
  for (ptrdiff_t i = 0; i < FRAMES * COUNT; i += 11) put_bits(&targets[i], 0x7FC00000);
  put_bits(&inputs[5], 0x7F800000);
  sp_status status = sp_train(shape, COUNT, FRAMES, parameters, COUNT, inputs, COUNT, 1, targets,
                              COUNT, &rate, 0, verdicts, NULL);
  if (status == SP_OK)
    status = sp_predict(shape, COUNT, FRAMES, parameters, COUNT, inputs, COUNT, 1, outputs, COUNT);
  if (status == SP_OK)
    status = sp_cost(shape, COUNT, FRAMES, parameters, COUNT, inputs, COUNT, 1, targets, COUNT, costs);
  add(parameters, planes * COUNT);
  for (ptrdiff_t i = 0; i < COUNT; i++) add_byte(verdicts[i]);
  add(outputs, FRAMES * COUNT);
  add(costs, COUNT);
  return status;
}

int main(void) {
  for (int32_t depth = 1; depth <= 8; depth++) {
    for (int32_t biases = 0; biases <= 1; biases++) {
      const sp_status status = run((sp_shape){.depth = depth, .has_biases = biases});
      if (status != SP_OK) {
        printf("depth %d: %s\n", (int)depth, sp_status_string(status));
        return 1;
      }
    }
  }
  printf("0x%08lx%08lx %s\n", (unsigned long)(digest >> 32), (unsigned long)(digest & 0xFFFFFFFF),
         sp_build_description());
  return 0;
}
