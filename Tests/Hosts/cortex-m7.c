// Start-up code of a Cortex-M7: switches the floating-point unit on, then starts newlib.
#include <stdint.h>

extern char stack_top[];
void _start(void);

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

static const struct {
  char *stack;
  void (*handlers[15])(void);
} vectors __attribute__((section(".vectors"), used)) = {
    stack_top, {reset, halt, halt, halt, halt, halt}};
