// Which experts are best, in groups, and which other choices rounding could have made.
#pragma once

#include <cstddef>
#include <vector>

#include "runtime/reference.h"

namespace weft::reference {

using Scores = std::vector<double>;
using Choice = std::vector<Index>;

/** The experts of one token, by score with bias. */
class Ranking {
 public:
  Ranking(Scores biased, const RouteExtents& extents);

  /** The best top_k experts of the best top_groups groups. */
  Choice chosen() const {
    return {order_.begin(), order_.begin() + static_cast<std::ptrdiff_t>(extents_.top_k)};
  }

  /** Whether rounding may decide which they are. */
  bool contested() const;

  /** Whether `executed` is a choice and an order that no more than rounding tells from the best. */
  bool ties_with(const Choice& executed) const;

 private:
  /** Sums of the two best scores of each group. */
  Scores scores_of_groups() const;

  Choice members(const Choice& groups) const;

  /**
   * The groups that could be kept if `executed` is right: all it uses, all that must be, and else those with
   * the worst experts.
   */
  bool possible_groups(const Choice& executed, Choice& kept) const;

  const Scores biased_;
  const RouteExtents& extents_;
  const std::size_t group_size_;
  const Scores group_scores_;
  /** Groups, the best first. */
  const Choice groups_;
  /** Experts of those that are kept, the best first. */
  Choice order_;
};

}  // namespace weft::reference
