// dispatch_pack_copies: each token's row once for every node that has slots of its, and what the node needs
// to know of its pairs.
#pragma once

#include "operators/copy_format.cuh"
#include "operators/node_rows.cuh"
#include "operators/write_row.cuh"

namespace weft {

/** Tokens of a block, which share the sums of what is sent to each node. */
inline constexpr int kPackedTokens = 8;

/** What is known of a token's pairs and of all slots. */
struct CopyTables {
  const Index* pair_row;
  const Index* copy_row;
  const Index* slot_begin;
  const Index* sent;
  const float* weights;
  int nodes;
  int node_ranks;
};

template <class X, class D>
__global__ void dispatch_pack_copies_kernel(
  Reader<X> x,
  CopyTables tables,
  std::byte* send_copies,
  RowFormat<D> row_format,
  CopyFormat format,
  int row_begin,
  int row_end
) {
  __shared__ NodeRows node_rows;
  find_node_rows(tables.slot_begin, tables.sent, tables.nodes, tables.node_ranks, node_rows);
  const int first = row_begin + static_cast<int>(blockIdx.x) * kPackedTokens;
  for (int token = first; token < smaller(first + kPackedTokens, row_end); ++token) {
    const Index* const copies = tables.copy_row + static_cast<std::int64_t>(token) * tables.nodes;
    const auto copy_for = [&](int node) -> std::byte* {
      return copies[node] == kNoCopy ? nullptr : send_copies + copies[node] * format.bytes;
    };
    write_row(row_format, [&](int column) { return x.load(token, column).values(); }, tables.nodes, copy_for);
    for (int i = static_cast<int>(threadIdx.x); i < tables.nodes * format.top_k;
         i += static_cast<int>(blockDim.x)) {
      const int node = i / format.top_k;
      const int k = i % format.top_k;
      std::byte* const copy = copy_for(node);
      if (copy == nullptr) continue;
      const std::int64_t pair = static_cast<std::int64_t>(token) * format.top_k + k;
      const Index row = tables.pair_row[pair];
      write_tag(copy, format, k, node_rows.has(node, row) ? row - node_rows.begin[node] : kNoCopy);
      if (format.tags > format.top_k)
        write_tag(copy, format, format.top_k + k, __float_as_uint(tables.weights[pair]));
    }
  }
}

template <class X, class D>
void dispatch_pack_copies(
  const Launch& launch,
  Rows<X> x,
  const Index* pair_row,
  const Index* copy_row,
  const Index* slot_begin,
  const Index* sent,
  const float* weights,
  Rows<D> send_copies,
  int top_k,
  int tags,
  int nodes,
  int node_ranks
) {
  if (launch.rows() == 0) return;
  require_room(nodes);
  const CopyTables tables = {pair_row, copy_row, slot_begin, sent, weights, nodes, node_ranks};
  const dim3 grid(static_cast<unsigned>(ceil_divide(launch.rows(), kPackedTokens)));
  weft::launch(
    dispatch_pack_copies_kernel<X, D>,
    grid,
    dim3(row_threads(x.width)),
    0,
    launch.stream,
    reader_of(x),
    tables,
    send_copies.data,
    format_of(send_copies, x.width),
    format_of_copies(send_copies, x.width, top_k, tags),
    launch.row_begin,
    launch.row_end
  );
}

}  // namespace weft
