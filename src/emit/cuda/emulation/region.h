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

/** Where tracked memory lies; read by every instrumented access. */
extern std::uintptr_t region_begin;
extern std::uintptr_t region_bytes;

class Region {
 public:
  static constexpr std::size_t kPage = 4096;

  /** Reserves addresses; nothing is tracked before. */
  Region();

  /** Memory that holds no number: every byte is 0xff. Null where there are no addresses left. */
  void* allocate(std::size_t bytes, int rank, MemoryKind kind);
  void free(Allocation& allocation);

  bool contains(const void* at) const { return reinterpret_cast<std::uintptr_t>(at) - region_begin < region_bytes; }
  /** The allocation whose pages `at` lies in, freed ones too; null where there is none. */
  Allocation* find(const void* at);
  const std::vector<Allocation>& allocations() const { return allocations_; }

 private:
  std::size_t used_ = 0;
  std::vector<Allocation> allocations_;
  /** [page] one more than the number of its allocation; 0 for none. */
  std::uint32_t* owners_ = nullptr;
};

/** Reserved and zero; pages are there once they are touched. @throws std::bad_alloc */
void* reserve(std::size_t bytes);

/** Marks bytes as those of no number, as memory is before anything has been written. */
void poison(void* at, std::size_t bytes);

/** "device memory of rank 1, byte 64 of 4096 allocated at runtime/rank.cpp:30" */
std::string describe(const Allocation& allocation, const void* at);

}  // namespace weft::emulation
