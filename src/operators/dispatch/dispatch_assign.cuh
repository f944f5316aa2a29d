// dispatch_assign: where the rows of pairs (token, k) stand among those that a rank sends, sorted by slot and
// in order of pairs.
#pragma once

#include "operators/pair_counts.cuh"

namespace weft {

template <class Shape>
__global__ void __launch_bounds__(Shape::kThreads) dispatch_assign_kernel(
  Replicas replicas, Index* pair_row, Index* sent, Index pair_begin, Index pair_end, Index slots
) {
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

inline void dispatch_assign(
  const Launch& launch,
  const Index* chosen,
  const Index* replica_begin,
  const Index* replica_slot,
  Index* pair_row,
  Index* sent,
  int top_k,
  int rank,
  int slots
) {
  const Replicas replicas = {
    chosen, replica_begin, replica_slot, static_cast<Index>(top_k), static_cast<Index>(rank)
  };
  const auto begin = static_cast<Index>(launch.row_begin * top_k);
  const auto end = static_cast<Index>((launch.row_begin + launch.rows()) * top_k);
  const bool few = end - begin <= kFewPairs;
  const int slots_of_block = few ? FewPairs::kSlots : ManyPairs::kSlots;
  weft::launch(
    few ? dispatch_assign_kernel<FewPairs> : dispatch_assign_kernel<ManyPairs>,
    dim3(static_cast<unsigned>(ceil_divide(slots, slots_of_block))),
    dim3(few ? FewPairs::kThreads : ManyPairs::kThreads),
    0,
    launch.stream,
    replicas,
    pair_row,
    sent,
    begin,
    end,
    slots
  );
}

}  // namespace weft
