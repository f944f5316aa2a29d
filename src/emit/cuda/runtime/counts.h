// How many rows each atom of an exchange has, as the host of a rank knows them.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <utility>
#include <vector>

#include "runtime/atoms.h"
#include "runtime/layout.h"
#include "runtime/pinned.h"

namespace weft {

class Event;
class Rank;

/**
 * Whom the table of counts tells of: this rank's slots, those of its node and its copies, or all slots and
 * all copies.
 */
enum class Told { kOwn, kNode, kAll };

/** What happens where more rows arrive than fit. */
enum class Overflow { kAbort, kRounds };

struct CountsSpec {
  /** The exchange. */
  const char* exchange;
  Told told = Told::kOwn;
  Overflow overflow = Overflow::kAbort;
  /** Rows that a rank can receive, and forward. */
  std::int64_t capacity_rows = 0;
  /** Rows that a rank sends at most, tokens * top_k: more, and nobody wrote the counts. */
  std::int64_t most_sent = 0;
  /** Rows of every atom where they are fixed; 0 where routing decides. */
  std::int64_t atom_rows = 0;
};

/** How a table of counts is laid out. */
struct CountTable {
  /** Words from one source's counts to the next. */
  int stride = 0;
  /** Word of this rank's first slot among the counts of a source. */
  int first = 0;
  /** Word of the first slot of this rank's node, where nodes are told of, and of its copies; -1 elsewhere. */
  int node_first = -1;
  int copies = -1;
  /** Whether it tells of all slots and nodes. */
  bool gathered = false;
  /** Whether sources are sorted by their index in a node first. */
  bool by_rail = false;

  static CountTable of(const AtomSpace& space, int self, Told told);
};

/**
 * Counts of one rank in one exchange: of one layer and micro-batch at a time. Where atoms have fixed rows
 * they are there from the start.
 */
class HostCounts {
 public:
  /** `self` is the rank's index in the exchange's communicator. */
  HostCounts(Rank& rank, const AtomSpace& space, int self, const CountsSpec& spec);
  /** Counts that are not the device's, for tests of this part alone. */
  HostCounts(const AtomSpace& space, int self, const CountsSpec& spec);
  HostCounts(const HostCounts&) = delete;
  HostCounts& operator=(const HostCounts&) = delete;

  /**
   * Reads counts from the device once the events have been recorded: `sent`, what this rank tells, and
   * `table`, what all told it. Throws a Failure where more rows would arrive than fit, but not where the
   * exchange goes on in rounds (see exceeds()), unless these are the counts of a round; and where nobody
   * wrote the counts.
   */
  void read(
    int layer,
    int micro_batch,
    std::initializer_list<const Event*> events,
    const Index* sent,
    const Index* table,
    bool in_round = false
  );
  /** The same from memory of the host. */
  void set(int layer, int micro_batch, const Index* sent, const Index* table, bool in_round = false);

  /** Rows of an atom, or copies for a node; 0 where the rank does not know them. */
  std::int64_t rows(int source, int column) const;
  /** Rows that the rank sends, and that arrive. */
  std::int64_t sent() const { return sent_rows_; }
  std::int64_t received() const { return received_; }
  std::int64_t copies_sent() const { return copies_sent_; }
  std::int64_t copies_received() const { return copies_received_; }
  /** Rows that the rank forwards. */
  std::int64_t forwarded() const { return forwarded_; }
  /** Rows that arrive for the rank's slots below one of them. */
  std::int64_t before(std::int64_t slot) const;
  /** Whether some rank would receive or forward more than fits, so that all go on in rounds. */
  bool exceeds() const { return exceeds_; }

  const CountTable& table() const { return layout_; }
  /** Words of `sent` and `table` on the device. */
  std::int64_t sent_words() const;
  std::int64_t table_words() const;

 private:
  friend class Layout;
  HostCounts(Rank* rank, const AtomSpace& space, int self, const CountsSpec& spec);
  void accept(int layer, int micro_batch, bool in_round);
  /** [entry] rows before each entry of a layout, and behind the last. */
  const std::vector<std::int64_t>& offsets(const Layout& layout) const;
  int find_word(int column) const;
  std::int64_t sum(const Ranks& sources, int first_column, int columns) const;
  void count();
  bool exceeds_bound() const;
  void check_written(int layer, int micro_batch) const;
  void check_capacity(int layer, int micro_batch) const;

  Rank* const rank_;
  const AtomSpace& space_;
  const int self_;
  const CountsSpec spec_;
  const CountTable layout_;
  /** [column] its word among the counts of a source; -1 where the table tells of others. */
  std::vector<int> word_of_;
  Pinned<Index> pinned_;
  std::vector<Index> own_;
  /** [slots + nodes] as told, and [ranks][stride]. */
  Index* sent_ = nullptr;
  Index* table_ = nullptr;
  std::int64_t sent_rows_ = 0;
  std::int64_t received_ = 0;
  std::int64_t copies_sent_ = 0;
  std::int64_t copies_received_ = 0;
  std::int64_t forwarded_ = 0;
  std::vector<std::int64_t> before_;
  bool exceeds_ = false;
  /** By layout, since the counts were read. */
  mutable std::vector<std::pair<const Layout*, std::vector<std::int64_t>>> offsets_;
};

}  // namespace weft
