/**
 * The callbacks of -fsanitize=thread, without the sanitizer: the compiler calls one before each access to memory.
 *
 * There are billions of them, hence: one comparison for memory that is not tracked, one more for a word that the launch has
 * touched before.
 */
#include <cstring>
#include <vector>

#include "emulation/host.h"
#include "emulation/marks.h"
#include "emulation/region.h"

namespace weft::emulation {
namespace {

std::uint8_t* const marks = reinterpret_cast<std::uint8_t*>(kMarksBegin);
std::uint8_t* touched = nullptr;
std::vector<std::uint32_t> pages;
bool kernel_runs = false;
int quiet = 0;

constexpr std::uint8_t mark_of(bool writes) {
  return writes ? 2 : 1;
}

void touch_range(const void* at, std::size_t bytes, bool writes, const void* code) {
  if (!Region::contains(at) || bytes == 0 || quiet > 0) return;
  if (!kernel_runs) return host_access(at, bytes, writes, code);
  const std::uintptr_t offset = reinterpret_cast<std::uintptr_t>(at) - kRegionBegin;
  const std::uintptr_t last = (offset + bytes - 1) / 4;
  for (std::uintptr_t word = offset / 4; word <= last; ++word) {
    const std::uintptr_t page = word / kMarksOfPage;
    if (touched[page] == 0) {
      touched[page] = 1;
      pages.push_back(static_cast<std::uint32_t>(page));
    }
    marks[word] = static_cast<std::uint8_t>(marks[word] | mark_of(writes));
  }
}

/** The first touch of some word. It takes the place of the callback on the stack, hence has its return address. */
template <std::size_t bytes, bool writes>
__attribute__((noinline)) void first_touch(const void* at) {
  touch_range(at, bytes, writes, __builtin_return_address(0));
}

template <std::size_t bytes, bool writes>
inline void touch(const void* at) {
  if (__builtin_expect(!Region::contains(at), 1)) return;
  const std::uint8_t* mark = marks + (reinterpret_cast<std::uintptr_t>(at) - kRegionBegin) / 4;
  constexpr std::uint8_t bit = mark_of(writes);
  if constexpr (bytes <= 4) {
    if (mark[0] & bit) return;
  } else if constexpr (bytes == 8) {
    if (mark[0] & mark[1] & bit) return;
  } else {
    if (mark[0] & mark[1] & mark[2] & mark[3] & bit) return;
  }
  first_touch<bytes, writes>(at);
}

}  // namespace

void reserve_marks() {
  reserve(kRegionBytes / 4, kMarksBegin);
  touched = static_cast<std::uint8_t*>(reserve(kRegionBytes / Region::kPage));
}

std::vector<std::uint32_t>& marked_pages() {
  return pages;
}
std::uint8_t* marks_of(std::uint32_t page) {
  return marks + std::size_t{page} * kMarksOfPage;
}

void forget_marks(std::uint32_t page) {
  std::memset(marks_of(page), 0, kMarksOfPage);
  touched[page] = 0;
}

void mark_accesses(bool of_kernel) {
  kernel_runs = of_kernel;
}

void note_access(const void* at, std::size_t bytes, bool writes, const void* code) {
  touch_range(at, bytes, writes, code);
}

Quiet::Quiet() {
  ++quiet;
}
Quiet::~Quiet() {
  --quiet;
}

}  // namespace weft::emulation

using weft::emulation::touch;
using weft::emulation::touch_range;

#define WEFT_CALLBACKS(bytes)                                   \
  void __tsan_read##bytes(void* at) {                           \
    touch<bytes, false>(at);                                    \
  }                                                             \
  void __tsan_write##bytes(void* at) {                          \
    touch<bytes, true>(at);                                     \
  }                                                             \
  void __tsan_unaligned_read##bytes(void* at) {                 \
    touch_range(at, bytes, false, __builtin_return_address(0)); \
  }                                                             \
  void __tsan_unaligned_write##bytes(void* at) {                \
    touch_range(at, bytes, true, __builtin_return_address(0));  \
  }                                                             \
  void __tsan_volatile_read##bytes(void* at) {                  \
    touch<bytes, false>(at);                                    \
  }                                                             \
  void __tsan_volatile_write##bytes(void* at) {                 \
    touch<bytes, true>(at);                                     \
  }

extern "C" {
WEFT_CALLBACKS(1)
WEFT_CALLBACKS(2)
WEFT_CALLBACKS(4)
WEFT_CALLBACKS(8)
WEFT_CALLBACKS(16)

void __tsan_read_range(void* at, unsigned long bytes) {
  touch_range(at, bytes, false, __builtin_return_address(0));
}
void __tsan_write_range(void* at, unsigned long bytes) {
  touch_range(at, bytes, true, __builtin_return_address(0));
}

void __tsan_init() {}
void __tsan_func_entry(void*) {}
void __tsan_func_exit() {}
void __tsan_vptr_update(void**, void*) {}
void __tsan_vptr_read(void**) {}
}
