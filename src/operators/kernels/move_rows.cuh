// Moving rows as they are, whatever they hold: a warp copies a row, 16 bytes a lane where rows lie so.
#pragma once

#include "operators/arithmetic.cuh"
#include "operators/views.h"

namespace weft {

/** Rows that a block moves, and its threads: a warp takes every fourth. */
inline constexpr int kMovedRows = 32;
inline constexpr int kMoveThreads = 128;

/** Threads that move so many rows: a warp for few, so that its barriers cost little. */
inline unsigned move_threads(const Launch& launch) {
  return launch.rows() <= 64 ? 32 : kMoveThreads;
}

inline dim3 move_grid(const Launch& launch) {
  return dim3(static_cast<unsigned>(ceil_divide(launch.rows(), kMovedRows)));
}

template <class Word>
__device__ void copy_words(std::byte* to, const std::byte* from, std::int64_t bytes, int lane) {
  const int words = static_cast<int>(bytes / static_cast<std::int64_t>(sizeof(Word)));
  for (int i = lane; i < words; i += 32) {
    reinterpret_cast<Word*>(to)[i] = reinterpret_cast<const Word*>(from)[i];
  }
}

/** Copies `bytes`, an even number, by a warp. */
__device__ inline void copy_bytes(std::byte* to, const std::byte* from, std::int64_t bytes, int lane) {
  const std::uintptr_t ends = reinterpret_cast<std::uintptr_t>(to) | reinterpret_cast<std::uintptr_t>(from) |
    static_cast<std::uintptr_t>(bytes);
  if (ends % 16 == 0) {
    copy_words<uint4>(to, from, bytes, lane);
  } else if (ends % 4 == 0) {
    copy_words<unsigned>(to, from, bytes, lane);
  } else {
    copy_words<unsigned short>(to, from, bytes, lane);
  }
}

}  // namespace weft
