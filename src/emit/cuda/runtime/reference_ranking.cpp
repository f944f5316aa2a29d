#include "runtime/reference_ranking.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <utility>

namespace weft::reference {
namespace {

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

bool tied(const Scores& values, const Choice& order, std::int64_t wanted) {
  const auto next = static_cast<std::size_t>(wanted);
  return next < order.size() && values[order[next - 1]] - values[order[next]] <= kTieDistance;
}

}  // namespace

Ranking::Ranking(Scores biased, const RouteExtents& extents)
    : biased_(std::move(biased)),
      extents_(extents),
      group_size_(static_cast<std::size_t>(extents.experts / extents.groups)),
      group_scores_(scores_of_groups()),
      groups_(in_order(group_scores_, up_to(group_scores_.size()))) {
  const auto kept = static_cast<std::ptrdiff_t>(extents.top_groups);
  order_ = in_order(biased_, members({groups_.begin(), groups_.begin() + kept}));
}

bool Ranking::contested() const {
  return tied(biased_, order_, extents_.top_k) || tied(group_scores_, groups_, extents_.top_groups);
}

bool Ranking::ties_with(const Choice& executed) const {
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

Scores Ranking::scores_of_groups() const {
  Scores scores;
  for (std::size_t begin = 0; begin < biased_.size(); begin += group_size_) {
    const auto first = biased_.begin() + static_cast<std::ptrdiff_t>(begin);
    Scores group(first, first + static_cast<std::ptrdiff_t>(group_size_));
    std::sort(group.rbegin(), group.rend());
    scores.push_back(group.size() > 1 ? group[0] + group[1] : group[0]);
  }
  return scores;
}

Choice Ranking::members(const Choice& groups) const {
  Choice experts;
  for (const Index group : std::set<Index>(groups.begin(), groups.end()))
    for (std::size_t at = 0; at < group_size_; ++at)
      experts.push_back(static_cast<Index>(group * group_size_ + at));
  return experts;
}

bool Ranking::possible_groups(const Choice& executed, Choice& kept) const {
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

}  // namespace weft::reference
