// route, dispatch and combine by their definitions. Top-k is discontinuous, so where scores tie what was
// executed is followed.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "runtime/check.h"
#include "runtime/reference.h"
#include "runtime/reference_math.h"

namespace weft::reference {
namespace {

using Scores = std::vector<double>;
using Choice = std::vector<Index>;

/** Distance below which rounding may decide which of two scores is larger. */
constexpr double kTieDistance = 1e-5;

/** Indices [0, count), the one with the largest value first, among equal ones the lower. */
Choice in_order(const Scores& values, Choice indices) {
  std::stable_sort(indices.begin(), indices.end(), [&](Index one, Index other) {
    return values[one] > values[other];
  });
  return indices;
}

Choice up_to(std::size_t count) {
  Choice all(count);
  std::iota(all.begin(), all.end(), Index{0});
  return all;
}

/** The experts of one token, by score with bias. */
class Ranking {
 public:
  Ranking(Scores biased, const RouteExtents& extents)
      : biased_(std::move(biased)),
        extents_(extents),
        group_size_(static_cast<std::size_t>(extents.experts / extents.groups)),
        group_scores_(scores_of_groups()),
        groups_(in_order(group_scores_, up_to(group_scores_.size()))) {
    const auto kept = static_cast<std::ptrdiff_t>(extents.top_groups);
    order_ = in_order(biased_, members({groups_.begin(), groups_.begin() + kept}));
  }

  /** The best top_k experts of the best top_groups groups. */
  Choice chosen() const {
    return {order_.begin(), order_.begin() + static_cast<std::ptrdiff_t>(extents_.top_k)};
  }

  /** Whether rounding may decide which they are. */
  bool contested() const {
    return tied(biased_, order_, extents_.top_k) || tied(group_scores_, groups_, extents_.top_groups);
  }

  /** Whether `executed` is a choice and an order that no more than rounding tells from the best. */
  bool ties_with(const Choice& executed) const {
    if (executed == chosen()) return true;
    const std::set<Index> used(executed.begin(), executed.end());
    if (used.size() < executed.size() || *used.rbegin() >= extents_.experts) return false;
    Choice groups;
    if (!possible_groups(executed, groups)) return false;
    Choice rest;
    for (const Index expert : members(groups))
      if (used.count(expert) == 0) rest.push_back(expert);
    for (std::size_t k = 0; k < executed.size(); ++k) {
      const auto beats = [&](Index other) { return biased_[executed[k]] >= biased_[other] - kTieDistance; };
      const auto after = executed.begin() + static_cast<std::ptrdiff_t>(k) + 1;
      if (!std::all_of(after, executed.end(), beats) || !std::all_of(rest.begin(), rest.end(), beats))
        return false;
    }
    return true;
  }

 private:
  /** Sums of the two best scores of each group. */
  Scores scores_of_groups() const {
    Scores scores;
    for (std::size_t begin = 0; begin < biased_.size(); begin += group_size_) {
      const auto first = biased_.begin() + static_cast<std::ptrdiff_t>(begin);
      Scores group(first, first + static_cast<std::ptrdiff_t>(group_size_));
      std::sort(group.rbegin(), group.rend());
      scores.push_back(group.size() > 1 ? group[0] + group[1] : group[0]);
    }
    return scores;
  }

  Choice members(const Choice& groups) const {
    Choice experts;
    for (const Index group : std::set<Index>(groups.begin(), groups.end()))
      for (std::size_t at = 0; at < group_size_; ++at)
        experts.push_back(static_cast<Index>(group * group_size_ + at));
    return experts;
  }

  static bool tied(const Scores& values, const Choice& order, std::int64_t wanted) {
    const auto next = static_cast<std::size_t>(wanted);
    return next < order.size() && values[order[next - 1]] - values[order[next]] <= kTieDistance;
  }

  /**
   * The groups that could be kept if `executed` is right: all it uses, all that must be, and else those with
   * the worst experts.
   */
  bool possible_groups(const Choice& executed, Choice& kept) const {
    const auto wanted = static_cast<std::size_t>(extents_.top_groups);
    const double last_in = group_scores_[groups_[wanted - 1]];
    const auto possible = [&](Index group) { return group_scores_[group] >= last_in - kTieDistance; };
    const auto sure = [&](Index group) {
      return wanted == groups_.size() || group_scores_[group] > group_scores_[groups_[wanted]] + kTieDistance;
    };
    std::set<Index> needed;
    for (const Index expert : executed) {
      const auto group = static_cast<Index>(expert / group_size_);
      if (!possible(group)) return false;
      needed.insert(group);
    }
    for (const Index group : groups_)
      if (sure(group)) needed.insert(group);
    Scores best;
    for (std::size_t begin = 0; begin < biased_.size(); begin += group_size_) {
      const auto first = biased_.begin() + static_cast<std::ptrdiff_t>(begin);
      best.push_back(*std::max_element(first, first + static_cast<std::ptrdiff_t>(group_size_)));
    }
    Choice fillers = in_order(best, up_to(best.size()));
    std::reverse(fillers.begin(), fillers.end());
    for (const Index group : fillers)
      if (needed.size() < wanted && possible(group)) needed.insert(group);
    kept.assign(needed.begin(), needed.end());
    return needed.size() == wanted;
  }

  const Scores biased_;
  const RouteExtents& extents_;
  const std::size_t group_size_;
  const Scores group_scores_;
  /** Groups, the best first. */
  const Choice groups_;
  /** Experts of those that are kept, the best first. */
  Choice order_;
};

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
