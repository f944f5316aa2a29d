#include "runtime/reference_layer.h"

#include <cstring>

#include "runtime/check.h"
#include "runtime/fill_kernels.h"
#include "runtime/noise.h"

namespace weft::reference {
namespace {

/** So many floats, which is what the miniature's values are. */
std::vector<double> floats(const std::byte* from, std::int64_t count) {
  std::vector<float> values(static_cast<std::size_t>(count));
  std::memcpy(values.data(), from, values.size() * sizeof(float));
  return {values.begin(), values.end()};
}

bool same(const char* one, const char* other) {
  return std::strcmp(one, other) == 0;
}

[[noreturn]] void missing(const char* what, const char* node) {
  throw Failure(format("the reference finds no %s of %s in the plan's tables", what, node));
}

}  // namespace

Layer::Layer(const Executed& executed, int layer, int micro_batch)
    : executed_(executed),
      layer_(layer),
      micro_batch_(micro_batch),
      block_(block_of_layer(executed.facts, layer)) {
  if (layer > 0) {
    input_ = result_of(layer - 1);
    return;
  }
  for (const InputFill& each : executed.facts.inputs) {
    if (each.micro_batch != micro_batch) continue;
    ids_.resize(static_cast<std::size_t>(executed.facts.tokens()));
    std::memcpy(ids_.data(), executed.memory.data() + each.offset, ids_.size() * sizeof(Index));
  }
}

Rows Layer::result() const {
  return result_of(layer_);
}

const std::byte* Layer::find(int layer, Captured kind, const char* node, std::int64_t& width) const {
  const List<CapturedValue>& values = executed_.facts.blocks[block_of_layer(executed_.facts, layer)].values;
  for (int at = 0; at < values.count; ++at) {
    if (values[at].kind != kind || (node != nullptr && !same(values[at].name, node))) continue;
    width = values[at].width;
    return executed_.values.data() + executed_.checkpoints.offset(layer, at, micro_batch_);
  }
  return nullptr;
}

Rows Layer::result_of(int layer) const {
  Rows rows;
  const std::byte* const found = find(layer, Captured::kResult, nullptr, rows.width);
  if (found == nullptr)
    missing("result", executed_.facts.blocks[block_of_layer(executed_.facts, layer)].name);
  rows.data = floats(found, executed_.facts.tokens() * rows.width);
  return rows;
}

const std::vector<Index>& Layer::words(Captured kind, const char* node) const {
  std::vector<Index>& words = words_[{node, kind}];
  std::int64_t width = 0;
  const std::byte* const found = find(layer_, kind, node, width);
  if (found == nullptr || !words.empty()) return words;
  words.resize(static_cast<std::size_t>(executed_.facts.tokens() * width));
  std::memcpy(words.data(), found, words.size() * sizeof(Index));
  return words;
}

Weight Node::weight(const char* weight) const {
  const Executed& executed = layer_.executed_;
  for (const WeightFill& each : executed.facts.weights) {
    if (each.block != layer_.block_ || !same(each.node, name_) || !same(each.weight, weight)) continue;
    Weight found{each.rows, each.columns, {}};
    if (expert_ < 0) {
      const std::int64_t begin =
        each.offset + instance_of_layer(executed.facts, layer_.layer_) * each.instance_bytes;
      found.data = floats(executed.memory.data() + begin, each.rows * each.columns);
      return found;
    }
    // Experts live anywhere, but their weights are functions of the seed.
    const Uniform values = weight_noise(executed.seed, each, layer_.layer_, expert_);
    found.data.resize(static_cast<std::size_t>(each.rows * each.columns));
    for (std::size_t i = 0; i < found.data.size(); ++i)
      found.data[i] = values.at(static_cast<std::int64_t>(i));
    return found;
  }
  missing(weight, name_);
}

Rows Node::state(const char* state) const {
  const Executed& executed = layer_.executed_;
  const PlanFacts& facts = executed.facts;
  for (const StateFill& each : facts.states) {
    if (
      each.block != layer_.block_ || each.micro_batch != layer_.micro_batch_ || !same(each.node, name_) ||
      !same(each.state, state)
    )
      continue;
    Rows rows{each.width, {}};
    const std::int64_t begin = each.offset + instance_of_layer(facts, layer_.layer_) * each.instance_bytes;
    for (std::int64_t sequence = 0; sequence < facts.sequences; ++sequence) {
      const std::int64_t position = sequence * (facts.context + facts.length);
      const std::vector<double> cached = floats(
        executed.memory.data() + begin + position * row_bytes(Format::kFloat, each.width),
        facts.context * each.width
      );
      rows.data.insert(rows.data.end(), cached.begin(), cached.end());
    }
    return rows;
  }
  missing(state, name_);
}

const std::vector<Index>& Node::executed() const {
  const std::vector<Index>& chosen = layer_.words(Captured::kChoice, name_);
  if (chosen.empty()) missing("choice", name_);
  return chosen;
}

const std::vector<Index>& Node::pair_rows() const {
  return layer_.words(Captured::kPairRows, name_);
}

void Node::note_ties(std::int64_t ties) const {
  layer_.ties_ += ties;
}

std::int64_t Node::length() const {
  return layer_.executed_.facts.length;
}
std::int64_t Node::context() const {
  return layer_.executed_.facts.context;
}

}  // namespace weft::reference
