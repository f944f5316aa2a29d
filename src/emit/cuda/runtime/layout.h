// In which order a buffer holds the entries of an exchange, and where some of them lie.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/atoms.h"

namespace weft {

class HostCounts;

/**
 * Keys that entries are sorted by, the slowest first. kHost: the rank that holds the slot; kRail: the
 * source's index in its node.
 */
enum class Sort { kNone, kSlot, kHost, kSource, kRail, kNode };

/** kOnly: entries are copies. kToo: behind the atoms of each source for a node stand its copies. */
enum class Copies { kNone, kOnly, kToo };

struct LayoutSpec {
  const char* name;
  Sort order[3];
  Copies copies = Copies::kNone;
};

/** Neighbouring rows (or entries) of a buffer. */
struct Piece {
  std::int64_t first = 0;
  std::int64_t count = 0;
};

/** The entries that a layout holds on one rank, in order. */
class Layout {
 public:
  Layout(const AtomSpace& space, const LayoutSpec& spec, const AtomSet& holds);

  /**
   * The entries of a set, which the plan says stand together. A count takes a word, so for counts these are
   * the words.
   */
  Piece piece(const AtomSet& set) const;
  /**
   * Their rows. Takes no longer for more rows or entries, but for the first call after counts have been read.
   */
  Piece piece(const AtomSet& set, const HostCounts& counts) const;
  std::int64_t entries() const { return entries_; }
  const char* name() const { return spec_.name; }

  /** Calls visit(source, column) for each entry in order. */
  template <class Visit>
  void for_each(Visit visit) const;

 private:
  /** Columns that stand together: all, or those of a host where the layout sorts by host. */
  struct Block {
    int first_column;
    int columns;
    std::int64_t begin;
  };

  void add_block(const Ranks& hosts, const AtomSet& set);
  void add_columns(const Ranks& hosts, const AtomSet& set);
  std::int64_t count_columns(const AtomSet& set, int& first) const;
  int first_source(const Ranks& sources) const;
  std::int64_t position_of(int source, int column) const;
  bool sorts_by(Sort key) const;

  const AtomSpace& space_;
  const LayoutSpec spec_;
  /** Whether all sources of a column stand together, rather than all columns of a source. */
  const bool by_column_;
  /** In the order of the layout. */
  std::vector<int> sources_;
  std::vector<int> columns_;
  std::vector<Block> blocks_;
  /** [source] its place among the sources, or -1. */
  std::vector<int> source_at_;
  /** [column] its block and its place in it; -1 where there is none. */
  std::vector<int> block_of_;
  std::vector<int> column_at_;
  std::int64_t entries_ = 0;
};

template <class Visit>
void Layout::for_each(Visit visit) const {
  for (const Block& block : blocks_) {
    const int* const columns = columns_.data() + block.first_column;
    if (by_column_) {
      for (int at = 0; at < block.columns; ++at)
        for (const int source : sources_) visit(source, columns[at]);
    } else {
      for (const int source : sources_)
        for (int at = 0; at < block.columns; ++at) visit(source, columns[at]);
    }
  }
}

}  // namespace weft
