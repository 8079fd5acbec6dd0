// Start-up code of a Cortex-M7: switches the floating-point unit on, then starts newlib. Linked with
// --wrap=main, it prints how much memory and stack the program took.
#include <stdint.h>
#include <stdio.h>

extern char code_end[], data_start[], end[], stack_top[];
void _start(void);
int __real_main(int count, char **arguments);
int __wrap_main(int count, char **arguments);

static void halt(void) {
  for (;;) {
  }
}

static void reset(void) {
  volatile uint32_t *const coprocessor_access = (volatile uint32_t *)0xE000ED88;
  *coprocessor_access |= 0xFu << 20;  // full access to coprocessors 10 and 11
  __asm__ volatile("dsb\n\tisb" ::: "memory");
  _start();
}

/// Runs the program on a stack that is filled with a number first: what has another one was used.
int __wrap_main(int count, char **arguments) {
  enum { WATCHED = 1 << 14 };  // words
  static const uint32_t untouched = 0xA5A5A5A5;
  uint32_t *const stack = __builtin_frame_address(0);
  volatile uint32_t *const bottom = stack - WATCHED;
  for (int word = 0; word < WATCHED - 64; word++) bottom[word] = untouched;
  const int result = __real_main(count, arguments);
  int unused = 0;
  while (bottom[unused] == untouched) unused++;
  printf("code and constants %ld bytes, static memory %ld bytes, stack %ld bytes\n",
         (long)(intptr_t)code_end, (long)(end - data_start),
         (long)((WATCHED - unused) * (int)sizeof(uint32_t)));
  return result;
}

static const struct {
  char *stack;
  void (*handlers[15])(void);
} vectors __attribute__((section(".vectors"), used)) = {
    stack_top, {reset, halt, halt, halt, halt, halt}};
