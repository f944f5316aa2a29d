#include "emulation/region.h"

#include <sys/mman.h>

#include <cstring>
#include <new>

#include "emulation/marks.h"

namespace weft::emulation {

namespace {
constexpr const char* kKindNames[] = {"device memory", "pinned memory"};
}  // namespace

void* reserve(std::size_t bytes, std::uintptr_t at) {
  const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | (at == 0 ? 0 : MAP_FIXED_NOREPLACE);
  void* memory = mmap(reinterpret_cast<void*>(at), bytes, PROT_READ | PROT_WRITE, flags, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  return memory;
}

Region::Region() {
  owners_ = static_cast<std::uint32_t*>(reserve(kRegionBytes / kPage * sizeof(std::uint32_t)));
  reserve(kRegionBytes, kRegionBegin);
}

void* Region::allocate(std::size_t bytes, int rank, MemoryKind kind) {
  // A page of nobody's behind each, so that running over the end does not end up in the next.
  const std::size_t pages = (bytes + kPage - 1) / kPage + 1;
  if (used_ + pages * kPage > kRegionBytes) return nullptr;
  auto* begin = reinterpret_cast<std::byte*>(kRegionBegin + used_);
  allocations_.push_back({begin, bytes, rank, kind, false, current_site()});
  for (std::size_t page = 0; page + 1 < pages; ++page) {
    owners_[used_ / kPage + page] = static_cast<std::uint32_t>(allocations_.size());
  }
  used_ += pages * kPage;
  poison(begin, bytes);
  return begin;
}

void Region::free(Allocation& allocation) {
  allocation.freed = true;
  madvise(allocation.begin, allocation.bytes, MADV_DONTNEED);
}

Allocation* Region::find(const void* at) {
  if (!contains(at)) return nullptr;
  const std::size_t page = (reinterpret_cast<std::uintptr_t>(at) - kRegionBegin) / kPage;
  return owners_[page] == 0 ? nullptr : &allocations_[owners_[page] - 1];
}

void poison(void* at, std::size_t bytes) {
  const Quiet quiet;
  std::memset(at, 0xff, bytes);
}

std::string describe(const Allocation& allocation, const void* at) {
  const auto offset = static_cast<const std::byte*>(at) - allocation.begin;
  return std::string(kKindNames[static_cast<int>(allocation.kind)]) + " of rank " +
    std::to_string(allocation.rank) + ", byte " + std::to_string(offset) + " of the " +
    std::to_string(allocation.bytes) + " allocated " + describe(allocation.site) +
    (allocation.freed ? ", freed since" : "");
}

}  // namespace weft::emulation
