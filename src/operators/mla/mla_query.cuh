// mla_query: queries from their normed latent, or from x where there is none.
#pragma once

#include "operators/gemm.cuh"

namespace weft {

template <class Tile, class X, class W, class O, class Norm>
__global__ void __launch_bounds__(Tile::kThreads) mla_query_kernel(Product<X, W, O, 1, Norm> product) {
  make_tile<Tile, Along::kLength>(product);
}

template <class X, class W, class O, class Norm>
void launch_mla_query(const Launch& launch, Reader<X> x, Matrix<W> w, Rows<O> out, Norm norm) {
  const Segments segments = {};
  const Product<X, W, O, 1, Norm> product = {
    x,
    {reader_of(w)},
    writer_of(out),
    w.rows,
    w.columns,
    launch.row_begin,
    launch.row_end,
    segments,
    0,
    0,
    0,
    0,
    norm
  };
  launch_product<SmallTile, LargeTile>(
    launch, mla_query_kernel<SmallTile, X, W, O, Norm>, mla_query_kernel<LargeTile, X, W, O, Norm>, product
  );
}

template <class X, class L, class W, class O>
void mla_query(
  const Launch& launch,
  Rows<X> x,
  Rows<L> latent,
  Matrix<W> gain,
  Matrix<W> w,
  Rows<O> out,
  int q_rank,
  float epsilon
) {
  if (launch.rows() == 0) return;
  if (q_rank == 0) {
    launch_mla_query(launch, reader_of(x), w, out, NoNorm{});
  } else {
    launch_mla_query(
      launch, reader_of(latent, 0, q_rank), w, out, RowNorm<W>{reader_of(gain, q_rank), q_rank, epsilon}
    );
  }
}

}  // namespace weft
