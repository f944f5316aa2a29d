#include "runtime/atoms.h"

#include "runtime/arithmetic.h"

namespace weft {

AtomSpace::AtomSpace(const PlacementFacts& placement, int ranks_per_node)
    : ranks_(placement.ranks),
      slots_(placement.slots),
      knows_nodes_(ranks_per_node > 0),
      ranks_per_node_(knows_nodes_ ? ranks_per_node : placement.ranks),
      nodes_(static_cast<int>(ceil_div(ranks_, ranks_per_node_))),
      slot_begin_(placement.slot_begin) {
  hosts_.reserve(static_cast<std::size_t>(slots_));
  for (int rank = 0; rank < ranks_; ++rank)
    hosts_.resize(static_cast<std::size_t>(slot_begin(rank + 1)), rank);
}

int AtomSpace::told_at(int column) const {
  if (column < slots_) return column + node_of(host_of(column));
  const int node = column - slots_;
  return node_begin(node + 1) + node;
}

}  // namespace weft
