/**
 * The two orders of received rows: by (slot, source), as experts want them, and by (source, slot), as they
 * arrive. Counts say where a row of the first stands in the second.
 */
#pragma once

#include "operators/move_rows.cuh"
#include "operators/segments.cuh"

namespace weft {

/** Place in the order (source, slot) of a row of the order (slot, source), given the rows of each slot and of
 * each source. */
__device__ inline std::int64_t place_by_source(
  const Segments& received, const Index* slot_rows, const Index* source_rows, std::int64_t row
) {
  int slot = 0;
  while (slot + 1 < received.slots && row >= slot_rows[slot]) row -= slot_rows[slot++];
  int source = 0;
  Index count = count_of(received, 0, slot);
  while (source + 1 < received.sources && row >= count) {
    row -= count;
    count = count_of(received, ++source, slot);
  }
  for (int other = 0; other < source; ++other) row += source_rows[other];
  for (int other = 0; other < slot; ++other) row += count_of(received, source, other);
  return row;
}

/** For the rows [begin, end) of the order (slot, source) their places in the other; the whole block takes
 * part. */
__device__ inline void find_places(const Segments& received, int begin, int end, std::int64_t* places) {
  __shared__ Index slot_rows[kMostSlots];
  __shared__ Index source_rows[kMostSources];
  for (int source = static_cast<int>(threadIdx.x); source < received.sources;
       source += static_cast<int>(blockDim.x)) {
    Index rows = 0;
    for (int slot = 0; slot < received.slots; ++slot) rows += count_of(received, source, slot);
    source_rows[source] = rows;
  }
  sum_slots(received, slot_rows);
  for (int row = begin + static_cast<int>(threadIdx.x); row < end; row += static_cast<int>(blockDim.x))
    places[row - begin] = place_by_source(received, slot_rows, source_rows, row);
  __syncthreads();
}

/** What moves between the two orders: from `by_source` to `by_slot`, or back. */
template <class T>
struct Reordered {
  Rows<T> by_slot;
  Rows<T> by_source;
};

enum class Order { kToSlots, kToSources };

template <Order kOrder, class T>
__device__ void reorder_rows(const Reordered<T>& rows, const Segments& received, int row_begin, int row_end) {
  __shared__ std::int64_t places[kMovedRows];
  const int begin = row_begin + static_cast<int>(blockIdx.x) * kMovedRows;
  const int end = smaller(begin + kMovedRows, row_end);
  find_places(received, begin, end, places);
  const std::int64_t bytes = row_bytes<T>(rows.by_slot.width);
  const int lane = static_cast<int>(threadIdx.x) % 32;
  for (int row = begin + static_cast<int>(threadIdx.x) / 32; row < end;
       row += static_cast<int>(blockDim.x) / 32) {
    std::byte* const by_slot = rows.by_slot.data + row * bytes;
    std::byte* const by_source = rows.by_source.data + places[row - begin] * bytes;
    if constexpr (kOrder == Order::kToSlots) {
      copy_bytes(by_slot, by_source, bytes, lane);
    } else {
      copy_bytes(by_source, by_slot, bytes, lane);
    }
  }
}

}  // namespace weft
