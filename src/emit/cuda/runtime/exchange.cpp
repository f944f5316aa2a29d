#include "runtime/exchange.h"

#include "runtime/rank.h"

namespace weft {

Exchange::Exchange(
  Rank& rank,
  int self,
  const PlacementFacts& placement,
  int ranks_per_node,
  const CountsSpec& spec,
  int micro_batches
)
    : space_(placement, ranks_per_node), self_(self) {
  uses_.resize(static_cast<std::size_t>(micro_batches * kLayersKept));
  for (Use& use : uses_) use.counts = std::make_unique<HostCounts>(rank, space_, self, spec);
}

void Exchange::read(
  int layer,
  int micro_batch,
  std::initializer_list<const Event*> events,
  const Index* sent,
  const Index* table,
  const Tokens& tokens
) {
  Use& use = uses_[index(layer, micro_batch)];
  use.counts->read(layer, micro_batch, events, sent, table, tokens.in_round);
  // In a round the exchange stays one that exceeds its bound, although the round does not.
  if (!tokens.in_round) use.layer = use.counts->exceeds() ? layer : -1;
}

bool Exchange::exceeds(int layer, int micro_batch) const {
  return use(layer, micro_batch).layer == layer;
}

Segments Exchange::segments(const Index* table) const {
  const CountTable& layout = uses_.front().counts->table();
  return {table, space_.ranks(), space_.own_slots(self_), layout.stride, layout.first};
}

Relay Exchange::relay(const Index* table, const Index* slot_begin) const {
  const CountTable& layout = uses_.front().counts->table();
  return {
    table,
    slot_begin,
    space_.nodes(),
    space_.ranks_per_node(),
    space_.node_of(self_),
    space_.rail_of(self_),
    layout.stride,
    layout.node_first
  };
}

}  // namespace weft
