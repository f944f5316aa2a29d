// The exchange on one rank: counts meet, then launch after launch is packed and moved, then the result is made.
#pragma once

#include <memory>
#include <vector>

#include "runtime/communicator.h"
#include "runtime/moves.h"
#include "runtime/pinned.h"
#include "runtime/rank.h"
#include "runtime/stream.h"

namespace weft::exchange {

/** Where everything lies in a rank's memory, in bytes from its beginning. */
struct Arena {
  std::int64_t pool = 0;
  std::int64_t sends = 0;
  std::int64_t result = 0;
  /** Words: own counts, everybody's, own tokens, everybody's, and recipes. */
  std::int64_t own_counts = 0;
  std::int64_t counts = 0;
  std::int64_t own_tokens = 0;
  std::int64_t tokens = 0;
  std::int64_t recipes = 0;
  std::int64_t bytes = 0;
  /** Words of the tokens of the rank that has most of these. */
  std::int64_t token_words = 0;
  std::int64_t recipe_words = 0;

  /** Enough for this traffic; a framework reserves what its capacity needs. */
  static Arena of(const Plan& plan, const Moves& moves, const Routing& routing);
};

class Exchange {
 public:
  Exchange(Rank& rank, const Plan& plan, const Arena& arena, const Tokens& own);

  /** Issues one exchange; returns when its counts are known and everything is on streams. */
  void step();

 private:
  /** Counts of all ranks, by NCCL; the host waits for them. */
  Traffic gather_counts();
  void gather(const Index* own, Index* all, std::int64_t words, Index* host, const char* label);
  void make_rows(const Recipe& recipe, std::int64_t& at, std::byte* rows);
  void upload(const Moves& moves);
  Index* words(std::int64_t offset) const { return reinterpret_cast<Index*>(rank_.memory() + offset); }

  Rank& rank_;
  const Plan& plan_;
  const Arena arena_;
  const Tokens& own_;
  Stream compute_;
  Stream transfers_;
  Communicator communicator_;
  Event counts_ready_;
  Event counts_there_;
  Event unpacked_;
  /** [launch] an event for each edge. */
  std::vector<std::unique_ptr<Event>> packed_;
  std::vector<std::unique_ptr<Event>> moved_;
  std::vector<Index> own_words_;
  Pinned<Index> own_host_;
  Pinned<Index> all_host_;
  Pinned<Index> recipes_host_;
};

}  // namespace weft::exchange
