// route, dispatch and combine by their definitions. Top-k is discontinuous, so where scores tie what was
// executed is followed.
#include <algorithm>
#include <cmath>
#include <set>

#include "runtime/reference.h"
#include "runtime/reference_math.h"
#include "runtime/reference_ranking.h"

namespace weft::reference {
namespace {

/** [experts] of each row. */
Rows scores_of(const Node& node, const Rows& x, bool is_softmax) {
  Rows scores = times(x, node.weight("w"));
  if (!is_softmax) {
    for (double& each : scores.data) each = 1 / (1 + std::exp(-each));
    return scores;
  }
  for (std::int64_t row = 0; row < scores.rows(); ++row)
    softmax(scores.data.data() + row * scores.width, scores.width);
  return scores;
}

}  // namespace

Gate route(const Node& node, const Rows& x, const RouteExtents& extents) {
  const Rows scores = scores_of(node, x, extents.softmax);
  const Weight bias = node.weight("bias");
  const std::vector<Index>& executed = node.executed();
  Gate gate{extents.top_k, {}, {}};
  std::int64_t ties = 0;
  for (std::int64_t token = 0; token < scores.rows(); ++token) {
    const auto own = scores.data.begin() + token * extents.experts;
    Scores biased(own, own + extents.experts);
    for (std::size_t expert = 0; expert < biased.size(); ++expert) biased[expert] += bias.data[expert];
    const Ranking ranking(std::move(biased), extents);
    if (ranking.contested()) ++ties;
    const auto begin = executed.begin() + token * extents.top_k;
    Choice chosen(begin, begin + extents.top_k);
    if (!ranking.ties_with(chosen)) chosen = ranking.chosen();
    double total = 0;
    for (const Index expert : chosen) total += own[expert];
    for (const Index expert : chosen) {
      gate.experts.push_back(expert);
      gate.weights.push_back(own[expert] / (extents.normalize ? total : 1) * extents.scale);
    }
  }
  node.note_ties(ties);
  return gate;
}

Rows dispatch(const Rows& x, const Gate& gate) {
  Rows out{x.width, {}};
  for (std::int64_t pair = 0; pair < x.rows() * gate.top_k; ++pair) {
    const auto row = x.data.begin() + pair / gate.top_k * x.width;
    out.data.insert(out.data.end(), row, row + x.width);
  }
  return out;
}

Rows combine(const Node& dispatch, const Rows& y, const Gate& gate) {
  constexpr Index kDropped = 0xffffffff;
  const std::vector<Index>& pair_rows = dispatch.pair_rows();
  Rows out{y.width, std::vector<double>(static_cast<std::size_t>(y.rows() / gate.top_k * y.width))};
  for (std::int64_t pair = 0; pair < y.rows(); ++pair) {
    if (!pair_rows.empty() && pair_rows[static_cast<std::size_t>(pair)] == kDropped) continue;
    double* const to = out.data.data() + pair / gate.top_k * y.width;
    for (std::int64_t column = 0; column < y.width; ++column)
      to[column] += gate.weights[static_cast<std::size_t>(pair)] *
        y.data[static_cast<std::size_t>(pair * y.width + column)];
  }
  return out;
}

Rows per_expert(
  const Gate& gate,
  std::initializer_list<const Rows*> routed,
  const std::function<Rows(int expert, const std::vector<Rows>& x)>& of_expert
) {
  Rows out;
  for (const Index expert : std::set<Index>(gate.experts.begin(), gate.experts.end())) {
    std::vector<std::int64_t> pairs;
    for (std::size_t pair = 0; pair < gate.experts.size(); ++pair)
      if (gate.experts[pair] == expert) pairs.push_back(static_cast<std::int64_t>(pair));
    std::vector<Rows> inputs;
    for (const Rows* each : routed) {
      Rows& rows = inputs.emplace_back(Rows{each->width, {}});
      for (const std::int64_t pair : pairs) {
        const auto row = each->data.begin() + pair * each->width;
        rows.data.insert(rows.data.end(), row, row + each->width);
      }
    }
    const Rows results = of_expert(static_cast<int>(expert), inputs);
    out.width = results.width;
    out.data.resize(gate.experts.size() * static_cast<std::size_t>(results.width));
    for (std::size_t at = 0; at < pairs.size(); ++at)
      std::copy_n(
        results.data.begin() + static_cast<std::int64_t>(at) * results.width,
        results.width,
        out.data.begin() + pairs[at] * results.width
      );
  }
  return out;
}

}  // namespace weft::reference
