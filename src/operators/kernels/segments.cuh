// Which rows belong to which slot: rows are sorted by slot, and the counts of all sources say how many each
// has.
#pragma once

#include "operators/arithmetic.cuh"
#include "operators/views.h"
#include "runtime/check.h"

namespace weft {

/** Slots of a rank, and sources, for which kernels have room. */
inline constexpr int kMostSlots = 1024;
inline constexpr int kMostSources = 1024;

inline void require(bool holds, const char* what) {
  if (!holds) throw Failure(what);
}

inline void require_room(Segments segments) {
  require(
    segments.slots <= kMostSlots && segments.sources <= kMostSources,
    "default kernels serve at most 1,024 slots of a rank and 1,024 sources"
  );
}

__device__ inline Index count_of(const Segments& segments, int source, int slot) {
  return segments.counts[static_cast<std::int64_t>(source) * segments.stride + segments.first + slot];
}

/** Adds up the rows of each slot; the whole block takes part, and all threads may read `rows` [slots]
 * afterwards. */
__device__ inline void sum_slots(const Segments& segments, Index* rows) {
  for (int slot = static_cast<int>(threadIdx.x); slot < segments.slots; slot += static_cast<int>(blockDim.x))
    rows[slot] = 0;
  __syncthreads();
  const int counts = segments.sources * segments.slots;
  for (int i = static_cast<int>(threadIdx.x); i < counts; i += static_cast<int>(blockDim.x)) {
    atomicAdd(&rows[i % segments.slots], count_of(segments, i / segments.slots, i % segments.slots));
  }
  __syncthreads();
}

/** Rows [begin, end) of one slot. */
struct RowTile {
  int slot;
  int begin;
  int end;
};

/** Tiles of `tile_rows` rows for any counts: each slot but the last may end in a part of one. */
inline int most_tiles(const Launch& launch, const Segments& segments, int tile_rows) {
  const int whole = ceil_divide(launch.rows(), tile_rows);
  return segments.slots == 0 ? whole : smaller(launch.rows(), whole + segments.slots - 1);
}

/** The tile of a launch's rows with this index; an empty one behind the last. The whole block takes part. */
__device__ inline RowTile find_tile(
  const Segments& segments, int row_begin, int row_end, int index, int tile_rows
) {
  if (segments.slots == 0) {
    const int begin = row_begin + index * tile_rows;
    return {0, begin, smaller(begin + tile_rows, row_end)};
  }
  __shared__ Index rows[kMostSlots];
  sum_slots(segments, rows);
  std::int64_t slot_end = 0;
  for (int slot = 0; slot < segments.slots; ++slot) {
    const std::int64_t slot_begin = slot_end;
    slot_end += rows[slot];
    // The last slot has all rows that are left. Counts that nobody has written yet may be anything: no row is
    // outside the launch.
    if (slot + 1 == segments.slots) slot_end = row_end;
    const int begin =
      static_cast<int>(smaller<std::int64_t>(larger<std::int64_t>(slot_begin, row_begin), row_end));
    const int end = static_cast<int>(larger<std::int64_t>(smaller<std::int64_t>(slot_end, row_end), begin));
    const int tiles = ceil_divide(end - begin, tile_rows);
    if (index < tiles) {
      const int first = begin + index * tile_rows;
      return {slot, first, smaller(first + tile_rows, end)};
    }
    index -= tiles;
  }
  return {0, row_end, row_end};
}

}  // namespace weft
