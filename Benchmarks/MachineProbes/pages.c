#include "MachineProbes.h"

#if defined(__linux__)
#define _DEFAULT_SOURCE
#include <sys/mman.h>
#endif

void mp_ask_for_huge_pages(void *memory, size_t bytes) {
#if defined(__linux__)
  madvise(memory, bytes, MADV_HUGEPAGE);
#else
  (void)memory;
  (void)bytes;
#endif
}
