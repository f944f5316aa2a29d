// How a copy lies in memory: the values of a row, words that say which pairs it stands for, and for Fp8 the
// scales.
#pragma once

#include "operators/arithmetic.cuh"
#include "operators/views.h"

namespace weft {

/** Experts of a token for which kernels have room. */
inline constexpr int kMostTopK = 64;

struct CopyFormat {
  std::int64_t bytes;
  std::int64_t scale_begin;  // bytes from a copy's begin to its scales
  std::int64_t value_bytes;
  std::int64_t row_bytes;  // of its row without tags
  int top_k;
  int tags;
};

/** `width` is that of the values alone. */
template <class D>
CopyFormat format_of_copies(Rows<D> copies, int width, int top_k, int tags) {
  constexpr std::int64_t kElement = sizeof(D);
  return {
    row_bytes<D>(copies.width), copies.width * kElement, width * kElement, row_bytes<D>(width), top_k, tags
  };
}

/** Tags are words of 4 bytes, but rows of 2-byte elements may have them at any even address. */
__device__ inline Index read_tag(const std::byte* copy, const CopyFormat& format, int tag) {
  const auto* const halves = reinterpret_cast<const unsigned short*>(copy + format.value_bytes) + 2 * tag;
  return halves[0] | static_cast<Index>(halves[1]) << 16;
}

__device__ inline void write_tag(std::byte* copy, const CopyFormat& format, int tag, Index word) {
  auto* const halves = reinterpret_cast<unsigned short*>(copy + format.value_bytes) + 2 * tag;
  halves[0] = static_cast<unsigned short>(word & 0xffffu);
  halves[1] = static_cast<unsigned short>(word >> 16);
}

}  // namespace weft
