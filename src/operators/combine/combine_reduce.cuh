// combine_reduce, combine_reduce_capacity, combine_fold and combine_gather: sums of rows that came back, in a
// fixed order.
#pragma once

#include "operators/arithmetic.cuh"
#include "operators/matrix_view.cuh"

namespace weft {

/** A row of the result: the sum over i of weight(i) * source[row(i)], where rows that are `none` add nothing.
 */
template <class C, class O, class Row, class Weight>
__device__ void sum_rows(
  const Reader<C>& source, const Writer<O>& out, int to, int count, Index none, Row row, Weight weight
) {
  for (int column = 4 * static_cast<int>(threadIdx.x); column < out.columns;
       column += 4 * static_cast<int>(blockDim.x)) {
    float4 sum = {0.0f, 0.0f, 0.0f, 0.0f};
    for (int i = 0; i < count; ++i) {
      const Index from = row(i);
      if (from != none) sum = multiply_add(sum, source.load(from, column).values(), weight(i));
    }
    out.store(to, column, sum);
  }
}

/** Pairs without a row have kNoRow. */
template <class C, class O>
__global__ void combine_reduce_kernel(
  Reader<C> returned, const Index* pair_row, const float* weights, Writer<O> out, int row_begin, int top_k
) {
  const int token = row_begin + static_cast<int>(blockIdx.x);
  const Index* const rows = pair_row + static_cast<std::int64_t>(token) * top_k;
  const float* const factors = weights + static_cast<std::int64_t>(token) * top_k;
  sum_rows(
    returned, out, token, top_k, kNoRow, [=](int k) { return rows[k]; }, [=](int k) { return factors[k]; }
  );
}

/** Tags of a copy: for each k the pair's row or kNoCopy, then the pairs' weights. */
template <class C>
__global__ void combine_fold_kernel(
  Reader<C> gathered, const Index* relay_tags, Writer<C> folded, int row_begin, int top_k
) {
  const int copy = row_begin + static_cast<int>(blockIdx.x);
  const Index* const rows = relay_tags + static_cast<std::int64_t>(copy) * 2 * top_k;
  const float* const factors = reinterpret_cast<const float*>(rows + top_k);
  sum_rows(
    gathered, folded, copy, top_k, kNoCopy, [=](int k) { return rows[k]; }, [=](int k) { return factors[k]; }
  );
}

template <class C, class O>
__global__ void combine_gather_kernel(
  Reader<C> returned, const Index* copy_row, Writer<O> out, int row_begin, int nodes
) {
  const int token = row_begin + static_cast<int>(blockIdx.x);
  const Index* const rows = copy_row + static_cast<std::int64_t>(token) * nodes;
  sum_rows(
    returned, out, token, nodes, kNoCopy, [=](int node) { return rows[node]; }, [](int) { return 1.0f; }
  );
}

template <class C, class O>
void combine_reduce_capacity(
  const Launch& launch,
  Rows<C> returned_rows,
  const Index* pair_row,
  const float* weights,
  Rows<O> out,
  int top_k
) {
  if (launch.rows() == 0) return;
  weft::launch(
    combine_reduce_kernel<C, O>,
    dim3(static_cast<unsigned>(launch.rows())),
    dim3(row_threads(out.width)),
    0,
    launch.stream,
    reader_of(returned_rows),
    pair_row,
    weights,
    writer_of(out),
    launch.row_begin,
    top_k
  );
}

/** Without drops the same kernel: the comparison with kNoRow costs nothing beside the rows. */
template <class C, class O>
void combine_reduce(
  const Launch& launch,
  Rows<C> returned_rows,
  const Index* pair_row,
  const float* weights,
  Rows<O> out,
  int top_k
) {
  combine_reduce_capacity(launch, returned_rows, pair_row, weights, out, top_k);
}

template <class C>
void combine_fold(
  const Launch& launch, Rows<C> gathered_rows, const Index* relay_tags, Rows<C> folded_copies, int top_k
) {
  if (launch.rows() == 0) return;
  weft::launch(
    combine_fold_kernel<C>,
    dim3(static_cast<unsigned>(launch.rows())),
    dim3(row_threads(folded_copies.width)),
    0,
    launch.stream,
    reader_of(gathered_rows),
    relay_tags,
    writer_of(folded_copies),
    launch.row_begin,
    top_k
  );
}

template <class C, class O>
void combine_gather(
  const Launch& launch, Rows<C> returned_copies, const Index* copy_row, Rows<O> out, int nodes
) {
  if (launch.rows() == 0) return;
  weft::launch(
    combine_gather_kernel<C, O>,
    dim3(static_cast<unsigned>(launch.rows())),
    dim3(row_threads(out.width)),
    0,
    launch.stream,
    reader_of(returned_copies),
    copy_row,
    writer_of(out),
    launch.row_begin,
    nodes
  );
}

}  // namespace weft
