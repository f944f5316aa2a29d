// What one rank does in an exchange, for actual counts: messages of each launch, and which rows each is made of.
//
// A rank's rows lie in one pool: those that it starts with, then what arrives, message after message, where it
// stays. Rows for a message are gathered from the pool, and so is the result.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/pieces.h"
#include "runtime/traffic.h"

namespace weft::exchange {

/** For each row made, the rows of the pool that it is made of: one to copy, or any number to add. */
struct Recipe {
  std::vector<Index> begins;
  std::vector<Index> slots;

  std::int64_t rows() const { return static_cast<std::int64_t>(begins.size()) - 1; }
};

/** Rows [first, first + rows) of the send buffer, or of the pool where it is received. */
struct Message {
  int peer;
  std::int64_t first;
  std::int64_t rows;
};

struct LaunchMoves {
  const char* name;
  std::vector<Message> sends;
  std::vector<Message> receives;
  /** Rows of the send buffer. */
  Recipe pack;
};

struct Moves {
  /** In the order in which they are issued. */
  std::vector<LaunchMoves> launches;
  /** Rows of the result. */
  Recipe unpack;
  std::int64_t input_rows = 0;
  std::int64_t pool_rows = 0;
  std::int64_t send_rows = 0;
  /** [rank] rows that arrive where they are wanted, and on their way to others. */
  std::vector<std::int64_t> received;
  std::vector<std::int64_t> held;
};

/** `own`: the rank's tokens. @throws Failure where the plan sends what a rank does not have */
Moves moves_of(const Plan& plan, int rank, const Traffic& traffic, const Tokens& own);

/** @throws Failure where some rank has no room; all ranks find the same. */
void check_capacity(const Plan& plan, const Moves& moves);

}  // namespace weft::exchange
