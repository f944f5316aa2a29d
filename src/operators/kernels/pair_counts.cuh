/**
 * Counting pairs (token, k) by the slot that they go to, and numbering them in order.
 *
 * A block serves some slots and goes through all pairs twice. Each of its threads takes a run of pairs: it
 * counts those of each slot, and once it knows the counts of the threads before it, it numbers its own.
 */
#pragma once

#include "operators/arithmetic.cuh"
#include "operators/views.h"

namespace weft {

/** The slot that a pair goes to: of its expert's n turns, token t takes number (rank + t) % n. */
struct Replicas {
  const Index* chosen;
  const Index* replica_begin;
  const Index* replica_slot;
  Index top_k;
  Index rank;

  __device__ Index slot_of(Index pair) const {
    const Index expert = chosen[pair];
    const Index begin = replica_begin[expert];
    const Index replicas = replica_begin[expert + 1] - begin;
    // Most experts have one slot, and dividing is slow.
    return replica_slot[begin + (replicas == 1 ? 0 : (rank + pair / top_k) % replicas)];
  }
};

/** Threads of a block and slots that it serves. */
template <int kThreadsOfBlock, int kSlotsOfBlock>
struct AssignShape {
  static constexpr int kThreads = kThreadsOfBlock;
  static constexpr int kSlots = kSlotsOfBlock;
  /** Threads whose counts are added up together. */
  static constexpr int kRun = 32;
  static constexpr int kRuns = kThreads / kRun;
};
/** Pairs up to which one warp is quicker than many. */
inline constexpr int kFewPairs = 512;
using FewPairs = AssignShape<32, 32>;
using ManyPairs = AssignShape<512, 8>;

/** Counts of a block's threads, by slot; the last column counts pairs of lower slots. */
template <class Shape>
struct PairCounts {
  static constexpr int kColumns = Shape::kSlots + 1;
  Index before[Shape::kThreads]
              [kColumns];  // at first the thread's own, then those of earlier threads of its run
  Index runs[Shape::kRuns][kColumns];

  __device__ Index total(int column) const {
    Index sum = 0;
    for (int run = 0; run < Shape::kRuns; ++run) sum += runs[run][column];
    return sum;
  }
  /** Pairs of a slot that earlier threads have. */
  __device__ Index earlier(int thread, int column) const {
    Index sum = before[thread][column];
    for (int run = 0; run < thread / Shape::kRun; ++run) sum += runs[run][column];
    return sum;
  }
};

/** A thread's pairs. */
struct PairRun {
  Index begin;
  Index end;
};

template <class Shape>
__device__ PairRun run_of(Index pair_begin, Index pair_end) {
  const Index length = ceil_divide(pair_end - pair_begin, static_cast<Index>(Shape::kThreads));
  const Index begin = smaller(pair_begin + threadIdx.x * length, pair_end);
  return {begin, smaller(begin + length, pair_end)};
}

template <class Shape>
__device__ void count_pairs(
  const Replicas& replicas, PairRun pairs, Index first_slot, PairCounts<Shape>& counts
) {
  Index* const own = counts.before[threadIdx.x];
  for (int column = 0; column < counts.kColumns; ++column) own[column] = 0;
  for (Index pair = pairs.begin; pair < pairs.end; ++pair) {
    const Index slot = replicas.slot_of(pair);
    if (slot < first_slot) {
      ++own[Shape::kSlots];
    } else if (slot - first_slot < Shape::kSlots) {
      ++own[slot - first_slot];
    }
  }
  __syncthreads();
  for (int i = static_cast<int>(threadIdx.x); i < Shape::kRuns * counts.kColumns; i += Shape::kThreads) {
    const int run = i / counts.kColumns;
    const int column = i % counts.kColumns;
    Index sum = 0;
    for (int thread = run * Shape::kRun; thread < (run + 1) * Shape::kRun; ++thread) {
      const Index count = counts.before[thread][column];
      counts.before[thread][column] = sum;
      sum += count;
    }
    counts.runs[run][column] = sum;
  }
  __syncthreads();
}

}  // namespace weft
