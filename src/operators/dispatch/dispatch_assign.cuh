/**
 * dispatch_assign and dispatch_assign_capacity: where the rows of pairs (token, k) stand among those that a rank sends, sorted by
 * slot and within a slot in order of pairs.
 *
 * A block serves some slots and goes through all pairs twice. Each of its threads takes a run of pairs: it counts those of each
 * slot, and once it knows the counts of the threads before it, it numbers its own.
 */
#pragma once

#include "operators/arithmetic.cuh"
#include "operators/views.h"

namespace weft {

/** The slot that a pair goes to: of its expert's n replicas, token t takes number (rank + t) % n. */
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
using FewPairs = AssignShape<32, 32>;
using ManyPairs = AssignShape<512, 8>;

/** Counts of a block's threads, by slot; the last column counts pairs of lower slots. */
template <class Shape>
struct PairCounts {
  static constexpr int kColumns = Shape::kSlots + 1;
  Index before[Shape::kThreads][kColumns];  // at first the thread's own, then those of earlier threads of its run
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
__device__ void count_pairs(const Replicas& replicas, PairRun pairs, Index first_slot, PairCounts<Shape>& counts) {
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

template <class Shape>
__global__ void __launch_bounds__(Shape::kThreads)
    dispatch_assign_kernel(Replicas replicas, Index* pair_row, Index* sent, Index pair_begin, Index pair_end, Index slots) {
  __shared__ PairCounts<Shape> counts;
  const Index first_slot = blockIdx.x * Shape::kSlots;
  const PairRun pairs = run_of<Shape>(pair_begin, pair_end);
  count_pairs(replicas, pairs, first_slot, counts);

  // A slot's rows follow those of lower ones, and among them this thread's those of earlier threads.
  __shared__ Index slot_rows[Shape::kSlots];
  const int thread = static_cast<int>(threadIdx.x);
  if (thread < Shape::kSlots && first_slot + threadIdx.x < slots) {
    Index row = counts.total(Shape::kSlots);
    for (int lower = 0; lower < thread; ++lower) row += counts.total(lower);
    slot_rows[thread] = row;
    sent[first_slot + threadIdx.x] = counts.total(thread);
  }
  __syncthreads();
  for (int column = 0; column < Shape::kSlots; ++column)
    counts.before[thread][column] = counts.earlier(thread, column);
  for (Index pair = pairs.begin; pair < pairs.end; ++pair) {
    const Index slot = replicas.slot_of(pair) - first_slot;
    if (slot < Shape::kSlots) pair_row[pair] = slot_rows[slot] + counts.before[thread][slot]++;
  }
}

inline void dispatch_assign(const Launch& launch, const Index* chosen, const Index* replica_begin,
                            const Index* replica_slot, Index* pair_row, Index* sent, int top_k, int rank, int slots) {
  const Replicas replicas = {chosen, replica_begin, replica_slot, static_cast<Index>(top_k), static_cast<Index>(rank)};
  const auto begin = static_cast<Index>(launch.row_begin * top_k);
  const auto end = static_cast<Index>((launch.row_begin + launch.rows()) * top_k);
  const auto grid = [&](int slots_of_block) { return dim3(static_cast<unsigned>(ceil_divide(slots, slots_of_block))); };
  if (end - begin <= 512) {
    weft::launch(dispatch_assign_kernel<FewPairs>, grid(FewPairs::kSlots), dim3(FewPairs::kThreads), 0, launch.stream,
                 replicas, pair_row, sent, begin, end, slots);
  } else {
    weft::launch(dispatch_assign_kernel<ManyPairs>, grid(ManyPairs::kSlots), dim3(ManyPairs::kThreads), 0, launch.stream,
                 replicas, pair_row, sent, begin, end, slots);
  }
}

template <class Shape>
__global__ void __launch_bounds__(Shape::kThreads)
    dispatch_assign_capacity_kernel(Replicas replicas, Index* pair_row, Index* row_pair, Index pair_count, Index slots,
                                    Index atom_rows) {
  __shared__ PairCounts<Shape> counts;
  const Index first_slot = blockIdx.x * Shape::kSlots;
  const PairRun pairs = run_of<Shape>(0, pair_count);
  count_pairs(replicas, pairs, first_slot, counts);

  // Rows that no pair takes.
  const Index rows = smaller<Index>(Shape::kSlots, slots - first_slot) * atom_rows;
  for (Index i = threadIdx.x; i < rows; i += Shape::kThreads) {
    if (i % atom_rows >= counts.total(static_cast<int>(i / atom_rows))) row_pair[first_slot * atom_rows + i] = kNoRow;
  }
  __syncthreads();
  const int thread = static_cast<int>(threadIdx.x);
  for (int column = 0; column < Shape::kSlots; ++column)
    counts.before[thread][column] = counts.earlier(thread, column);
  for (Index pair = pairs.begin; pair < pairs.end; ++pair) {
    const Index slot = replicas.slot_of(pair) - first_slot;
    if (slot >= Shape::kSlots) continue;
    const Index used = counts.before[thread][slot]++;
    const Index row = used < atom_rows ? (first_slot + slot) * atom_rows + used : kNoRow;
    pair_row[pair] = row;
    if (row != kNoRow) row_pair[row] = pair;
  }
}

inline void dispatch_assign_capacity(const Launch& launch, const Index* chosen, const Index* replica_begin,
                                     const Index* replica_slot, Index* pair_row, Index* row_pair, int tokens, int top_k,
                                     int rank, int slots, int atom_rows) {
  const Replicas replicas = {chosen, replica_begin, replica_slot, static_cast<Index>(top_k), static_cast<Index>(rank)};
  const int pairs = tokens * top_k;
  const auto grid = [&](int slots_of_block) { return dim3(static_cast<unsigned>(ceil_divide(slots, slots_of_block))); };
  if (pairs <= 512) {
    weft::launch(dispatch_assign_capacity_kernel<FewPairs>, grid(FewPairs::kSlots), dim3(FewPairs::kThreads), 0,
                 launch.stream, replicas, pair_row, row_pair, pairs, slots, atom_rows);
  } else {
    weft::launch(dispatch_assign_capacity_kernel<ManyPairs>, grid(ManyPairs::kSlots), dim3(ManyPairs::kThreads), 0,
                 launch.stream, replicas, pair_row, row_pair, pairs, slots, atom_rows);
  }
}

}  // namespace weft
