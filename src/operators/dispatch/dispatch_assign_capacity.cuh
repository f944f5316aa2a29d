// dispatch_assign_capacity: gives pairs (token, k) the rows of their slots in order, until a slot has no
// more.
#pragma once

#include "operators/pair_counts.cuh"

namespace weft {

template <class Shape>
__global__ void __launch_bounds__(Shape::kThreads) dispatch_assign_capacity_kernel(
  Replicas replicas, Index* pair_row, Index* row_pair, Index pair_count, Index slots, Index atom_rows
) {
  __shared__ PairCounts<Shape> counts;
  const Index first_slot = blockIdx.x * Shape::kSlots;
  const PairRun pairs = run_of<Shape>(0, pair_count);
  count_pairs(replicas, pairs, first_slot, counts);

  // Rows that no pair takes.
  const Index rows = smaller<Index>(Shape::kSlots, slots - first_slot) * atom_rows;
  for (Index i = threadIdx.x; i < rows; i += Shape::kThreads) {
    if (i % atom_rows >= counts.total(static_cast<int>(i / atom_rows)))
      row_pair[first_slot * atom_rows + i] = kNoRow;
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

inline void dispatch_assign_capacity(
  const Launch& launch,
  const Index* chosen,
  const Index* replica_begin,
  const Index* replica_slot,
  Index* pair_row,
  Index* row_pair,
  int tokens,
  int top_k,
  int rank,
  int slots,
  int atom_rows
) {
  const Replicas replicas = {
    chosen, replica_begin, replica_slot, static_cast<Index>(top_k), static_cast<Index>(rank)
  };
  const int pairs = tokens * top_k;
  const bool few = pairs <= kFewPairs;
  const int slots_of_block = few ? FewPairs::kSlots : ManyPairs::kSlots;
  weft::launch(
    few ? dispatch_assign_capacity_kernel<FewPairs> : dispatch_assign_capacity_kernel<ManyPairs>,
    dim3(static_cast<unsigned>(ceil_divide(slots, slots_of_block))),
    dim3(few ? FewPairs::kThreads : ManyPairs::kThreads),
    0,
    launch.stream,
    replicas,
    pair_row,
    row_pair,
    pairs,
    slots,
    atom_rows
  );
}

}  // namespace weft
