// A dispatch and its combine on one rank: where its entries live, and the counts of the micro-batches that are under way.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <vector>

#include "operators/views.h"
#include "runtime/atoms.h"
#include "runtime/counts.h"
#include "runtime/launching.h"
#include "runtime/layout.h"

namespace weft {

class Event;
class Rank;

class Exchange {
 public:
  /** `self` is the rank's index in the communicator; `ranks_per_node` 0 where the exchange knows no nodes. */
  Exchange(
    Rank& rank,
    int self,
    const PlacementFacts& placement,
    int ranks_per_node,
    const CountsSpec& spec,
    int micro_batches
  );

  const AtomSpace& space() const { return space_; }
  std::int64_t self() const { return self_; }
  Ranks all_ranks() const { return {0, 1, space_.ranks()}; }
  /** Counts of a layer and micro-batch. Launches of a layer are issued beside those of the next at most, so two sets are kept. */
  const HostCounts& counts(int layer, int micro_batch) const { return *use(layer, micro_batch).counts; }
  void read(
    int layer,
    int micro_batch,
    std::initializer_list<const Event*> events,
    const Index* sent,
    const Index* table,
    const Tokens& tokens
  );
  /** Whether more rows would arrive somewhere than fit, so that this exchange goes on in rounds. */
  bool exceeds(int layer, int micro_batch) const;
  /** Its rounds have been made: in the next step it starts anew. */
  void end_rounds(int layer, int micro_batch) { uses_[index(layer, micro_batch)].layer = -1; }
  /** Whether a launch that rounds will make is left out for it where it stands. */
  bool leaves_out(int layer, int micro_batch, const Tokens& tokens) const {
    return !tokens.in_round && exceeds(layer, micro_batch);
  }

  /** What kernels are told of the table of counts. */
  Segments segments(const Index* table) const;
  Relay relay(const Index* table, const Index* slot_begin) const;

 private:
  struct Use {
    std::unique_ptr<HostCounts> counts;
    int layer = -1;
  };
  static constexpr int kLayersKept = 2;
  std::size_t index(int layer, int micro_batch) const {
    return static_cast<std::size_t>(micro_batch * kLayersKept + layer % kLayersKept);
  }
  const Use& use(int layer, int micro_batch) const { return uses_[index(layer, micro_batch)]; }

  const AtomSpace space_;
  const int self_;
  std::vector<Use> uses_;
};

/** Neighbouring bytes of a buffer. */
struct Part {
  std::byte* data;
  std::int64_t bytes;
};

/** A buffer whose rows a layout orders, cut into what travels together. Without counts its rows are single words of counts. */
class Parts {
 public:
  Parts(std::byte* data, std::int64_t row_bytes, const Layout& layout, const HostCounts& counts)
      : data_(data), row_bytes_(row_bytes), layout_(layout), counts_(&counts) {}
  Parts(Index* words, const Layout& layout)
      : data_(reinterpret_cast<std::byte*>(words)), row_bytes_(sizeof(Index)), layout_(layout) {}

  Part operator[](const AtomSet& set) const {
    const Piece piece = counts_ == nullptr ? layout_.piece(set) : layout_.piece(set, *counts_);
    return {data_ + piece.first * row_bytes_, piece.count * row_bytes_};
  }

 private:
  std::byte* const data_;
  const std::int64_t row_bytes_;
  const Layout& layout_;
  const HostCounts* const counts_ = nullptr;
};

}  // namespace weft
