#include "emulation/fiber.h"

#include <sys/mman.h>

#include <cstdint>
#include <cstdlib>
#include <new>

#if !defined(__x86_64__)
#include <ucontext.h>
#endif

namespace weft::emulation {

namespace {
// Kernels keep little on their stacks; pages that are never touched cost nothing.
constexpr std::size_t kStackBytes = 128 * 1024;

void* map_stack() {
  void* memory =
    mmap(nullptr, kStackBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  return memory;
}
}  // namespace

#if defined(__x86_64__)

// Saves the registers that a call must preserve on the stack, and changes stacks.
extern "C" void weft_emulation_switch(void** save, void* to);
asm(R"(
.text
.type weft_emulation_switch, @function
weft_emulation_switch:
  pushq %rbp
  pushq %rbx
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  movq %rsp, (%rdi)
  movq %rsi, %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbx
  popq %rbp
  ret
.size weft_emulation_switch, .-weft_emulation_switch
)");

void Context::switch_to(Context& other) {
  weft_emulation_switch(&saved_, other.saved_);
}

Fiber::Fiber(Body body) : memory_(map_stack()) {
  auto* top = reinterpret_cast<std::uintptr_t*>(static_cast<char*>(memory_) + kStackBytes);
  // The stack as a switch leaves it: six registers, where to return to, and a return address that is never used; at the
  // first instruction of `body` that is 8 bytes off a multiple of 16, as functions expect who keep vectors on the stack.
  *--top = 0;
  *--top = reinterpret_cast<std::uintptr_t>(body);
  for (int i = 0; i < 6; ++i) *--top = 0;
  saved_ = top;
}

Fiber::~Fiber() {
  munmap(memory_, kStackBytes);
}

#else

void Context::switch_to(Context& other) {
  ucontext_t here;
  saved_ = &here;
  swapcontext(&here, static_cast<ucontext_t*>(other.saved_));
}

Fiber::Fiber(Body body) : memory_(map_stack()) {
  auto* context = new (memory_) ucontext_t;
  getcontext(context);
  context->uc_stack.ss_sp = static_cast<char*>(memory_) + sizeof(ucontext_t);
  context->uc_stack.ss_size = kStackBytes - sizeof(ucontext_t);
  context->uc_link = nullptr;
  makecontext(context, body, 0);
  saved_ = context;
}

Fiber::~Fiber() {
  munmap(memory_, kStackBytes);
}

#endif

}  // namespace weft::emulation
