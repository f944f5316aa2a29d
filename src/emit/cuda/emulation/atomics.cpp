/** Atomic operations of code compiled with -fsanitize=thread, which calls these instead. The strongest order suits all. */
#include <cstdint>

#define WEFT_FETCH(bits, name)                                       \
  std::uint##bits##_t __tsan_atomic##bits##_fetch_##name(            \
    volatile std::uint##bits##_t* at, std::uint##bits##_t value, int \
  ) {                                                                \
    return __atomic_fetch_##name(at, value, __ATOMIC_SEQ_CST);       \
  }

#define WEFT_ATOMICS(bits)                                                                               \
  std::uint##bits##_t __tsan_atomic##bits##_load(const volatile std::uint##bits##_t* at, int) {          \
    return __atomic_load_n(at, __ATOMIC_SEQ_CST);                                                        \
  }                                                                                                      \
  void __tsan_atomic##bits##_store(volatile std::uint##bits##_t* at, std::uint##bits##_t value, int) {   \
    __atomic_store_n(at, value, __ATOMIC_SEQ_CST);                                                       \
  }                                                                                                      \
  std::uint##bits##_t __tsan_atomic##bits##_exchange(                                                    \
    volatile std::uint##bits##_t* at, std::uint##bits##_t value, int                                     \
  ) {                                                                                                    \
    return __atomic_exchange_n(at, value, __ATOMIC_SEQ_CST);                                             \
  }                                                                                                      \
  WEFT_FETCH(bits, add)                                                                                  \
  WEFT_FETCH(bits, sub)                                                                                  \
  WEFT_FETCH(bits, and)                                                                                  \
  WEFT_FETCH(bits, or)                                                                                   \
  WEFT_FETCH(bits, xor)                                                                                  \
  WEFT_FETCH(bits, nand)                                                                                 \
  int __tsan_atomic##bits##_compare_exchange_strong(                                                     \
    volatile std::uint##bits##_t* at, std::uint##bits##_t* expected, std::uint##bits##_t value, int, int \
  ) {                                                                                                    \
    return __atomic_compare_exchange_n(at, expected, value, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);  \
  }                                                                                                      \
  int __tsan_atomic##bits##_compare_exchange_weak(                                                       \
    volatile std::uint##bits##_t* at, std::uint##bits##_t* expected, std::uint##bits##_t value, int, int \
  ) {                                                                                                    \
    return __atomic_compare_exchange_n(at, expected, value, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);  \
  }

extern "C" {
WEFT_ATOMICS(8)
WEFT_ATOMICS(16)
WEFT_ATOMICS(32)
WEFT_ATOMICS(64)

void __tsan_atomic_thread_fence(int) {
  __atomic_thread_fence(__ATOMIC_SEQ_CST);
}
void __tsan_atomic_signal_fence(int) {
  __atomic_signal_fence(__ATOMIC_SEQ_CST);
}
}
