// The floating-point control word. The kernel's arithmetic is IEEE's default: round to nearest, no
// traps, subnormals kept. A host may run with another state; it gets its own back, flags included.

#ifndef SINGLE_PATH_FLOAT_STATE_H
#define SINGLE_PATH_FLOAT_STATE_H

#include <stdint.h>

#if defined(__x86_64__)

static inline uint32_t sp_float_state_enter(void) {
  uint32_t host, standard = 0x1F80;  // all exceptions masked, nearest, no flush to zero
  __asm__ volatile("stmxcsr %0" : "=m"(host)::"memory");
  __asm__ volatile("ldmxcsr %0" ::"m"(standard) : "memory");
  return host;
}

static inline void sp_float_state_leave(uint32_t host) {
  __asm__ volatile("ldmxcsr %0" ::"m"(host) : "memory");
}

#elif defined(__aarch64__)

static inline uint32_t sp_float_state_enter(void) {
  uint64_t control, status;
  __asm__ volatile("mrs %0, fpcr" : "=r"(control)::"memory");
  __asm__ volatile("mrs %0, fpsr" : "=r"(status)::"memory");
  __asm__ volatile("msr fpcr, %0" ::"r"((uint64_t)0) : "memory");
  return (uint32_t)control | (uint32_t)(status & 0x1F);  // control has bits 8 and up, flags below
}

static inline void sp_float_state_leave(uint32_t host) {
  __asm__ volatile("msr fpcr, %0" ::"r"((uint64_t)(host & ~0x1Fu)) : "memory");
  __asm__ volatile("msr fpsr, %0" ::"r"((uint64_t)(host & 0x1Fu)) : "memory");
}

#elif defined(__arm__) && defined(__ARM_FP)

static inline uint32_t sp_float_state_enter(void) {
  uint32_t host;
  __asm__ volatile("vmrs %0, fpscr" : "=r"(host)::"memory");
  __asm__ volatile("vmsr fpscr, %0" ::"r"(0) : "memory");
  return host;
}

static inline void sp_float_state_leave(uint32_t host) {
  __asm__ volatile("vmsr fpscr, %0" ::"r"(host) : "memory");
}

#else

static inline uint32_t sp_float_state_enter(void) { return 0; }
static inline void sp_float_state_leave(uint32_t host) { (void)host; }

#endif

#endif
