/** Which words the running launch has read and written: a byte for each word of tracked memory, and a list of touched pages. */
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace weft::emulation {

constexpr std::size_t kMarksOfPage = 1024;

/** Reserves marks for the region, which must be there. */
void reserve_marks();

std::vector<std::uint32_t>& marked_pages();
std::uint8_t* marks_of(std::uint32_t page);
void forget_marks(std::uint32_t page);

/** While a kernel runs its accesses are marked; at other times they are the host's, and judged at once. */
void mark_accesses(bool of_kernel);

/** An access by code that is not instrumented itself, such as memcpy. */
void note_access(const void* at, std::size_t bytes, bool writes, const void* code);

/** For its lifetime, accesses by the emulation itself are nobody's. */
class Quiet {
 public:
  Quiet();
  ~Quiet();
};

}  // namespace weft::emulation
