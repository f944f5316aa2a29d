// add: the sum of two values. Each thread reads its elements before it writes them, so that `out` may be the
// memory of either.
#pragma once

#include "operators/arithmetic.cuh"
#include "operators/matrix_view.cuh"

namespace weft {

template <class A, class B, class O>
__global__ void add_kernel(Reader<A> a, Reader<B> b, Writer<O> out, int row_begin) {
  const int row = row_begin + static_cast<int>(blockIdx.x);
  for (int column = 4 * static_cast<int>(threadIdx.x); column < out.columns;
       column += 4 * static_cast<int>(blockDim.x)) {
    out.store(row, column, plus(a.load(row, column).values(), b.load(row, column).values()));
  }
}

template <class A, class B, class O>
void add(const Launch& launch, Rows<A> a, Rows<B> b, Rows<O> out) {
  if (launch.rows() == 0) return;
  weft::launch(
    add_kernel<A, B, O>,
    dim3(static_cast<unsigned>(launch.rows())),
    dim3(row_threads(out.width)),
    0,
    launch.stream,
    reader_of(a),
    reader_of(b),
    writer_of(out),
    launch.row_begin
  );
}

}  // namespace weft
