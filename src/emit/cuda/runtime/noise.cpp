#include "runtime/noise.h"

#include <cmath>

#include "runtime/check.h"

namespace weft {
namespace {

/** A uniform number in [-1, 1) times this has variance 1. */
const double kUnitVariance = std::sqrt(3.0);
/** Half-width of gains around 1. */
constexpr double kGainSpread = 0.2;
/**
 * How much more each layer adds to the residual stream than the one before: without it, deep layers would
 * vanish in it.
 */
constexpr double kGrowthPerLayer = 1.05;

}  // namespace

Noise::Noise(unsigned long long seed, const std::string& name)
    : start(mix(static_cast<std::uint32_t>(seed))),
      key(mix(static_cast<std::uint32_t>(seed >> 32) ^ kGolden)) {
  for (const char each : name) {
    start = mix(start ^ static_cast<unsigned char>(each));
    key = mix(key + start);
  }
}

Uniform weight_noise(unsigned long long seed, const WeightFill& fill, int layer, int expert) {
  const std::string owner = expert < 0 ? "" : std::to_string(expert);
  const Noise noise(seed, format("weight %d %s %s %s", layer, fill.node, fill.weight, owner.c_str()));
  switch (fill.kind) {
    case WeightKind::kGain:
      return {noise, 1, kGainSpread};
    case WeightKind::kBias:
      return {noise, 0, 0};
    case WeightKind::kMatrix:
      break;
  }
  double scale = 1;
  if (fill.residual) {
    scale = std::pow(kGrowthPerLayer, layer);
    // The weighted mean over k experts is smaller than each by the root of k.
    if (expert >= 0) scale *= std::sqrt(static_cast<double>(fill.top_k));
  }
  return {noise, 0, scale / std::sqrt(static_cast<double>(fill.fan_in)) * kUnitVariance};
}

Uniform state_noise(unsigned long long seed, const StateFill& fill, int layer, int rank) {
  return {
    Noise(seed, format("state %d %s %s %d %d", layer, fill.node, fill.state, rank, fill.micro_batch)),
    0,
    kUnitVariance
  };
}

Noise input_noise(unsigned long long seed, const InputFill& fill, int rank) {
  return Noise(seed, format("input %d %d", rank, fill.micro_batch));
}

}  // namespace weft
