// Runs kernels on a host, one block at a time: each thread of a block is a fiber, and a barrier
// hands over to the next one. Slow, and meant for tests of values alone.
#include <cstdint>
#include <cstring>
#ifndef __x86_64__
#include <ucontext.h>
#endif
#include <vector>

struct dim3 { unsigned x, y, z; };
dim3 threadIdx, blockIdx, blockDim, gridDim;
unsigned host_thread;

namespace {
constexpr size_t STACK = 64 * 1024;
#ifdef __x86_64__
// the registers that a call keeps lie on the stack; the C library's switch asks the kernel each time
typedef void *fiber_t;
extern "C" void host_switch(fiber_t *from, fiber_t to);
asm(".text\n.globl host_switch\nhost_switch:\n"
    "push %rbp\npush %rbx\npush %r12\npush %r13\npush %r14\npush %r15\n"
    "mov %rsp, (%rdi)\nmov %rsi, %rsp\n"
    "pop %r15\npop %r14\npop %r13\npop %r12\npop %rbx\npop %rbp\nret\n");
void hand_over(fiber_t &from, fiber_t &to) { host_switch(&from, to); }
void begin(fiber_t &fiber, char *stack, void (*entry)()) {
  uintptr_t top = ((uintptr_t)stack + STACK) / 16 * 16 - 16;
  *(void **)top = (void *)entry;
  fiber = (void *)(top - 6 * sizeof(void *));
}
#else
typedef ucontext_t fiber_t;
void hand_over(fiber_t &from, fiber_t &to) { swapcontext(&from, &to); }
void begin(fiber_t &fiber, char *stack, void (*entry)()) {
  getcontext(&fiber);
  fiber.uc_stack.ss_sp = stack;
  fiber.uc_stack.ss_size = STACK;
  fiber.uc_link = nullptr;
  makecontext(&fiber, entry, 0);
}
#endif
fiber_t scheduler;
std::vector<fiber_t> fibers;
std::vector<char> stacks;
std::vector<char> done;
uint64_t slots[1024];
void (*body)(void **);
void **arguments;

void place(unsigned t) {
  host_thread = t;
  threadIdx = {t % blockDim.x, t / blockDim.x % blockDim.y, t / (blockDim.x * blockDim.y)};
}

void enter() {
  body(arguments);
  done[host_thread] = 1;
  hand_over(fibers[host_thread], scheduler);
}

// every thread reaches the same barrier before any goes on; a kernel that breaks this is refused
int run_block(unsigned threads) {
  fibers.resize(threads); done.assign(threads, 0); stacks.resize(threads * STACK);
  for (unsigned t = 0; t < threads; t++) begin(fibers[t], &stacks[t * STACK], enter);
  for (;;) {
    unsigned ended = 0;
    for (unsigned t = 0; t < threads; t++) {
      if (!done[t]) {
        place(t);
        hand_over(scheduler, fibers[t]);
      }
      ended += done[t];
    }
    if (ended == threads) return 0;
    if (ended != 0) return 1; // a barrier that some threads never reach
  }
}
} // namespace

extern "C" void host_barrier() { hand_over(fibers[host_thread], scheduler); }

extern "C" void host_exchange(const void *value, void *result, unsigned bytes, unsigned from) {
  memcpy(&slots[host_thread], value, bytes);
  host_barrier();
  memcpy(result, &slots[from], bytes);
  host_barrier();
}

extern "C" unsigned host_ballot(int predicate) {
  slots[host_thread] = predicate != 0;
  host_barrier();
  unsigned all = 0, first = host_thread / 32 * 32;
  for (unsigned lane = 0; lane < 32; lane++) all |= (unsigned)slots[first + lane] << lane;
  host_barrier();
  return all;
}

extern "C" int host_launch(void (*kernel)(void **), int waits, unsigned gx, unsigned gy, unsigned bx, unsigned by, void **args) {
  gridDim = {gx, gy, 1}; blockDim = {bx, by, 1};
  body = kernel; arguments = args;
  unsigned threads = bx * by;
  for (unsigned y = 0; y < gy; y++) for (unsigned x = 0; x < gx; x++) {
    blockIdx = {x, y, 0};
    if (waits) {
      if (run_block(threads)) return 1;
    } else {
      for (unsigned t = 0; t < threads; t++) { place(t); kernel(args); }
    }
  }
  return 0;
}
