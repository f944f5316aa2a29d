#include "runtime/layout.h"

#include <algorithm>

#include "runtime/check.h"
#include "runtime/counts.h"

namespace weft {
namespace {

/** Slots of a host that a set has: [begin, end). */
struct SlotRange {
  int begin;
  int end;
};

SlotRange slots_of(const AtomSpace& space, int host, const AtomSet& set) {
  const int begin = space.slot_begin(host);
  const std::int64_t own = space.own_slots(host);
  if (set.slot_count < 0) return {begin, begin + static_cast<int>(own)};
  return {
    begin + static_cast<int>(std::min(own, set.first_slot)),
    begin + static_cast<int>(std::min(own, set.first_slot + set.slot_count))
  };
}

int rank_at(const Ranks& ranks, std::int64_t at) {
  return static_cast<int>(ranks.first + at * ranks.step);
}

}  // namespace

Layout::Layout(const AtomSpace& space, const LayoutSpec& spec, const AtomSet& holds)
    : space_(space), spec_(spec), by_column_(spec.order[0] == Sort::kSlot || spec.order[0] == Sort::kNode) {
  for (std::int64_t at = 0; at < holds.source.count; ++at) sources_.push_back(rank_at(holds.source, at));
  if (sorts_by(Sort::kRail))
    std::stable_sort(sources_.begin(), sources_.end(), [&space](int one, int other) {
      return space.rail_of(one) < space.rail_of(other);
    });
  source_at_.assign(static_cast<std::size_t>(space.ranks()), -1);
  for (std::size_t at = 0; at < sources_.size(); ++at)
    source_at_[static_cast<std::size_t>(sources_[at])] = static_cast<int>(at);
  block_of_.assign(static_cast<std::size_t>(space.columns()), -1);
  column_at_.assign(static_cast<std::size_t>(space.columns()), -1);
  if (spec.order[0] == Sort::kHost)
    for (std::int64_t at = 0; at < holds.host.count; ++at) add_block({rank_at(holds.host, at), 1, 1}, holds);
  else
    add_block(holds.host, holds);
}

/** The columns of some hosts, behind all that are there already. */
void Layout::add_block(const Ranks& hosts, const AtomSet& set) {
  const int first_column = static_cast<int>(columns_.size());
  add_columns(hosts, set);
  const int columns = static_cast<int>(columns_.size()) - first_column;
  for (int at = 0; at < columns; ++at) {
    const auto column = static_cast<std::size_t>(columns_[static_cast<std::size_t>(first_column + at)]);
    block_of_[column] = static_cast<int>(blocks_.size());
    column_at_[column] = at;
  }
  blocks_.push_back({first_column, columns, entries_});
  entries_ += static_cast<std::int64_t>(columns) * static_cast<std::int64_t>(sources_.size());
}

void Layout::add_columns(const Ranks& hosts, const AtomSet& set) {
  int node = -1;
  const auto close_node = [&] {
    if (node >= 0 && spec_.copies != Copies::kNone) columns_.push_back(space_.slots() + node);
  };
  for (std::int64_t at = 0; at < hosts.count; ++at) {
    const int host = rank_at(hosts, at);
    if (space_.node_of(host) != node) close_node();
    node = space_.node_of(host);
    if (spec_.copies == Copies::kOnly) continue;
    const SlotRange slots = slots_of(space_, host, set);
    for (int slot = slots.begin; slot < slots.end; ++slot) columns_.push_back(slot);
  }
  close_node();
}

bool Layout::sorts_by(Sort key) const {
  return std::find(std::begin(spec_.order), std::end(spec_.order), key) != std::end(spec_.order);
}

/** How many columns a set has, and in `first` the first of them. */
std::int64_t Layout::count_columns(const AtomSet& set, int& first) const {
  std::int64_t count = 0;
  int node = -1;
  first = -1;
  const auto add = [&](int column, int columns) {
    if (first < 0 && columns > 0) first = column;
    count += columns;
  };
  const auto close_node = [&] {
    if (node >= 0 && spec_.copies != Copies::kNone) add(space_.slots() + node, 1);
  };
  for (std::int64_t at = 0; at < set.host.count; ++at) {
    const int host = rank_at(set.host, at);
    if (space_.node_of(host) != node) close_node();
    node = space_.node_of(host);
    if (spec_.copies == Copies::kOnly) continue;
    const SlotRange slots = slots_of(space_, host, set);
    add(slots.begin, slots.end - slots.begin);
  }
  close_node();
  return count;
}

/** The source of a set that stands first in this layout. */
int Layout::first_source(const Ranks& sources) const {
  int first = rank_at(sources, 0);
  if (!sorts_by(Sort::kRail)) return first;
  for (std::int64_t at = 1; at < sources.count; ++at) {
    const int source = rank_at(sources, at);
    if (space_.rail_of(source) < space_.rail_of(first)) first = source;
  }
  return first;
}

std::int64_t Layout::position_of(int source, int column) const {
  const int at = source_at_[static_cast<std::size_t>(source)];
  const int block_at = block_of_[static_cast<std::size_t>(column)];
  if (at < 0 || block_at < 0)
    throw Failure(format("layout %s holds no rows of rank %d for column %d", spec_.name, source, column));
  const Block& block = blocks_[static_cast<std::size_t>(block_at)];
  const std::int64_t within = column_at_[static_cast<std::size_t>(column)];
  return block.begin +
    (by_column_ ? within * static_cast<std::int64_t>(sources_.size()) + at
                : static_cast<std::int64_t>(at) * block.columns + within);
}

Piece Layout::piece(const AtomSet& set) const {
  int first_column = -1;
  const std::int64_t count = set.source.count * count_columns(set, first_column);
  if (count == 0) return {};
  return {position_of(first_source(set.source), first_column), count};
}

Piece Layout::piece(const AtomSet& set, const HostCounts& counts) const {
  const Piece entries = piece(set);
  const std::vector<std::int64_t>& offsets = counts.offsets(*this);
  const std::int64_t begin = offsets[static_cast<std::size_t>(entries.first)];
  const std::int64_t rows = offsets[static_cast<std::size_t>(entries.first + entries.count)] - begin;
  return rows == 0 ? Piece{} : Piece{begin, rows};
}

}  // namespace weft
