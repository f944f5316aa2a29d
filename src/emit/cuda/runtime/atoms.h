// What exchanges move is made of entries, each with a count of rows of its own: atoms (source, slot), and in
// node-aware exchanges copies (source, node). Both are numbered as (source, column): columns are the slots,
// and behind them the nodes.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/facts.h"

namespace weft {

/** first, first + step, ...: ranks by their index in the communicator. */
struct Ranks {
  std::int64_t first = 0;
  std::int64_t step = 1;
  std::int64_t count = 1;
};

/**
 * Atoms with these sources and with slots on these hosts: all slots of each host, or some neighbouring ones
 * of its own.
 */
struct AtomSet {
  Ranks source;
  Ranks host;
  std::int64_t first_slot = 0;
  /** -1: all. A host that has fewer slots has those of them that it has. */
  std::int64_t slot_count = -1;
};

/** Where the entries of an exchange live: who holds which slots, and which ranks make a node. */
class AtomSpace {
 public:
  /** `ranks_per_node` is 0 where the exchange knows no nodes. */
  explicit AtomSpace(const PlacementFacts& placement, int ranks_per_node = 0);

  int ranks() const { return ranks_; }
  int slots() const { return slots_; }
  bool knows_nodes() const { return knows_nodes_; }
  int ranks_per_node() const { return ranks_per_node_; }
  int nodes() const { return nodes_; }
  /** Columns of a source: its slots and nodes. */
  int columns() const { return slots_ + nodes_; }

  int node_of(int rank) const { return rank / ranks_per_node_; }
  int rail_of(int rank) const { return rank % ranks_per_node_; }
  /** Where a rank stands when they are sorted by their index in a node first. */
  int by_rail(int rank) const { return rail_of(rank) * nodes_ + node_of(rank); }
  int host_of(int slot) const { return hosts_[static_cast<std::size_t>(slot)]; }
  /** First slot of a rank; that of `ranks()` is the number of slots. */
  int slot_begin(int rank) const { return static_cast<int>(slot_begin_[rank]); }
  int own_slots(int rank) const { return slot_begin(rank + 1) - slot_begin(rank); }
  /** First slot of a node; that of `nodes()` is the number of slots. */
  int node_begin(int node) const { return slot_begin(node * ranks_per_node_); }
  /** Where a column stands among all that a source tells: each node's slots, and behind them its copies. */
  int told_at(int column) const;

 private:
  const int ranks_;
  const int slots_;
  const bool knows_nodes_;
  const int ranks_per_node_;
  const int nodes_;
  const Index* const slot_begin_;
  std::vector<int> hosts_;
};

}  // namespace weft
