// dispatch_unpack: rows as they arrived, by (source, slot), to the order of the experts, by (slot, source).
#pragma once

#include "operators/atom_order.cuh"

namespace weft {

template <class T>
__global__ void __launch_bounds__(kMoveThreads) dispatch_unpack_kernel(
  Reordered<T> rows, Segments received, int row_begin, int row_end
) {
  reorder_rows<Order::kToSlots>(rows, received, row_begin, row_end);
}

template <class D>
void dispatch_unpack(const Launch& launch, Rows<D> arrived_rows, Segments received, Rows<D> expert_rows) {
  if (launch.rows() == 0) return;
  require_room(received);
  const Reordered<D> rows = {expert_rows, arrived_rows};
  weft::launch(
    dispatch_unpack_kernel<D>,
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
