// combine_regroup: results from the order (host, source, slot), in which a node gathers them, to (source,
// slot), in which they leave.
#pragma once

#include "operators/move_rows.cuh"
#include "operators/relay.cuh"

namespace weft {

template <class C>
__global__ void __launch_bounds__(kMoveThreads) combine_regroup_kernel(
  Rows<C> gathered, Relay received, Rows<C> regrouped, int row_begin, int row_end
) {
  const std::int64_t bytes = row_bytes<C>(gathered.width);
  __shared__ RelayRuns runs;
  __shared__ Index places[kMovedRows];
  find_runs(received, runs);
  const int first = row_begin + static_cast<int>(blockIdx.x) * kMovedRows;
  const int count = smaller(kMovedRows, row_end - first);
  for (int i = static_cast<int>(threadIdx.x); i < count; i += static_cast<int>(blockDim.x)) {
    Index row = static_cast<Index>(first + i);
    int run = 0;
    while (run + 1 < received.nodes * received.node_ranks && row >= runs.rows[run]) row -= runs.rows[run++];
    places[i] = runs.forwarded[run] + row;
  }
  __syncthreads();
  for (int i = static_cast<int>(threadIdx.x) / 32; i < count; i += static_cast<int>(blockDim.x) / 32) {
    copy_bytes(
      regrouped.data + (first + i) * bytes,
      gathered.data + places[i] * bytes,
      bytes,
      static_cast<int>(threadIdx.x) % 32
    );
  }
}

template <class C>
void combine_regroup(const Launch& launch, Rows<C> gathered_rows, Relay received, Rows<C> regrouped_rows) {
  if (launch.rows() == 0) return;
  require_room(received);
  weft::launch(
    combine_regroup_kernel<C>,
    move_grid(launch),
    dim3(move_threads(launch)),
    0,
    launch.stream,
    gathered_rows,
    received,
    regrouped_rows,
    launch.row_begin,
    launch.row_end
  );
}

}  // namespace weft
