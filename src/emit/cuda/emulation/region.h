/**
 * Device and pinned memory of all ranks: allocations in one reserved range of addresses.
 *
 * One range, so that instrumented code tells tracked memory from all other by a single comparison. Addresses are never
 * used twice, so that an access to freed memory is known as such.
 */
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "emulation/site.h"

namespace weft::emulation {

enum class MemoryKind { kDevice, kPinned };

struct Allocation {
  std::byte* begin;
  std::size_t bytes;
  int rank;
  MemoryKind kind;
  bool freed;
  SiteId site;

  std::byte* end() const { return begin + bytes; }
};

// Where tracked memory lies. Constants, since every instrumented access asks; addresses so low are free in 64-bit processes
// of any system, and the marks and cells of the detector have places of their own behind it.
constexpr int kRegionBits = 36;
constexpr std::uintptr_t kRegionBytes = std::uintptr_t{1} << kRegionBits;
constexpr std::uintptr_t kRegionBegin = 2 * kRegionBytes;
constexpr std::uintptr_t kMarksBegin = 3 * kRegionBytes;
constexpr std::uintptr_t kCellsBegin = 4 * kRegionBytes;

class Region {
 public:
  static constexpr std::size_t kPage = 4096;

  /** Reserves addresses; nothing is tracked before. */
  Region();

  /** Memory that holds no number: every byte is 0xff. Null where there are no addresses left. */
  void* allocate(std::size_t bytes, int rank, MemoryKind kind);
  void free(Allocation& allocation);

  static bool contains(const void* at) {
    return reinterpret_cast<std::uintptr_t>(at) >> kRegionBits == kRegionBegin >> kRegionBits;
  }
  /** The allocation whose pages `at` lies in, freed ones too; null where there is none. */
  Allocation* find(const void* at);
  const std::vector<Allocation>& allocations() const { return allocations_; }

 private:
  std::size_t used_ = 0;
  std::vector<Allocation> allocations_;
  /** [page] one more than the number of its allocation; 0 for none. */
  std::uint32_t* owners_ = nullptr;
};

/** Reserved and zero, at the address if it is not 0; pages are there once they are touched. @throws std::bad_alloc */
void* reserve(std::size_t bytes, std::uintptr_t at = 0);

/** Marks bytes as those of no number, as memory is before anything has been written. */
void poison(void* at, std::size_t bytes);

/** "device memory of rank 1, byte 64 of 4096 allocated at runtime/rank.cpp:30" */
std::string describe(const Allocation& allocation, const void* at);

}  // namespace weft::emulation
