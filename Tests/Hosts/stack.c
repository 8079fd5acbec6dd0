// How much of the stack the calls take: every function of the header, with every shape. It switches to a stack
// of its own for each call, so that the rest of the program does not count.
//
//   stack         on a painted stack, with each option alone and all together, at the largest depth in every
//                 combination: prints the most that a call of each kind took, and of all; fails if less than
//                 1 KiB is left of SP_STACK_BYTES
//   stack BYTES   on a stack of so many bytes, below which there is no memory, without options and with all:
//                 dies if the bytes are too few
#define _DEFAULT_SOURCE  // mmap without a file
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__linux__)
#include <sys/mman.h>
#endif

#include "single_path.h"

enum { COUNT = 37, MANY = 2100, FRAMES = 3, DEPTH = 8, MARGIN = 1024 };

static float parameters[2 * DEPTH * MANY], best[2 * DEPTH * MANY];
static float inputs[FRAMES * MANY], targets[FRAMES * MANY], weights[FRAMES * MANY];
static float rows[(SP_EXAMINED_ROWS + 2 * DEPTH) * MANY], rates[MANY], best_costs[MANY], marks[MANY];
static float lower[2 * DEPTH], upper[2 * DEPTH];
static uint32_t lengths[MANY], ages[MANY];
static uint8_t verdicts[MANY];
static const uint16_t frozen = 2, all_but_one = 0xFFFE;

// MARK: One call

enum kind { TRAIN, PREDICT, COST, EXAMINE, INITIALISE, REVIEW, FIT, OTHERS, KINDS };
static const char *const names[KINDS] = {"sp_train",      "sp_predict", "sp_cost", "sp_examine",
                                         "sp_initialise", "sp_review",  "sp_fit",  "others"};

/// What the next call is given; static, so that it takes nothing of the stack.
static struct {
  enum kind kind;
  sp_shape shape;
  ptrdiff_t count;
  sp_options options;
  int32_t gradients;
  sp_fitting fitting;
  sp_status status;
} call;

static void call_the_others(void) {
  static ptrdiff_t counts[SP_VERDICT_COUNT], paths[MANY], found;
  if (sp_version() != SP_VERSION || !sp_build_description() || !sp_status_string(SP_OK)) abort();
  call.status = sp_parameter_count(call.shape) > 0 ? SP_OK : SP_ERROR_SHAPE;
  if (call.status == SP_OK) call.status = sp_count_verdicts(verdicts, call.count, counts);
  if (call.status == SP_OK)
    call.status = sp_list_paths(verdicts, call.count, SP_VERDICT_TRAINED, paths, MANY, &found);
}

static void make_call(void) {
  static const sp_rules rules = {.relative_tolerance = 1e-3f, .patience = 2, .retreat_threshold = 1};
  static ptrdiff_t diverged;
  const sp_shape shape = call.shape;
  const ptrdiff_t n = call.count;
  switch (call.kind) {
    case TRAIN:
      call.status = sp_train(shape, n, FRAMES, parameters, n, inputs, n, 1, targets, n, rates, 1,
                             verdicts, &diverged, &call.options);
      break;
    case PREDICT:
      call.status = sp_predict(shape, n, FRAMES, parameters, n, inputs, n, 1, rows, n);
      break;
    case COST:
      call.status = sp_cost(shape, n, FRAMES, parameters, n, inputs, n, 1, targets, n, rows,
                            &call.options);
      break;
    case EXAMINE:
      call.status = sp_examine(shape, n, FRAMES, parameters, n, inputs, n, 1, targets, n, rows, n,
                               call.gradients, &call.options);
      break;
    case INITIALISE:
      call.status = sp_initialise(shape, n, parameters, n, 1, -1, 1);
      break;
    case REVIEW:
      call.status = sp_review(shape, n, rows, n, &rules, best_costs, marks, ages, verdicts, rates,
                              parameters, n, best, n);
      break;
    case FIT:
      call.status = sp_fit(shape, n, FRAMES, parameters, n, inputs, n, 1, targets, n, verdicts, rows, n,
                           &call.fitting, &call.options);
      break;
    default: call_the_others();
  }
}

// MARK: The stack of the calls

static char painted[SP_STACK_BYTES + (1 << 14)] __attribute__((aligned(64)));
static char *bottom, *top;
static int is_painted;

/// Makes the call with the stack pointer at the top of its own stack.
static void make_call_on_its_stack(void) {
#if defined(__x86_64__)
  __asm__ volatile("mov %%rsp, %%rbx\n\tmov %0, %%rsp\n\tcall *%1\n\tmov %%rbx, %%rsp"
                   :
                   : "r"(top), "r"(make_call)
                   : "rbx", "rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "xmm0",
                     "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10",
                     "xmm11", "xmm12", "xmm13", "xmm14", "xmm15", "cc", "memory");
#elif defined(__aarch64__)
  __asm__ volatile("mov x19, sp\n\tmov sp, %0\n\tblr %1\n\tmov sp, x19"
                   :
                   : "r"(top), "r"(make_call)
                   : "x19", "x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11",
                     "x12", "x13", "x14", "x15", "x16", "x17", "x18", "x30", "v0", "v1", "v2", "v3",
                     "v4", "v5", "v6", "v7", "v16", "v17", "v18", "v19", "v20", "v21", "v22", "v23",
                     "v24", "v25", "v26", "v27", "v28", "v29", "v30", "v31", "cc", "memory");
#elif defined(__arm__)
  __asm__ volatile("mov r4, sp\n\tmov sp, %0\n\tblx %1\n\tmov sp, r4"
                   :
                   : "r"(top), "r"(make_call)
                   : "r4", "r0", "r1", "r2", "r3", "r12", "lr", "s0", "s1", "s2", "s3", "s4", "s5",
                     "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15", "cc", "memory");
#else
#error "tell here how this machine's stack pointer is set"
#endif
}

static const uint64_t untouched = 0xA5C35A3CA5C35A3C;

static void paint(char *from) {
  for (; from < top; from += sizeof untouched) memcpy(from, &untouched, sizeof untouched);
}

/// The lowest place that was written.
static char *lowest(void) {
  char *word = bottom;
  while (word < top && memcmp(word, &untouched, sizeof untouched) == 0) word += sizeof untouched;
  return word;
}

static long most;
static struct {
  long bytes;
  char of[200];
} most_of[KINDS];

static void describe(char *text, size_t size) {
  const sp_options *const o = &call.options;
  snprintf(text, size, "depth %d%s, sigmoid %d, hidden %d, output %d, cost %d%s%s%s%s%s%s%s%s",
           (int)call.shape.depth, call.shape.has_biases ? " with biases" : "",
           (int)call.shape.sigmoid, (int)call.shape.hidden, (int)call.shape.output,
           (int)call.shape.cost, o->weights ? ", weights" : "", o->lengths ? ", lengths" : "",
           o->batch > 1 ? ", batch" : "", o->gradient_limit > 0 ? ", limit" : "",
           o->frozen ? ", frozen" : "", o->lower ? ", bounds" : "",
           call.gradients ? ", gradients" : "", call.count == MANY ? ", many paths" : "");
}

/// Makes a call of the kind, and looks how far down it wrote.
static void try_call(enum kind kind) {
  call.kind = kind;
  make_call_on_its_stack();
  if (call.status != SP_OK) {
    printf("%s: %s\n", names[kind], sp_status_string(call.status));
    exit(1);
  }
  if (!is_painted) return;
  char *const end = lowest();
  const long bytes = (long)(top - end);
  paint(end);
  if (bytes > most_of[kind].bytes) {
    most_of[kind].bytes = bytes;
    describe(most_of[kind].of, sizeof most_of[kind].of);
  }
  if (bytes > most) most = bytes;
}

static void set_options(int chosen) {
  call.options = (sp_options){0};
  if (chosen & 1) {
    call.options.weights = weights;
    call.options.weight_stride = call.count;
    call.options.weight_step = 1;
  }
  if (chosen & 2) call.options.lengths = lengths;
  if (chosen & 4) call.options.batch = 2;
  if (chosen & 8) call.options.gradient_limit = 1;
  if (chosen & 16) call.options.frozen = &frozen;
  if (chosen & 32) {
    call.options.lower = lower;
    call.options.upper = upper;
    call.options.bound_stride = 1;
  }
}

/// Whether the options are chosen for the shape, of which there are combinations up to all.
static int is_tried(int chosen, int all) {
  if (chosen == 0 || chosen == all) return 1;
  return is_painted && (call.shape.depth == SP_DEPTHS || (chosen & (chosen - 1)) == 0);
}

/// Fits the shape, from both kinds of start, with one free parameter: so few samples are enough for that. One
/// pass takes as much of the stack as many, and starts are drawn by the same functions at every depth.
static void try_fits_of_shape(void) {
  for (int given = call.shape.depth != 3; given < 2; given++) {
    set_options(given ? 3 : 0);
    call.options.frozen = &all_but_one;
    call.fitting = (sp_fitting){.start = given, .standard_errors = 1, .max_passes = 1};
    try_call(FIT);
  }
}

static void try_shape(sp_shape shape, ptrdiff_t count) {
  call.shape = shape;
  call.count = count;
  call.gradients = 0;
  set_options(0);
  try_call(INITIALISE);
  try_call(PREDICT);
  for (int chosen = 0; chosen < 64; chosen++) {
    if (!is_tried(chosen, 63)) continue;
    set_options(chosen);
    try_call(TRAIN);
  }
  for (int chosen = 0; chosen < 4; chosen++) {
    if (!is_tried(chosen, 3)) continue;
    set_options(chosen);
    call.gradients = 0;
    try_call(COST);
    try_call(EXAMINE);
    call.gradients = 1;
    try_call(EXAMINE);
  }
  try_fits_of_shape();
  try_call(REVIEW);
  try_call(OTHERS);
}

/// Fits the shape of four-parameter logistic curves, from both kinds of start.
static void try_fits(ptrdiff_t count) {
  call.shape = (sp_shape){.depth = 2, .has_biases = 1};
  call.count = count;
  call.gradients = 0;
  for (int way = 0; way < 16; way++) {
    try_call(INITIALISE);
    set_options(way & 3);
    call.fitting = (sp_fitting){.start = way >> 2 & 1, .standard_errors = way >> 3};
    try_call(FIT);
  }
}

static void try_depth(int32_t depth, ptrdiff_t count) {
  sp_shape shape = {.depth = depth, .threshold = 1};
  for (shape.has_biases = 0; shape.has_biases < 2; shape.has_biases++)
    for (shape.output = 0; shape.output < SP_OUTPUT_COUNT; shape.output++)
      for (shape.cost = 0; shape.cost < SP_COST_COUNT; shape.cost++)
        for (shape.hidden = 0; shape.hidden < SP_HIDDEN_COUNT; shape.hidden++)
          for (shape.sigmoid = 0; shape.sigmoid < SP_SIGMOID_COUNT; shape.sigmoid++)
            if (shape.sigmoid == 0 || shape.hidden == SP_HIDDEN_SIGMOID || shape.output == SP_OUTPUT_SIGMOID)
              try_shape(shape, count);
}

static void fill(void) {
  for (int i = 0; i < FRAMES * MANY; i++) {
    inputs[i] = (float)(i % 17) / 8 - 1;
    targets[i] = (float)(i % 13) / 13;
    weights[i] = (float)(i % 3);
  }
  for (int i = 0; i < MANY; i++) {
    lengths[i] = (uint32_t)(i % (FRAMES + 1));
    rates[i] = 0.1f;
    best_costs[i] = marks[i] = 1;
  }
  for (int p = 0; p < 2 * DEPTH; p++) lower[p] = -(upper[p] = 2);
}

/// Takes a stack of so many bytes with nothing below it.
static int guard(size_t bytes) {
#if defined(__linux__)
  const size_t nothing = 1 << 18, room = (bytes + 0xFFFF) & ~(size_t)0xFFFF;
  char *const memory =
      mmap(NULL, nothing + room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED || mprotect(memory, nothing, PROT_NONE) != 0) return 0;
  bottom = memory + nothing;
  top = bottom + bytes / 16 * 16;
  return 1;
#else
  (void)bytes;
  return 0;
#endif
}

int main(int count, char **arguments) {
  is_painted = count < 2;
  if (is_painted) {
    bottom = painted;
    top = painted + sizeof painted;
    paint(bottom);
  } else if (!guard((size_t)atol(arguments[1]))) {
    printf("no guarded stack of %s bytes\n", arguments[1]);
    return 1;
  }
  fill();
  for (int32_t depth = SP_DEPTHS; depth >= 1; depth--) try_depth(depth, COUNT);
  try_fits(COUNT);
  // More than one block of paths.
  try_fits(MANY);
  try_shape((sp_shape){.depth = SP_DEPTHS, .has_biases = 1}, MANY);
  for (int kind = 0; is_painted && kind < KINDS; kind++)
    printf("  %s: %ld bytes (%s)\n", names[kind], most_of[kind].bytes, most_of[kind].of);
  if (is_painted) printf("%ld bytes of the stack at most, ", most);
  printf("SP_STACK_BYTES %ld, %s\n", (long)SP_STACK_BYTES, sp_build_description());
  return most + MARGIN > (long)SP_STACK_BYTES;
}
