// What rank 0 prints: the program and its versions, a table in the manner of nccl-tests, and the same as
// JSON.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/facts.h"
#include "runtime/meter.h"
#include "runtime/options.h"

namespace weft {

/** Wrong elements of a layer's result, over all ranks. */
struct LayerErrors {
  std::int64_t wrong = 0;
  /** Largest |a - b| / (largest |b|). */
  double largest_error = 0;
  std::int64_t ties = 0;
};

/** Over all ranks: sums of bytes, the longest times. */
struct Results {
  int iterations = 0;
  double fastest_seconds = 0;
  double mean_seconds = 0;
  double slowest_seconds = 0;
  std::vector<PhaseTimes> phases;
  bool validated = false;
  std::vector<LayerErrors> layers;

  std::int64_t wrong() const;
};

/** What one group of a phase does on a rank, on average. */
struct PhaseMeans {
  double groups;
  double bytes;
  double seconds;
  double algorithm_bandwidth;
  double bus_bandwidth;
};

PhaseMeans means_of(const PlanFacts& facts, const PhaseTimes& phase);

void print_banner(const PlanFacts& facts, const Options& options);
void print_results(const PlanFacts& facts, const Results& results);
void write_json(
  const PlanFacts& facts, const Options& options, const Results& results, const std::string& file
);

}  // namespace weft
