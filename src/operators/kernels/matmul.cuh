// matmul: rows times a matrix, or times the matrix of each row's slot.
#pragma once

#include "operators/cublas.cuh"
#include "operators/gemm.cuh"

namespace weft {

template <class Tile, class X, class W, class O>
__global__ void __launch_bounds__(Tile::kThreads) matmul_kernel(Product<X, W, O, 1> product) {
  make_tile<Tile, Along::kLength>(product);
}

template <class X, class W, class O>
void matmul(const Launch& launch, Rows<X> x, Matrix<W> w, Segments segments, Rows<O> out) {
  if (launch.rows() == 0) return;
  if (segments.slots == 0 && cublas_matmul(launch, x, w, out)) return;
  require_room(segments);
  const Product<X, W, O, 1> product = {
    reader_of(x, 0, w.rows),
    {reader_of(w)},
    writer_of(out),
    w.rows,
    w.columns,
    launch.row_begin,
    launch.row_end,
    segments,
    matrix_bytes<W>(w.rows, w.columns),
    0,
    0,
    0,
    {}
  };
  launch_product<SmallTile, LargeTile>(
    launch, matmul_kernel<SmallTile, X, W, O>, matmul_kernel<LargeTile, X, W, O>, product
  );
}

}  // namespace weft
