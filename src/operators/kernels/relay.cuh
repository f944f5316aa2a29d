/**
 * What a rank that forwards knows of the rows of its rail: where those of each source for each rank of this
 * node stand in the order (source, host, slot), in which copies name them, and in the order (host, source,
 * slot), in which they are forwarded.
 */
#pragma once

#include "operators/arithmetic.cuh"
#include "operators/segments.cuh"

namespace weft {

/** Pairs (source, host) for which kernels have room. */
inline constexpr int kMostRuns = 1024;

inline void require_room(const Relay& relay) {
  require(
    relay.nodes * relay.node_ranks <= kMostRuns,
    "default kernels serve at most 1,024 ranks in an exchange between nodes"
  );
}

/** The rows of a source for a host, [source][host]. */
struct RelayRuns {
  Index rows[kMostRuns];
  Index begin[kMostRuns];      // among the rows of their source
  Index forwarded[kMostRuns];  // among forwarded rows
};

/** What a source of the rail tells of this node. */
__device__ inline const Index* told_by(const Relay& relay, int source) {
  return relay.counts + (static_cast<std::int64_t>(relay.rail) * relay.nodes + source) * relay.stride +
    relay.node_first;
}

/** Copies of a source of the rail for this node. */
__device__ inline Index copies_of(const Relay& relay, int source) {
  const Index* const begins = relay.slot_begin + relay.node * relay.node_ranks;
  return told_by(relay, source)[begins[relay.node_ranks] - begins[0]];
}

/** The source of a copy. */
__device__ inline int source_of_copy(const Relay& relay, Index copy) {
  int source = 0;
  Index copies = copies_of(relay, 0);
  // Counts that nobody has written end at the last source.
  while (source + 1 < relay.nodes && copy >= copies) {
    copy -= copies;
    copies = copies_of(relay, ++source);
  }
  return source;
}

/** Fills `runs`, which are in shared memory; the whole block takes part. */
__device__ inline void find_runs(const Relay& relay, RelayRuns& runs) {
  const Index* const begins = relay.slot_begin + relay.node * relay.node_ranks;
  const int count = relay.nodes * relay.node_ranks;
  const int thread = static_cast<int>(threadIdx.x);
  const int threads = static_cast<int>(blockDim.x);
  for (int run = thread; run < count; run += threads) {
    const int host = run % relay.node_ranks;
    const Index* const counts = told_by(relay, run / relay.node_ranks);
    Index rows = 0;
    for (Index slot = begins[host]; slot < begins[host + 1]; ++slot) rows += counts[slot - begins[0]];
    runs.rows[run] = rows;
  }
  __syncthreads();
  for (int run = thread; run < count; run += threads) {
    const int host = run % relay.node_ranks;
    Index begin = 0;
    for (int before = run - host; before < run; ++before) begin += runs.rows[before];
    runs.begin[run] = begin;
    Index forwarded = 0;
    for (int other = 0; other < count; ++other) {
      const int other_host = other % relay.node_ranks;
      if (other_host < host || (other_host == host && other < run)) forwarded += runs.rows[other];
    }
    runs.forwarded[run] = forwarded;
  }
  __syncthreads();
}

/** Among forwarded rows the place of the row that is the n-th of its source, or kNoCopy. */
__device__ inline Index forwarded_row(const Relay& relay, const RelayRuns& runs, int source, Index row) {
  for (int run = source * relay.node_ranks; run < (source + 1) * relay.node_ranks; ++run) {
    if (row >= runs.begin[run] && row - runs.begin[run] < runs.rows[run])
      return runs.forwarded[run] + row - runs.begin[run];
  }
  return kNoCopy;
}

}  // namespace weft
