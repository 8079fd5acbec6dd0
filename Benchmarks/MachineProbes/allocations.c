// Stands before the C library's allocator for the whole process and counts what goes through.

#include "MachineProbes.h"

#include <stdlib.h>  // defines __GLIBC__ where it is

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1  // the sanitizers bring an allocator of their own
#endif
#endif

#if defined(__GLIBC__) && !defined(SANITIZED)

#include <errno.h>
#include <stdatomic.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static atomic_long allocations;
static _Thread_local long allocations_of_thread;

static void count_one(void) {
  allocations_of_thread++;
  atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed);
}

void *malloc(size_t size) {
  count_one();
  return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
  count_one();
  return __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size) {
  count_one();
  return __libc_realloc(memory, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  count_one();
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
  count_one();
  void *const got = __libc_memalign(alignment, size);
  if (!got) return ENOMEM;
  *memory = got;
  return 0;
}

long mp_allocations(void) { return atomic_load_explicit(&allocations, memory_order_relaxed); }
long mp_allocations_of_thread(void) { return allocations_of_thread; }

#else

long mp_allocations(void) { return -1; }
long mp_allocations_of_thread(void) { return -1; }

#endif
