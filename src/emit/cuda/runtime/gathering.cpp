#include "runtime/gathering.h"

#include "runtime/meter.h"
#include "runtime/rank.h"

namespace weft {

void gather_phases(Rank& rank, Results& results) {
  for (const PhaseFacts& each : rank.facts().phases) results.phases.push_back({each.label});
  rank.meter().add_to(results.phases);
  std::vector<double> sums;
  std::vector<double> seconds;
  for (const PhaseTimes& each : results.phases) {
    sums.insert(sums.end(), {static_cast<double>(each.groups), each.bytes, each.bytes_away});
    seconds.push_back(each.seconds);
  }
  rank.sum(sums.data(), static_cast<int>(sums.size()));
  rank.largest(seconds.data(), static_cast<int>(seconds.size()));
  for (std::size_t at = 0; at < results.phases.size(); ++at) {
    results.phases[at].groups = static_cast<std::int64_t>(sums[3 * at]);
    results.phases[at].bytes = sums[3 * at + 1];
    results.phases[at].bytes_away = sums[3 * at + 2];
    results.phases[at].seconds = seconds[at];
  }
}

void gather_errors(Rank& rank, const std::vector<LayerErrors>& own, Results& results) {
  results.validated = true;
  std::vector<double> sums;
  std::vector<double> errors;
  for (const LayerErrors& each : own) {
    sums.insert(sums.end(), {static_cast<double>(each.wrong), static_cast<double>(each.ties)});
    errors.push_back(each.largest_error);
  }
  rank.sum(sums.data(), static_cast<int>(sums.size()));
  rank.largest(errors.data(), static_cast<int>(errors.size()));
  for (std::size_t layer = 0; layer < own.size(); ++layer)
    results.layers.push_back(
      {static_cast<std::int64_t>(sums[2 * layer]),
       errors[layer],
       static_cast<std::int64_t>(sums[2 * layer + 1])}
    );
}

}  // namespace weft
