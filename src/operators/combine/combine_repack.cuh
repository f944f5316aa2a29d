// combine_repack: results in the order of the experts, by (slot, source), to that in which they leave, by
// (source, slot).
#pragma once

#include "operators/atom_order.cuh"

namespace weft {

template <class T>
__global__ void __launch_bounds__(kMoveThreads) combine_repack_kernel(
  Reordered<T> rows, Segments received, int row_begin, int row_end
) {
  reorder_rows<Order::kToSources>(rows, received, row_begin, row_end);
}

template <class C>
void combine_repack(const Launch& launch, Rows<C> result_rows, Segments received, Rows<C> leaving_rows) {
  if (launch.rows() == 0) return;
  require_room(received);
  const Reordered<C> rows = {result_rows, leaving_rows};
  weft::launch(
    combine_repack_kernel<C>,
    move_grid(launch),
    dim3(move_threads(launch)),
    0,
    launch.stream,
    rows,
    received,
    launch.row_begin,
    launch.row_end
  );
}

}  // namespace weft
