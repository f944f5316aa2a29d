// Which rows of send_rows are for which node: they are sorted by slot, and a node's slots follow those of the
// nodes before it.
#pragma once

#include "operators/arithmetic.cuh"
#include "operators/segments.cuh"

namespace weft {

inline constexpr int kMostNodes = 256;

/** The first row of each node, and the end of the last; in shared memory. */
struct NodeRows {
  Index begin[kMostNodes + 1];

  __device__ bool has(int node, Index row) const { return row >= begin[node] && row < begin[node + 1]; }
  /** The node of a row. */
  __device__ int of(Index row, int nodes) const {
    int node = 0;
    while (node + 1 < nodes && row >= begin[node + 1]) ++node;
    return node;
  }
};

/** Fills `rows` from what is sent to each slot; the whole block takes part. */
__device__ inline void find_node_rows(
  const Index* slot_begin, const Index* sent, int nodes, int node_ranks, NodeRows& rows
) {
  __shared__ Index counts[kMostNodes];
  const int thread = static_cast<int>(threadIdx.x);
  const int threads = static_cast<int>(blockDim.x);
  for (int node = thread; node < nodes; node += threads) {
    Index count = 0;
    for (Index slot = slot_begin[node * node_ranks]; slot < slot_begin[(node + 1) * node_ranks]; ++slot)
      count += sent[slot];
    counts[node] = count;
  }
  __syncthreads();
  for (int node = thread; node <= nodes; node += threads) {
    Index begin = 0;
    for (int before = 0; before < node; ++before) begin += counts[before];
    rows.begin[node] = begin;
  }
  __syncthreads();
}

inline void require_room(int nodes) {
  require(nodes <= kMostNodes, "default kernels serve at most 256 nodes");
}

}  // namespace weft
