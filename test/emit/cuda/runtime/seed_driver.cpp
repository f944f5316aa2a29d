// Prints numbers that the emitted runtime makes from a seed, for each line: weights, a cache or token ids.
#include <cstdio>
#include <cstring>

#include "runtime/noise.h"

namespace {

constexpr int kNumbers = 5;

void print(const weft::Uniform& uniform) {
  for (int at = 0; at < kNumbers; ++at) std::printf(" %.9g", static_cast<double>(uniform.at(1000LL * at)));
  std::printf("\n");
}

}  // namespace

int main() {
  unsigned long long seed = 0;
  char what[16];
  int layer = 0;
  int expert = 0;
  int rank = 0;
  while (std::scanf("%llu %15s %d %d %d", &seed, what, &layer, &expert, &rank) == 5) {
    std::printf("%s", what);
    if (std::strcmp(what, "ids") == 0) {
      const weft::Noise noise = weft::input_noise(seed, {1, 1000, 0}, rank);
      for (int at = 0; at < kNumbers; ++at) std::printf(" %u", noise.bits(at) % 1000);
      std::printf("\n");
    } else if (std::strcmp(what, "state") == 0) {
      print(weft::state_noise(seed, {0, "attn", "kv", 1, weft::Format::kFloat, 8, 0, 0}, layer, rank));
    } else {
      weft::WeightFill fill{};
      fill.node = "ffn";
      fill.weight = "w_down";
      fill.kind = std::strcmp(what, "gain") == 0 ? weft::WeightKind::kGain : weft::WeightKind::kMatrix;
      fill.residual = std::strcmp(what, "residual") == 0;
      fill.fan_in = 48;
      fill.top_k = 4;
      print(weft::weight_noise(seed, fill, layer, expert));
    }
  }
  return 0;
}
