#include "TestSupport.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

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
uint64_t ts_flushing_float_state(void) { return 0x8000 | 0x1F80 | 0x0040; }

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
uint64_t ts_flushing_float_state(void) { return (uint64_t)(1u << 24) << 32; }

#endif

typedef struct {
  void (*body)(size_t, void *);
  void *context;
  atomic_int go;  // 0: wait, 1: run, -1: leave
} crowd;

typedef struct {
  crowd *crowd;
  size_t number;
  pthread_t thread;
} member;

static void *run(void *argument) {
  member *const self = argument;
  int go;
  while (!(go = atomic_load_explicit(&self->crowd->go, memory_order_relaxed))) sched_yield();
  if (go > 0) self->crowd->body(self->number, self->crowd->context);
  return NULL;
}

size_t ts_run_on_threads(size_t count, void (*body)(size_t, void *), void *context) {
  crowd all = {body, context, 0};
  member *const members = malloc(count * sizeof *members);
  if (!members) return count;
  size_t started = 0;
  for (; started < count; started++) {
    members[started].crowd = &all;
    members[started].number = started;
    if (pthread_create(&members[started].thread, NULL, run, &members[started])) break;
  }
  atomic_store_explicit(&all.go, started == count ? 1 : -1, memory_order_relaxed);
  for (size_t i = 0; i < started; i++) pthread_join(members[i].thread, NULL);
  free(members);
  return count - started;
}
