#include "runtime/validate.h"

#include <algorithm>
#include <cmath>

#include "runtime/check.h"
#include "runtime/rank.h"
#include "runtime/reference_layer.h"

namespace weft {
namespace {

/** Of a result's largest value: what rounding to float may add up to. */
constexpr double kTolerance = 1e-4;
/** So that a layer of zeros has a largest value too. */
constexpr double kTiny = 1e-30;

void compare(const reference::Rows& executed, const reference::Rows& expected, LayerErrors& errors) {
  if (executed.data.size() != expected.data.size())
    throw Failure(format(
      "the reference gives %zu values where the program gives %zu", expected.data.size(), executed.data.size()
    ));
  double largest = kTiny;
  for (const double each : expected.data) largest = std::max(largest, std::abs(each));
  for (std::size_t i = 0; i < executed.data.size(); ++i) {
    const double error = std::abs(executed.data[i] - expected.data[i]) / largest;
    // What is no number is wrong, and has no error to speak of.
    if (!(error <= kTolerance)) ++errors.wrong;
    if (error > errors.largest_error) errors.largest_error = error;
  }
}

}  // namespace

std::vector<LayerErrors> validate(
  const Rank& rank, const std::vector<std::byte>& memory, const std::vector<std::byte>& values
) {
  const PlanFacts& facts = rank.facts();
  const reference::Executed executed{
    facts, *rank.checkpoints(), rank.rank(), rank.options().seed, memory, values
  };
  std::vector<LayerErrors> errors;
  for (int layer = 0; layer < layer_count(facts); ++layer) {
    LayerErrors& own = errors.emplace_back();
    for (int micro_batch = 0; micro_batch < facts.micro_batches; ++micro_batch) {
      const reference::Layer reference(executed, layer, micro_batch);
      compare(reference.result(), facts.blocks[block_of_layer(facts, layer)].evaluate(reference), own);
      own.ties += reference.ties();
    }
  }
  return errors;
}

}  // namespace weft
