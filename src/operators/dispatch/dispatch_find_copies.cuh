/**
 * dispatch_find_copies: gives each token a row of send_copies for every node that has slots of its, and tells
 * how many. Copies are sorted by node, those of a node by token.
 *
 * A block serves a node. Each of its threads takes a run of tokens, counts their copies for this node and for
 * lower ones, and so knows, once it has the counts of the threads before it, where its own begin.
 */
#pragma once

#include "operators/node_rows.cuh"

namespace weft {

/** The nodes up to `node` that a token's pairs go to. */
struct TokenNodes {
  int below;
  bool here;
};

__device__ inline TokenNodes nodes_of(const Index* pair_rows, int top_k, int node, const NodeRows& rows) {
  TokenNodes result = {0, false};
  for (int k = 0; k < top_k; ++k) {
    if (pair_rows[k] >= rows.begin[node + 1]) continue;
    const int mine = rows.of(pair_rows[k], node + 1);
    bool seen = false;
    for (int earlier = 0; earlier < k && !seen; ++earlier) seen = rows.has(mine, pair_rows[earlier]);
    if (seen) continue;
    result.below += mine < node ? 1 : 0;
    result.here = result.here || mine == node;
  }
  return result;
}

template <int kThreads>
__global__ void __launch_bounds__(kThreads) dispatch_find_copies_kernel(
  const Index* pair_row,
  const Index* slot_begin,
  const Index* sent,
  Index* told,
  Index* copy_row,
  int row_begin,
  int row_end,
  int top_k,
  int nodes,
  int node_ranks
) {
  __shared__ NodeRows rows;
  __shared__ Index below[kThreads];
  __shared__ Index here[kThreads];
  const int node = static_cast<int>(blockIdx.x);
  const int thread = static_cast<int>(threadIdx.x);
  find_node_rows(slot_begin, sent, nodes, node_ranks, rows);

  const int run = ceil_divide(row_end - row_begin, kThreads);
  const int first = row_begin + thread * run;
  const int last = smaller(first + run, row_end);
  Index own_below = 0;
  Index own_here = 0;
  for (int token = first; token < last; ++token) {
    const TokenNodes found = nodes_of(pair_row + static_cast<std::int64_t>(token) * top_k, top_k, node, rows);
    own_below += static_cast<Index>(found.below);
    own_here += found.here ? 1 : 0;
  }
  below[thread] = own_below;
  here[thread] = own_here;
  __syncthreads();

  Index copy = 0;
  Index copies = 0;
  for (int other = 0; other < kThreads; ++other) {
    copy += below[other] + (other < thread ? here[other] : 0);
    copies += here[other];
  }
  for (int token = first; token < last; ++token) {
    const bool found = nodes_of(pair_row + static_cast<std::int64_t>(token) * top_k, top_k, node, rows).here;
    copy_row[static_cast<std::int64_t>(token) * nodes + node] = found ? copy++ : kNoCopy;
  }

  // What the node is told: rows for each of its slots, and behind them its copies.
  const Index slots_begin = slot_begin[node * node_ranks];
  const Index slots_end = slot_begin[(node + 1) * node_ranks];
  for (Index slot = slots_begin + threadIdx.x; slot < slots_end; slot += kThreads)
    told[slot + static_cast<Index>(node)] = sent[slot];
  if (thread == 0) told[slots_end + static_cast<Index>(node)] = copies;
}

inline void dispatch_find_copies(
  const Launch& launch,
  const Index* pair_row,
  const Index* slot_begin,
  const Index* sent,
  Index* told,
  Index* copy_row,
  int top_k,
  int nodes,
  int node_ranks
) {
  require_room(nodes);
  // A warp for few tokens, so that its barriers cost little.
  const bool few = launch.rows() <= 64;
  weft::launch(
    few ? dispatch_find_copies_kernel<32> : dispatch_find_copies_kernel<256>,
    dim3(static_cast<unsigned>(nodes)),
    dim3(few ? 32 : 256),
    0,
    launch.stream,
    pair_row,
    slot_begin,
    sent,
    told,
    copy_row,
    launch.row_begin,
    launch.row_begin + launch.rows(),
    top_k,
    nodes,
    node_ranks
  );
}

}  // namespace weft
