// embedding: the rows of a table that token ids name.
#pragma once

#include "operators/arithmetic.cuh"
#include "operators/matrix_view.cuh"

namespace weft {

template <class W, class O>
__global__ void embedding_kernel(const Index* ids, Reader<W> table, Writer<O> out, int row_begin) {
  const int row = row_begin + static_cast<int>(blockIdx.x);
  const Index id = ids[row];
  for (int column = 4 * static_cast<int>(threadIdx.x); column < out.columns;
       column += 4 * static_cast<int>(blockDim.x)) {
    out.store(row, column, table.load(id, column).values());
  }
}

template <class W, class O>
void embedding(const Launch& launch, const Index* ids, Matrix<W> table, Rows<O> out) {
  if (launch.rows() == 0) return;
  weft::launch(
    embedding_kernel<W, O>,
    dim3(static_cast<unsigned>(launch.rows())),
    dim3(row_threads(out.width)),
    0,
    launch.stream,
    ids,
    reader_of(table),
    writer_of(out),
    launch.row_begin
  );
}

}  // namespace weft
