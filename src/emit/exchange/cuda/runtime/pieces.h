// What the routes of a plan mean: pieces of every pair's rows, hop by hop.
#pragma once

#include <cstdint>
#include <functional>

#include "runtime/exchange_plan.h"
#include "runtime/traffic.h"

namespace weft::exchange {

/** Rows that move together: the part from `begin` to `end`, of 1, of those that `source` has for `destination`. */
struct Piece {
  int launch;
  int from;
  int to;
  /** Hops that these rows have behind them. */
  int hop;
  /** Whether `to` is where they are wanted. */
  bool last;
  /** One row for each token with a destination on a node; then `destination` is that node. */
  bool copies;
  int source;
  int destination;
  double begin;
  double end;
};

/** Visits the pieces of a dispatch. Those of one message stand in it in this order, at both of its ends. */
void for_each_piece(const Plan& plan, const std::function<void(const Piece&)>& visit);

/** Whole rows: [first, end) of a pair's rows, or of a node's copies. */
struct RowRange {
  std::int64_t first;
  std::int64_t end;
};
RowRange rows_of(const Plan& plan, const Piece& piece, const Traffic& traffic);

}  // namespace weft::exchange
