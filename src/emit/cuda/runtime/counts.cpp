#include "runtime/counts.h"

#include <algorithm>
#include <cstring>
#include <numeric>

#include "runtime/check.h"
#include "runtime/rank.h"

namespace weft {

CountTable CountTable::of(const AtomSpace& space, int self, Told told) {
  CountTable table;
  const int first = space.slot_begin(self);
  if (told == Told::kOwn) {
    table.stride = space.own_slots(self);
    return table;
  }
  table.gathered = told == Told::kAll;
  if (!space.knows_nodes()) {
    table.stride = space.slots();
    table.first = first;
    return table;
  }
  const int node = space.node_of(self);
  const int before = space.node_begin(node);
  const int slots = space.node_begin(node + 1) - before;
  table.by_rail = true;
  if (table.gathered) {
    table.stride = space.columns();
    table.first = first + node;
    table.node_first = before + node;
    table.copies = space.told_at(space.slots() + node);
  } else {
    table.stride = slots + 1;
    table.first = first - before;
    table.node_first = 0;
    table.copies = slots;
  }
  return table;
}

HostCounts::HostCounts(Rank* rank, const AtomSpace& space, int self, const CountsSpec& spec)
    : rank_(rank),
      space_(space),
      self_(self),
      spec_(spec),
      layout_(CountTable::of(space, self, spec.told)),
      pinned_(rank == nullptr || spec.atom_rows > 0 ? 0 : sent_words() + table_words()) {
  if (pinned_.data() == nullptr) own_.resize(static_cast<std::size_t>(sent_words() + table_words()));
  sent_ = pinned_.data() == nullptr ? own_.data() : pinned_.data();
  table_ = sent_ + sent_words();
  std::fill_n(sent_, sent_words() + table_words(), static_cast<Index>(spec.atom_rows));
  for (int column = 0; column < space.columns(); ++column) word_of_.push_back(find_word(column));
  count();
}

HostCounts::HostCounts(Rank& rank, const AtomSpace& space, int self, const CountsSpec& spec)
    : HostCounts(&rank, space, self, spec) {}

HostCounts::HostCounts(const AtomSpace& space, int self, const CountsSpec& spec)
    : HostCounts(nullptr, space, self, spec) {}

std::int64_t HostCounts::sent_words() const {
  return space_.knows_nodes() ? space_.columns() : space_.slots();
}

std::int64_t HostCounts::table_words() const {
  return static_cast<std::int64_t>(space_.ranks()) * layout_.stride;
}

void HostCounts::read(
  int layer,
  int micro_batch,
  std::initializer_list<const Event*> events,
  const Index* sent,
  const Index* table,
  bool in_round
) {
  rank_->read(events, {{sent, sent_, sent_words()}, {table, table_, table_words()}});
  accept(layer, micro_batch, in_round);
}

void HostCounts::set(int layer, int micro_batch, const Index* sent, const Index* table, bool in_round) {
  std::copy_n(sent, sent_words(), sent_);
  std::copy_n(table, table_words(), table_);
  accept(layer, micro_batch, in_round);
}

/** Takes counts that have been read. */
void HostCounts::accept(int layer, int micro_batch, bool in_round) {
  offsets_.clear();
  count();
  check_written(layer, micro_batch);
  // Only where all ranks know the counts of all do they agree on it.
  exceeds_ = !in_round && spec_.overflow == Overflow::kRounds && layout_.gathered && exceeds_bound();
  if (!exceeds_) check_capacity(layer, micro_batch);
}

void HostCounts::count() {
  const int slots = space_.slots();
  const int own = space_.own_slots(self_);
  const int first = space_.slot_begin(self_);
  const Ranks everybody{0, 1, space_.ranks()};
  before_.assign(static_cast<std::size_t>(own) + 1, 0);
  for (int slot = 0; slot < own; ++slot)
    before_[static_cast<std::size_t>(slot) + 1] =
      before_[static_cast<std::size_t>(slot)] + sum(everybody, first + slot, 1);
  received_ = before_.back();
  sent_rows_ = 0;
  for (int slot = 0; slot < slots; ++slot)
    sent_rows_ += sent_[space_.knows_nodes() ? space_.told_at(slot) : slot];
  if (!space_.knows_nodes()) return;
  const int node = space_.node_of(self_);
  const Ranks rail{space_.rail_of(self_), space_.ranks_per_node(), space_.nodes()};
  copies_sent_ = 0;
  for (int each = 0; each < space_.nodes(); ++each) copies_sent_ += sent_[space_.told_at(slots + each)];
  copies_received_ = sum(rail, slots + node, 1);
  forwarded_ = sum(rail, space_.node_begin(node), space_.node_begin(node + 1) - space_.node_begin(node));
}

std::int64_t HostCounts::sum(const Ranks& sources, int first_column, int columns) const {
  std::int64_t total = 0;
  for (std::int64_t at = 0; at < sources.count; ++at)
    for (int column = first_column; column < first_column + columns; ++column)
      total += rows(static_cast<int>(sources.first + at * sources.step), column);
  return total;
}

int HostCounts::find_word(int column) const {
  if (layout_.gathered) return layout_.copies < 0 ? column : space_.told_at(column);
  if (column >= space_.slots()) return column - space_.slots() == space_.node_of(self_) ? layout_.copies : -1;
  const int at = column - space_.slot_begin(self_) + layout_.first;
  return at >= 0 && at < (layout_.copies < 0 ? layout_.stride : layout_.copies) ? at : -1;
}

std::int64_t HostCounts::rows(int source, int column) const {
  const int at = word_of_[static_cast<std::size_t>(column)];
  if (at >= 0)
    return table_
      [static_cast<std::int64_t>(layout_.by_rail ? space_.by_rail(source) : source) * layout_.stride + at];
  if (source != self_) return 0;
  if (space_.knows_nodes()) return sent_[space_.told_at(column)];
  return column < space_.slots() ? sent_[column] : 0;
}

std::int64_t HostCounts::before(std::int64_t slot) const {
  return before_[static_cast<std::size_t>(std::min<std::int64_t>(slot, space_.own_slots(self_)))];
}

const std::vector<std::int64_t>& HostCounts::offsets(const Layout& layout) const {
  for (const auto& [known, offsets] : offsets_)
    if (known == &layout) return offsets;
  std::vector<std::int64_t> offsets{0};
  offsets.reserve(static_cast<std::size_t>(layout.entries()) + 1);
  layout.for_each([&](int source, int column) { offsets.push_back(offsets.back() + rows(source, column)); });
  return offsets_.emplace_back(&layout, std::move(offsets)).second;
}

/** Whether some rank would receive or forward more than fits, by the counts of all. */
bool HostCounts::exceeds_bound() const {
  std::vector<std::int64_t> received(static_cast<std::size_t>(space_.ranks()));
  // By the rank that forwards: the one of the source's index in the slot's node.
  std::vector<std::int64_t> forwarded(received.size());
  for (int source = 0; source < space_.ranks(); ++source)
    for (int slot = 0; slot < space_.slots(); ++slot) {
      const int host = space_.host_of(slot);
      const int forwards = space_.node_of(host) * space_.ranks_per_node() + space_.rail_of(source);
      received[static_cast<std::size_t>(host)] += rows(source, slot);
      if (space_.knows_nodes()) forwarded[static_cast<std::size_t>(forwards)] += rows(source, slot);
    }
  const auto most = [](const std::vector<std::int64_t>& each) {
    return *std::max_element(each.begin(), each.end());
  };
  return std::max(most(received), most(forwarded)) > spec_.capacity_rows;
}

void HostCounts::check_written(int layer, int micro_batch) const {
  // Of the table only what the rank goes by: one word that nobody has written exceeds all sums.
  const auto unwritten = [this](Index rows) { return rows > spec_.most_sent; };
  const std::int64_t most = spec_.most_sent * space_.ranks();
  if (std::none_of(sent_, sent_ + sent_words(), unwritten) && received() <= most && forwarded() <= most)
    return;
  throw Failure(format(
    "rank %d reads counts of %s that nobody has written in layer %d, micro-batch %d",
    host_rank,
    spec_.exchange,
    layer,
    micro_batch
  ));
}

void HostCounts::check_capacity(int layer, int micro_batch) const {
  const auto fit = [&](const char* what, std::int64_t rows) {
    if (rows <= spec_.capacity_rows) return;
    throw Failure(format(
      "rank %d would %s %lld rows in %s in layer %d, micro-batch %d; %lld fit",
      host_rank,
      what,
      static_cast<long long>(rows),
      spec_.exchange,
      layer,
      micro_batch,
      static_cast<long long>(spec_.capacity_rows)
    ));
  };
  fit("receive", received());
  fit("forward", forwarded());
}

}  // namespace weft
