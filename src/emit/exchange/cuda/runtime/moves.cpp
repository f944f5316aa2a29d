#include "runtime/moves.h"

#include <algorithm>
#include <functional>
#include <map>
#include <tuple>

#include "runtime/check.h"

namespace weft::exchange {
namespace {

/** Calls with the number of a row of a span, ascending, and a slot of the pool that it is made of. */
using Sink = std::function<void(std::int64_t row, std::int64_t slot)>;

/** A piece in whole rows, as it moves in the plan's direction. */
struct Span {
  Piece piece;
  RowRange rows;
  /** It ends where it is wanted. */
  bool arrives;
  std::int64_t count() const { return rows.end - rows.first; }
};

class Builder {
 public:
  Builder(const Plan& plan, int rank, const Traffic& traffic, const Tokens& own)
      : plan_(plan), rank_(rank), traffic_(traffic), own_(own) {}

  Moves build() {
    moves_.received.resize(static_cast<std::size_t>(plan_.ranks));
    moves_.held.resize(static_cast<std::size_t>(plan_.ranks));
    index_tokens();
    moves_.input_rows = plan_.combine ? traffic_.before(plan_.ranks, rank_) : tokens();
    moves_.pool_rows = moves_.input_rows;
    spans_.resize(static_cast<std::size_t>(plan_.launches.count));
    for_each_piece(plan_, [&](const Piece& piece) { take(piece); });
    for (int at = 0; at < plan_.launches.count; ++at)
      launch(plan_.combine ? plan_.launches.count - 1 - at : at);
    unpack();
    return std::move(moves_);
  }

 private:
  std::int64_t tokens() const { return static_cast<std::int64_t>(own_.size()); }

  void index_tokens() {
    const int size = plan_.ranks_per_node;
    token_of_row_.resize(static_cast<std::size_t>(plan_.ranks));
    token_of_copy_.resize(static_cast<std::size_t>(plan_.ranks / size));
    for (std::int64_t token = 0; token < tokens(); ++token)
      for (const int destination : own_[static_cast<std::size_t>(token)]) {
        token_of_row_[static_cast<std::size_t>(destination)].push_back(token);
        auto& copies = token_of_copy_[static_cast<std::size_t>(destination / size)];
        if (copies.empty() || copies.back() != token) copies.push_back(token);
      }
  }

  /** Turns a piece round where the plan combines; copies that nobody adds up are all of their rows. */
  void take(const Piece& piece) {
    if (!plan_.combine) return add(piece, piece.last);
    Piece back = piece;
    std::swap(back.from, back.to);
    if (!piece.copies || plan_.partial_sums) return add(back, piece.hop == 0);
    back.copies = false;
    const int size = plan_.ranks_per_node;
    for (int index = 0; index < size; ++index) {
      back.destination = piece.destination * size + index;
      add(back, piece.hop == 0);
    }
  }

  void add(const Piece& piece, bool arrives) {
    const Span span{piece, rows_of(plan_, piece, traffic_), arrives};
    if (span.count() <= 0) return;
    if (arrives)
      moves_.received[static_cast<std::size_t>(piece.to)] += span.count();
    else if (piece.from != piece.to)
      moves_.held[static_cast<std::size_t>(piece.to)] += span.count();
    if (piece.from == rank_ || piece.to == rank_)
      spans_[static_cast<std::size_t>(piece.launch)].push_back(span);
  }

  void launch(int index) {
    LaunchMoves moves{plan_.launches[index], {}, {}, {{0}, {}}};
    // Ranks begin with their neighbours, so that not all of them send to one at a time.
    std::map<int, std::vector<const Span*>> sends;
    std::map<int, std::vector<const Span*>> receives;
    for (const Span& span : spans_[static_cast<std::size_t>(index)]) {
      if (span.piece.from == span.piece.to) continue;
      if (span.piece.from == rank_)
        sends[(span.piece.to - rank_ + plan_.ranks) % plan_.ranks].push_back(&span);
      else
        receives[(rank_ - span.piece.from + plan_.ranks) % plan_.ranks].push_back(&span);
    }
    for (const auto& [distance, spans] : sends) {
      const std::int64_t first = moves.pack.rows();
      for (const Span* span : spans) append(moves.pack, *span);
      moves.sends.push_back({(rank_ + distance) % plan_.ranks, first, moves.pack.rows() - first});
    }
    for (const auto& [distance, spans] : receives) {
      const std::int64_t first = moves_.pool_rows;
      for (const Span* span : spans) {
        holdings_[key_of(span->piece)] = moves_.pool_rows;
        moves_.pool_rows += span->count();
      }
      moves.receives.push_back(
        {(rank_ - distance + plan_.ranks) % plan_.ranks, first, moves_.pool_rows - first}
      );
    }
    moves_.send_rows = std::max(moves_.send_rows, moves.pack.rows());
    moves_.launches.push_back(std::move(moves));
  }

  void append(Recipe& recipe, const Span& span) const {
    const std::size_t first = recipe.begins.size() - 1;
    recipe.begins.resize(recipe.begins.size() + static_cast<std::size_t>(span.count()));
    locate(span.piece, span.rows, [&](std::int64_t row, std::int64_t slot) {
      recipe.slots.push_back(static_cast<Index>(slot));
      recipe.begins[first + static_cast<std::size_t>(row - span.rows.first) + 1] =
        static_cast<Index>(recipe.slots.size());
    });
  }

  /** The result, in order of its rows. */
  void unpack() {
    const std::int64_t rows = plan_.combine ? tokens() : traffic_.before(plan_.ranks, rank_);
    std::vector<std::vector<Index>> made(static_cast<std::size_t>(rows));
    for (const std::vector<Span>& launch : spans_)
      for (const Span& span : launch) {
        if (!span.arrives || span.piece.to != rank_) continue;
        locate(span.piece, span.rows, [&](std::int64_t row, std::int64_t slot) {
          made[static_cast<std::size_t>(result_row(span.piece, row))].push_back(static_cast<Index>(slot));
        });
      }
    Recipe& recipe = moves_.unpack;
    recipe.begins.push_back(0);
    for (const std::vector<Index>& slots : made) {
      if (!plan_.combine && slots.size() != 1)
        throw Failure(format("rank %d: a row arrives %zu times, not once", rank_, slots.size()));
      recipe.slots.insert(recipe.slots.end(), slots.begin(), slots.end());
      recipe.begins.push_back(static_cast<Index>(recipe.slots.size()));
    }
  }

  std::int64_t result_row(const Piece& piece, std::int64_t row) const {
    if (!plan_.combine) return traffic_.before(piece.source, rank_) + row;
    const auto& tokens = piece.copies ? token_of_copy_ : token_of_row_;
    return tokens[static_cast<std::size_t>(piece.destination)][static_cast<std::size_t>(row)];
  }

  using Key = std::tuple<bool, int, int, double>;
  static Key key_of(const Piece& piece) {
    return {piece.copies, piece.source, piece.destination, piece.begin};
  }

  /** Where rows of a piece are on this rank. */
  void locate(const Piece& piece, RowRange rows, const Sink& sink) const {
    const auto held = holdings_.find(key_of(piece));
    if (held != holdings_.end()) {
      for (std::int64_t row = rows.first; row < rows.end; ++row) sink(row, held->second + row - rows.first);
    } else if (plan_.combine && piece.copies) {
      locate_sums(piece, rows, sink);
    } else if (plan_.combine) {
      if (piece.destination != rank_) refuse(piece);
      const std::int64_t first = traffic_.before(piece.source, rank_);
      for (std::int64_t row = rows.first; row < rows.end; ++row) sink(row, first + row);
    } else if (!locate_in_copies(piece, rows, sink)) {
      if (piece.source != rank_) refuse(piece);
      const auto& tokens = piece.copies ? token_of_copy_ : token_of_row_;
      for (std::int64_t row = rows.first; row < rows.end; ++row)
        sink(row, tokens[static_cast<std::size_t>(piece.destination)][static_cast<std::size_t>(row)]);
    }
  }

  /** Rows whose copies have come here are taken out of these. */
  bool locate_in_copies(const Piece& piece, RowRange rows, const Sink& sink) const {
    if (!plan_.copies || piece.copies) return false;
    Piece copies = piece;
    copies.copies = true;
    copies.destination = piece.destination / plan_.ranks_per_node;
    const auto held = holdings_.find(key_of(copies));
    if (held == holdings_.end()) return false;
    const std::int64_t first = rows_of(plan_, copies, traffic_).first;
    for (std::int64_t row = rows.first; row < rows.end; ++row)
      sink(row, held->second + traffic_.copy_of_row(piece.source, piece.destination, row) - first);
    return true;
  }

  /** What the node's ranks have given back for each copy. */
  void locate_sums(const Piece& piece, RowRange copies, const Sink& sink) const {
    const int size = plan_.ranks_per_node;
    std::vector<std::vector<std::int64_t>> parts(static_cast<std::size_t>(copies.end - copies.first));
    for (int index = 0; index < size; ++index) {
      Piece of = piece;
      of.copies = false;
      of.destination = piece.destination * size + index;
      const RowRange rows = rows_of(plan_, of, traffic_);
      if (rows.first >= rows.end) continue;
      locate(of, rows, [&](std::int64_t row, std::int64_t slot) {
        const std::int64_t copy = traffic_.copy_of_row(of.source, of.destination, row);
        parts[static_cast<std::size_t>(copy - copies.first)].push_back(slot);
      });
    }
    for (std::int64_t copy = copies.first; copy < copies.end; ++copy)
      for (const std::int64_t slot : parts[static_cast<std::size_t>(copy - copies.first)]) sink(copy, slot);
  }

  [[noreturn]] void refuse(const Piece& piece) const {
    throw Failure(format(
      "rank %d has no rows from rank %d for %s %d, which the plan makes it send",
      rank_,
      piece.source,
      piece.copies ? "node" : "rank",
      piece.destination
    ));
  }

  const Plan& plan_;
  const int rank_;
  const Traffic& traffic_;
  const Tokens& own_;
  Moves moves_;
  /** [launch] those that begin or end here. */
  std::vector<std::vector<Span>> spans_;
  /** [destination][row] and [node][copy] the token. */
  std::vector<std::vector<std::int64_t>> token_of_row_;
  std::vector<std::vector<std::int64_t>> token_of_copy_;
  /** The first slot of what has arrived. */
  std::map<Key, std::int64_t> holdings_;
};

}  // namespace

Moves moves_of(const Plan& plan, int rank, const Traffic& traffic, const Tokens& own) {
  return Builder(plan, rank, traffic, own).build();
}

void check_capacity(const Plan& plan, const Moves& moves) {
  if (plan.capacity_rows < 0) return;
  const auto check = [&](int rank, std::int64_t rows, const char* what) {
    if (rows > plan.capacity_rows)
      throw Failure(format(
        "rank %d would %s %lld rows; %lld fit",
        rank,
        what,
        static_cast<long long>(rows),
        static_cast<long long>(plan.capacity_rows)
      ));
  };
  for (int rank = 0; rank < plan.ranks; ++rank) {
    check(rank, moves.received[static_cast<std::size_t>(rank)], "receive");
    check(rank, moves.held[static_cast<std::size_t>(rank)], "hold for others");
  }
}

}  // namespace weft::exchange
