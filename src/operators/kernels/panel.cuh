// A tile's part of one factor of a product, in shared memory as floats: [depth][length].
#pragma once

#include "operators/matrix_view.cuh"

namespace weft {

/** Which way a factor's rows lie: along the sums of a product, or along the rows or columns of its result. */
enum class Along { kDepth, kLength };

/**
 * How a block's threads bring a panel from memory: each loads its quads, which wait in registers while the
 * panel before is multiplied, and then puts them into shared memory.
 */
template <class T, Along kAlong, int kLength, int kDepth, int kThreads>
struct PanelLoader {
  static constexpr int kQuads = kLength * kDepth / 4 / kThreads;
  /** Of shared memory. Rows that are written across are longer, so that fewer threads meet in a bank. */
  static constexpr int kPitch = kAlong == Along::kDepth ? kLength + 4 : kLength;
  static constexpr int kQuadsInRow = (kAlong == Along::kDepth ? kDepth : kLength) / 4;
  static_assert(kLength * kDepth == 4 * kQuads * kThreads, "threads share a panel evenly");

  Quad<T> quads[kQuads];

  /** Place of this thread's i-th quad: its row of the source, and the column of its first element. */
  static __device__ int row_of(int i) { return (static_cast<int>(threadIdx.x) + i * kThreads) / kQuadsInRow; }
  static __device__ int column_of(int i) {
    return (static_cast<int>(threadIdx.x) + i * kThreads) % kQuadsInRow * 4;
  }

  /** Loads what begins at (row, column) of the source; rows from `rows` on are zeros. */
  __device__ void load(const Reader<T>& source, std::int64_t row, int column, std::int64_t rows) {
    for (int i = 0; i < kQuads; ++i) {
      const std::int64_t from = row + row_of(i);
      quads[i] = from < rows ? source.load(from, column + column_of(i)) : Quad<T>{};
    }
  }

  /** Puts the i-th quad's values into the panel. */
  static __device__ void store(float* panel, int i, float4 values) {
    const int row = row_of(i);
    const int column = column_of(i);
    if constexpr (kAlong == Along::kDepth) {
      panel[(column + 0) * kPitch + row] = values.x;
      panel[(column + 1) * kPitch + row] = values.y;
      panel[(column + 2) * kPitch + row] = values.z;
      panel[(column + 3) * kPitch + row] = values.w;
    } else {
      *reinterpret_cast<float4*>(&panel[row * kPitch + column]) = values;
    }
  }

  __device__ void store(float* panel) const {
    for (int i = 0; i < kQuads; ++i) store(panel, i, quads[i].values());
  }
};

__device__ inline void read_four(const float* from, float* to) {
  const float4 four = *reinterpret_cast<const float4*>(from);
  to[0] = four.x;
  to[1] = four.y;
  to[2] = four.z;
  to[3] = four.w;
}

}  // namespace weft
