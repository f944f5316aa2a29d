// swiglu_gate_up: both first products of a gated layer in one kernel, so that only their combination is
// written.
#pragma once

#include "operators/gemm.cuh"

namespace weft {

template <class Tile, class X, class W, class O>
__global__ void __launch_bounds__(Tile::kThreads) swiglu_gate_up_kernel(Product<X, W, O, 2> product) {
  make_tile<Tile, Along::kLength>(product);
}

template <class X, class W, class O>
void swiglu_gate_up(
  const Launch& launch, Rows<X> x, Matrix<W> w_gate, Matrix<W> w_up, Segments segments, Rows<O> out
) {
  if (launch.rows() == 0) return;
  require_room(segments);
  const int n = w_gate.columns;
  const Product<X, W, O, 2> product = {
    reader_of(x, 0, w_gate.rows),
    {reader_of(w_gate), reader_of(w_up)},
    writer_of(out),
    w_gate.rows,
    n,
    launch.row_begin,
    launch.row_end,
    segments,
    matrix_bytes<W>(w_gate.rows, n),
    0,
    0,
    0,
    {}
  };
  launch_product<SmallPairTile, LargePairTile>(
    launch,
    swiglu_gate_up_kernel<SmallPairTile, X, W, O>,
    swiglu_gate_up_kernel<LargePairTile, X, W, O>,
    product
  );
}

}  // namespace weft
