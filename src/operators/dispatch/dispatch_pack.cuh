// dispatch_pack and dispatch_pack_capacity: tokens' rows to the rows that are sent, in the format in which
// they travel.
#pragma once

#include "operators/write_row.cuh"

namespace weft {

/** A block reads a token's row once and writes it for each of its pairs. */
template <class X, class D>
__global__ void dispatch_pack_kernel(
  Reader<X> x, const Index* pair_row, Rows<D> send_rows, RowFormat<D> format, int row_begin, int top_k
) {
  const int token = row_begin + static_cast<int>(blockIdx.x);
  const Index* const rows = pair_row + static_cast<std::int64_t>(token) * top_k;
  write_row(
    format,
    [&](int column) { return x.load(token, column).values(); },
    top_k,
    [&](int k) { return send_rows.data + rows[k] * row_bytes<D>(send_rows.width); }
  );
}

template <class X, class D>
void dispatch_pack(const Launch& launch, Rows<X> x, const Index* pair_row, Rows<D> send_rows, int top_k) {
  if (launch.rows() == 0) return;
  weft::launch(
    dispatch_pack_kernel<X, D>,
    dim3(static_cast<unsigned>(launch.rows())),
    dim3(row_threads(x.width)),
    0,
    launch.stream,
    reader_of(x),
    pair_row,
    send_rows,
    format_of(send_rows),
    launch.row_begin,
    top_k
  );
}

template <class X, class D>
__global__ void dispatch_pack_capacity_kernel(
  Reader<X> x, const Index* row_pair, Rows<D> send_rows, RowFormat<D> format, int row_begin, int top_k
) {
  const int row = row_begin + static_cast<int>(blockIdx.x);
  const Index pair = row_pair[row];
  const Index token = pair / static_cast<Index>(top_k);
  write_row(format, send_rows.data + row * row_bytes<D>(send_rows.width), [&](int column) {
    return pair == kNoRow ? float4{0.0f, 0.0f, 0.0f, 0.0f} : x.load(token, column).values();
  });
}

template <class X, class D>
void dispatch_pack_capacity(
  const Launch& launch, Rows<X> x, const Index* row_pair, Rows<D> send_rows, int top_k
) {
  if (launch.rows() == 0) return;
  weft::launch(
    dispatch_pack_capacity_kernel<X, D>,
    dim3(static_cast<unsigned>(launch.rows())),
    dim3(row_threads(x.width)),
    0,
    launch.stream,
    reader_of(x),
    row_pair,
    send_rows,
    format_of(send_rows),
    launch.row_begin,
    top_k
  );
}

}  // namespace weft
