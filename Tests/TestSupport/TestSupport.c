#include "TestSupport.h"

#if defined(__x86_64__)

uint64_t ts_float_state(void) {
  uint32_t state;
  __asm__ volatile("stmxcsr %0" : "=m"(state));
  return state;
}
void ts_set_float_state(uint64_t state) {
  uint32_t word = (uint32_t)state;
  __asm__ volatile("ldmxcsr %0" ::"m"(word));
}
// Flush to zero, round up, exceptions masked, denormals are zero, underflow flag raised.
uint64_t ts_unusual_float_state(void) { return 0x8000 | 0x4000 | 0x1F80 | 0x0040 | 0x0010; }
uint64_t ts_trapping_float_state(void) { return 0x0000; }

#elif defined(__aarch64__)

uint64_t ts_float_state(void) {
  uint64_t control, status;
  __asm__ volatile("mrs %0, fpcr" : "=r"(control));
  __asm__ volatile("mrs %0, fpsr" : "=r"(status));
  return control << 32 | status;
}
void ts_set_float_state(uint64_t state) {
  __asm__ volatile("msr fpcr, %0" ::"r"(state >> 32));
  __asm__ volatile("msr fpsr, %0" ::"r"(state & 0xFFFFFFFF));
}
// Flush to zero, round up, underflow flag raised.
uint64_t ts_unusual_float_state(void) { return (uint64_t)(1u << 24 | 1u << 22) << 32 | 0x8; }
uint64_t ts_trapping_float_state(void) { return 0; }

#endif
