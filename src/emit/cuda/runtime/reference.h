// The host reference: each operator by its definition, in double precision, on the tokens of one rank and
// micro-batch. It knows no ranks, slots or transfers. program/model.cpp has the model's blocks in these
// terms.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <vector>

#include "runtime/facts.h"

namespace weft::reference {

/** Token after token, `width` values each. */
struct Rows {
  std::int64_t width = 0;
  std::vector<double> data;

  std::int64_t rows() const { return width == 0 ? 0 : static_cast<std::int64_t>(data.size()) / width; }
};

/** A routing decision: [tokens][top_k] experts and their weights. */
struct Gate {
  std::int64_t top_k = 0;
  std::vector<Index> experts;
  std::vector<double> weights;
};

/** [rows][columns] */
struct Weight {
  std::int64_t rows = 0;
  std::int64_t columns = 0;
  std::vector<double> data;
};

/** A node of a block in one layer, with the weights of one of its experts where it is of experts. */
class Node {
 public:
  Node(const Layer& layer, const char* name, int expert) : layer_(layer), name_(name), expert_(expert) {}

  Weight weight(const char* weight) const;
  /** The cached positions: [sequences * context] rows. */
  Rows state(const char* state) const;
  /** What the program chose, [tokens][top_k]; for gates. */
  const std::vector<Index>& executed() const;
  /**
   * The row that the program gave each pair, [tokens][top_k]; for dispatches. Empty where none can be
   * dropped.
   */
  const std::vector<Index>& pair_rows() const;
  void note_ties(std::int64_t ties) const;
  std::int64_t length() const;
  std::int64_t context() const;

 private:
  const Layer& layer_;
  const char* const name_;
  const int expert_;
};

// Tokens to tokens.
Rows embedding(const Node& node, const std::vector<Index>& ids);
Rows norm(const Node& node, const Rows& x, double epsilon);
Rows linear(const Node& node, const Rows& x);
Rows swiglu(const Node& node, const Rows& x);
Rows add(const Rows& a, const Rows& b);

struct GqaExtents {
  std::int64_t heads, kv_heads, head_dim;
  double theta;
};
Rows gqa(const Node& node, const Rows& x, const GqaExtents& extents);

struct MlaExtents {
  std::int64_t heads, q_rank, kv_rank, nope, rope, value;
  double theta, epsilon;
};
Rows mla(const Node& node, const Rows& x, const MlaExtents& extents);

// Tokens to experts and back. A routed value has a row for each (token, k), in that order.
struct RouteExtents {
  std::int64_t experts, top_k, groups, top_groups;
  bool softmax, normalize;
  double scale;
};
/** Where rounding may decide which experts are chosen, what the program chose is followed. */
Gate route(const Node& node, const Rows& x, const RouteExtents& extents);
Rows dispatch(const Rows& x, const Gate& gate);
/** Results by token; pairs that the program dropped in `dispatch` count as zero. */
Rows combine(const Node& dispatch, const Rows& y, const Gate& gate);

/**
 * For each expert that has rows: `of_expert(expert, rows of each of the routed values)`. Gives the results in
 * the order of the pairs.
 */
Rows per_expert(
  const Gate& gate,
  std::initializer_list<const Rows*> routed,
  const std::function<Rows(int expert, const std::vector<Rows>& x)>& of_expert
);

}  // namespace weft::reference
