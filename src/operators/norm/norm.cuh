// norm: rows divided by the root of their mean square, times the gain of their slot; a block for each row.
#pragma once

#include "operators/matrix_view.cuh"
#include "operators/segments.cuh"

namespace weft {

template <class X, class W, class O>
__global__ void norm_kernel(
  Reader<X> x,
  Reader<W> gains,
  Writer<O> out,
  int row_begin,
  int row_end,
  Segments segments,
  std::int64_t slot_bytes,
  float epsilon
) {
  // Tiles of one row: with slots, which of them is this block's and whose it is, the counts say.
  const RowTile tile = find_tile(segments, row_begin, row_end, static_cast<int>(blockIdx.x), 1);
  if (tile.begin >= tile.end) return;
  const Reader<W> gain = gains.at(tile.slot * slot_bytes);
  const int stride = 4 * static_cast<int>(blockDim.x);
  const int first = 4 * static_cast<int>(threadIdx.x);
  float squares = 0.0f;
  for (int column = first; column < x.columns; column += stride) {
    const float4 values = x.load(tile.begin, column).values();
    squares += dot(values, values);
  }
  const float factor = 1.0f / sqrtf(block_sum(squares) / static_cast<float>(x.columns) + epsilon);
  for (int column = first; column < x.columns; column += stride) {
    const float4 values = times(x.load(tile.begin, column).values(), factor);
    out.store(tile.begin, column, times(values, gain.load(0, column).values()));
  }
}

template <class X, class W, class O>
void norm(const Launch& launch, Rows<X> x, Matrix<W> gain, Segments segments, Rows<O> out, float epsilon) {
  if (launch.rows() == 0) return;
  require_room(segments);
  weft::launch(
    norm_kernel<X, W, O>,
    dim3(static_cast<unsigned>(launch.rows())),
    dim3(row_threads(x.width)),
    0,
    launch.stream,
    reader_of(x),
    reader_of(gain),
    writer_of(out),
    launch.row_begin,
    launch.row_end,
    segments,
    matrix_bytes<W>(1, gain.columns),
    epsilon
  );
}

}  // namespace weft
