// Who sends how much to whom: tokens with their destinations, and what a rank knows of everybody's.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/exchange_plan.h"

namespace weft::exchange {

/** Of one rank: the ranks that each of its tokens goes to, ascending. */
using Tokens = std::vector<std::vector<int>>;
/** [source] */
using Routing = std::vector<Tokens>;

/** A line for each token: its source, then its destinations. @throws Failure */
Routing read_routing(const std::string& file, const Plan& plan);
/** Up to twice the plan's mean rows on every rank, each token for up to 8 ranks. */
Routing make_routing(const Plan& plan, unsigned long long seed);

/** Tokens as words: of each the number of its destinations, then these. */
std::vector<Index> words_of(const Tokens& tokens);
Tokens tokens_of(const Index* words, std::int64_t count);

/** Counts of all ranks; of plans with copies also which tokens rows are of. */
class Traffic {
 public:
  explicit Traffic(const Plan& plan);

  /** Rows of a source for each rank. */
  void set_rows(int source, const Index* rows);
  /** All of a source's tokens. */
  void set_tokens(int source, const Tokens& tokens);

  std::int64_t rows(int source, int destination) const {
    return rows_[static_cast<std::size_t>(source * plan_.ranks + destination)];
  }
  /** Tokens of a source with a destination on a node. */
  std::int64_t copies(int source, int node) const {
    return copies_[static_cast<std::size_t>(source * nodes_ + node)];
  }
  /** How many of the first so many of those go to a destination on the node. */
  std::int64_t rows_of_copies(int source, int destination, std::int64_t copies) const;
  /** Which of those a row's token is. */
  std::int64_t copy_of_row(int source, int destination, std::int64_t row) const {
    return copy_of_row_[static_cast<std::size_t>(source * plan_.ranks + destination)]
                       [static_cast<std::size_t>(row)];
  }
  /** Rows for a rank from the sources before one, in whose order they stand in its memory. */
  std::int64_t before(int source, int destination) const;

 private:
  const Plan& plan_;
  const int nodes_;
  std::vector<std::int64_t> rows_;
  std::vector<std::int64_t> copies_;
  std::vector<std::vector<std::int64_t>> copy_of_row_;
};

}  // namespace weft::exchange
