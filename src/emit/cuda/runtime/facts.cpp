#include "runtime/facts.h"

namespace weft {

int layer_count(const PlanFacts& facts) {
  int layers = 0;
  for (const LayerRun& run : facts.layers) layers += run.repeat;
  return layers;
}

int block_of_layer(const PlanFacts& facts, int layer) {
  for (const LayerRun& run : facts.layers)
    if (layer < run.first + run.repeat) return run.block;
  return -1;
}

int layer_of_instance(const PlanFacts& facts, int block, int instance) {
  for (const LayerRun& run : facts.layers) {
    if (run.block != block) continue;
    if (instance < run.repeat) return run.first + instance;
    instance -= run.repeat;
  }
  return -1;
}

int instance_of_layer(const PlanFacts& facts, int layer) {
  int before = 0;
  const int block = block_of_layer(facts, layer);
  for (const LayerRun& run : facts.layers) {
    if (run.block != block) continue;
    if (layer < run.first + run.repeat) return before + layer - run.first;
    before += run.repeat;
  }
  return -1;
}

int instance_count(const PlanFacts& facts, int block) {
  int layers = 0;
  for (const LayerRun& run : facts.layers)
    if (run.block == block) layers += run.repeat;
  return layers;
}

}  // namespace weft
