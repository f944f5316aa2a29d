// An exchange plan as tables: program/plan.cpp has them.
#pragma once

#include <cstdint>

#include "runtime/facts.h"

namespace weft::exchange {

/** Routes give shares in parts of so many. */
inline constexpr int kShares = 65536;

enum class Way { kDirect, kGather, kForward, kSpread };
enum class Pairs { kAll, kWithin, kShifts, kOne };
enum class SpreadBy { kSourceIndex, kPair, kDestination };

/** The way of a share of the rows of some pairs of nodes. */
struct Route {
  Pairs pairs;
  /** kShifts: distances [first, second). kOne: from node `first` to node `second`. */
  int first;
  int second;
  int share_begin;
  int share_end;
  Way way;
  /** The launch of each hop. */
  int launches[3];
  /** Index into the plan's spreads; -1 where the way has none. */
  int spread;
};

struct Spread {
  SpreadBy by;
  /** [row][ranks_per_node + 1] where the part of each rail begins, and the end of the last, in kShares. */
  const int* begins;
};

struct Plan {
  int ranks;
  int ranks_per_node;
  bool combine;
  std::int64_t row_bytes;
  /** A token crosses nodes once for all of its destinations on a node. */
  bool copies;
  bool partial_sums;
  /** Rows that a rank may receive, or hold for others; -1 for any number. */
  std::int64_t capacity_rows;
  const char* communicator;
  int sms;
  /** Rows of a rank in the traffic that the plan was made for, on average. */
  std::int64_t mean_rows;
  /** Names, in the order in which a dispatch issues them. */
  List<const char*> launches;
  List<Route> routes;
  List<Spread> spreads;
};

extern const Plan kPlan;

}  // namespace weft::exchange
