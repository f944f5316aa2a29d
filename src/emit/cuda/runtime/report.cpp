#include "runtime/report.h"

#include <cstdio>
#include <string>

#include "runtime/check.h"

namespace weft {
namespace {

/** Wrong elements in results of a block. */
std::int64_t wrong_of(const PlanFacts& facts, const Results& results, int block) {
  std::int64_t wrong = 0;
  for (std::size_t layer = 0; layer < results.layers.size(); ++layer)
    if (block_of_layer(facts, static_cast<int>(layer)) == block) wrong += results.layers[layer].wrong;
  return wrong;
}

void print_phases(const PlanFacts& facts, const Results& results) {
  std::printf(
    "#\n# %-28s %8s %14s %12s %12s %12s %8s\n", "phase", "count", "size", "time", "algbw", "busbw", "#wrong"
  );
  std::printf("# %-28s %8s %14s %12s %12s %12s %8s\n", "", "", "(B)", "(us)", "(GB/s)", "(GB/s)", "");
  for (std::size_t at = 0; at < results.phases.size(); ++at) {
    const PhaseMeans means = means_of(facts, results.phases[at]);
    const std::string wrong = results.validated
      ? std::to_string(wrong_of(facts, results, facts.phases[static_cast<int>(at)].block))
      : "N/A";
    std::printf(
      "  %-28s %8.0f %14.0f %12.2f %12.2f %12.2f %8s\n",
      results.phases[at].label,
      means.groups,
      means.bytes,
      means.seconds * 1e6,
      means.algorithm_bandwidth,
      means.bus_bandwidth,
      wrong.c_str()
    );
  }
  std::printf(
    "# count, size and time: groups of a step, bytes and time of one of them on a rank, the time on the "
    "slowest;\n"
  );
  std::printf("# busbw leaves out what a rank sends to itself\n");
}

void print_layers(const PlanFacts& facts, const Results& results) {
  double largest = 0;
  std::int64_t ties = 0;
  for (std::size_t layer = 0; layer < results.layers.size(); ++layer) {
    const LayerErrors& each = results.layers[layer];
    largest = largest > each.largest_error ? largest : each.largest_error;
    ties += each.ties;
    if (each.wrong > 0)
      std::printf(
        "# layer %zu (%s): %lld elements are wrong, largest error %.2g\n",
        layer,
        facts.blocks[block_of_layer(facts, static_cast<int>(layer))].name,
        static_cast<long long>(each.wrong),
        each.largest_error
      );
  }
  std::printf(
    "# validated: %zu layers, largest error %.2g, %lld ties, %lld wrong: %s\n",
    results.layers.size(),
    largest,
    static_cast<long long>(ties),
    static_cast<long long>(results.wrong()),
    results.wrong() == 0 ? "OK" : "FAILED"
  );
}

}  // namespace

PhaseMeans means_of(const PlanFacts& facts, const PhaseTimes& phase) {
  const double groups = static_cast<double>(phase.groups) / facts.world;
  PhaseMeans means{groups, 0, 0, 0, 0};
  if (phase.groups == 0) return means;
  means.bytes = phase.bytes / static_cast<double>(phase.groups);
  means.seconds = phase.seconds / groups;
  if (means.seconds <= 0) return means;
  means.algorithm_bandwidth = means.bytes / means.seconds / 1e9;
  means.bus_bandwidth = phase.bytes_away / static_cast<double>(phase.groups) / means.seconds / 1e9;
  return means;
}

std::int64_t Results::wrong() const {
  std::int64_t sum = 0;
  for (const LayerErrors& each : layers) sum += each.wrong;
  return sum;
}

void print_banner(const PlanFacts& facts, const Options& options) {
  std::printf(
    "# %s, plan %.12s by %s%s\n",
    facts.schedule,
    facts.plan_sha256,
    facts.generator,
    facts.miniature ? ", miniature" : ""
  );
  std::printf(
    "# %d ranks, %d micro-batches of %lld sequences of %lld tokens after %lld; %lld bytes a rank\n",
    facts.world,
    facts.micro_batches,
    static_cast<long long>(facts.sequences),
    static_cast<long long>(facts.length),
    static_cast<long long>(facts.context),
    static_cast<long long>(facts.memory_bytes)
  );
  std::printf(
    "# warm-up %d, iterations %d, graph %d, registered %d, validation %d\n",
    options.warm_up,
    options.iterations,
    options.graph ? 1 : 0,
    options.register_buffers ? 1 : 0,
    options.validate ? 1 : 0
  );
}

void print_results(const PlanFacts& facts, const Results& results) {
  print_phases(facts, results);
  std::printf(
    "#\n# step: %.3f ms on average, %.3f ms at best, %.3f ms at worst, of %d\n",
    results.mean_seconds * 1e3,
    results.fastest_seconds * 1e3,
    results.slowest_seconds * 1e3,
    results.iterations
  );
  if (results.validated) print_layers(facts, results);
  std::fflush(stdout);
}

}  // namespace weft
