#include "runtime/pieces.h"

#include <cmath>

namespace weft::exchange {
namespace {

int hops_of(Way way) {
  switch (way) {
    case Way::kDirect:
      return 1;
    case Way::kSpread:
      return 3;
    default:
      return 2;
  }
}

/** The hop that crosses nodes: up to it a copy is for all of a node's destinations. */
int crossing_hop(Way way) {
  return way == Way::kGather || way == Way::kSpread ? 1 : 0;
}

/** The rank where rows are after so many hops. */
int stop(const Plan& plan, Way way, int source, int destination, int rail, int hops) {
  const int size = plan.ranks_per_node;
  if (hops == 0) return source;
  if (hops == hops_of(way)) return destination;
  const int source_node = source - source % size;
  const int destination_node = destination - destination % size;
  switch (way) {
    case Way::kGather:
      return source_node + destination % size;
    case Way::kForward:
      return destination_node + source % size;
    default:
      return (hops == 1 ? source_node : destination_node) + rail;
  }
}

/** Where a share of a route's share begins, of 1: exact, so that every rank gets the same. */
double part_at(const Route& route, int share) {
  const double whole = kShares;
  return (route.share_begin * whole + static_cast<double>(route.share_end - route.share_begin) * share) /
    (whole * whole);
}

const int* begins_of(const Plan& plan, const Spread& spread, int source, int destination) {
  const int size = plan.ranks_per_node;
  int row = destination;
  if (spread.by == SpreadBy::kSourceIndex) row = source % size;
  if (spread.by == SpreadBy::kPair) row = source % size * size + destination % size;
  return spread.begins + static_cast<std::ptrdiff_t>(row) * (size + 1);
}

class Expansion {
 public:
  Expansion(const Plan& plan, const std::function<void(const Piece&)>& visit) : plan_(plan), visit_(visit) {}

  void route(const Route& route) {
    const int nodes = plan_.ranks / plan_.ranks_per_node;
    switch (route.pairs) {
      case Pairs::kAll:
        for (int from = 0; from < nodes; ++from)
          for (int to = 0; to < nodes; ++to) pair(route, from, to);
        break;
      case Pairs::kWithin:
        for (int node = 0; node < nodes; ++node) pair(route, node, node);
        break;
      case Pairs::kShifts:
        for (int shift = route.first; shift < route.second; ++shift)
          for (int from = 0; from < nodes; ++from) pair(route, from, (from + shift) % nodes);
        break;
      case Pairs::kOne:
        pair(route, route.first, route.second);
        break;
    }
  }

 private:
  void pair(const Route& route, int from_node, int to_node) {
    const int size = plan_.ranks_per_node;
    const bool can_copy = route.way == Way::kForward || route.way == Way::kSpread;
    const bool copied = plan_.copies && from_node != to_node && can_copy;
    for (int hop = 0; hop < hops_of(route.way); ++hop)
      for (int source = from_node * size; source < (from_node + 1) * size; ++source) {
        if (copied && hop <= crossing_hop(route.way)) {
          parts(route, hop, source, to_node * size, true);
          continue;
        }
        for (int destination = to_node * size; destination < (to_node + 1) * size; ++destination)
          parts(route, hop, source, destination, false);
      }
  }

  void parts(const Route& route, int hop, int source, int destination, bool copies) {
    static constexpr int kWhole[] = {0, kShares};
    const bool spread = route.spread >= 0;
    const int* const begins =
      spread ? begins_of(plan_, plan_.spreads[route.spread], source, destination) : kWhole;
    for (int rail = 0; rail < (spread ? plan_.ranks_per_node : 1); ++rail) {
      const double begin = part_at(route, begins[rail]);
      const double end = part_at(route, begins[rail + 1]);
      if (begin >= end) continue;
      visit_(
        {route.launches[hop],
         stop(plan_, route.way, source, destination, rail, hop),
         stop(plan_, route.way, source, destination, rail, hop + 1),
         hop,
         !copies && hop + 1 == hops_of(route.way),
         copies,
         source,
         copies ? destination / plan_.ranks_per_node : destination,
         begin,
         end}
      );
    }
  }

  const Plan& plan_;
  const std::function<void(const Piece&)>& visit_;
};

RowRange cut(std::int64_t rows, const Piece& piece) {
  const auto at = [&](double part) {
    return static_cast<std::int64_t>(std::floor(static_cast<double>(rows) * part));
  };
  return {at(piece.begin), at(piece.end)};
}

}  // namespace

void for_each_piece(const Plan& plan, const std::function<void(const Piece&)>& visit) {
  Expansion expansion(plan, visit);
  for (const Route& route : plan.routes) expansion.route(route);
}

RowRange rows_of(const Plan& plan, const Piece& piece, const Traffic& traffic) {
  const int size = plan.ranks_per_node;
  if (piece.copies) return cut(traffic.copies(piece.source, piece.destination), piece);
  const int node = piece.destination / size;
  if (!plan.copies || node == piece.source / size)
    return cut(traffic.rows(piece.source, piece.destination), piece);
  // Rows go where their token's copy went.
  const RowRange copies = cut(traffic.copies(piece.source, node), piece);
  return {
    traffic.rows_of_copies(piece.source, piece.destination, copies.first),
    traffic.rows_of_copies(piece.source, piece.destination, copies.end)
  };
}

}  // namespace weft::exchange
