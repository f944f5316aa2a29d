// What the reference of a block is given: the tokens of one micro-batch of this rank in one layer.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "runtime/checkpoints.h"
#include "runtime/facts.h"
#include "runtime/reference.h"

namespace weft::reference {

/** What a rank knows before and behind a step. */
struct Executed {
  const PlanFacts& facts;
  const Checkpoints& checkpoints;
  int rank;
  unsigned long long seed;
  /** The rank's memory before the first step. */
  const std::vector<std::byte>& memory;
  /** Checkpoints::read() */
  const std::vector<std::byte>& values;
};

class Layer {
 public:
  Layer(const Executed& executed, int layer, int micro_batch);

  /** The block's input: what the program gave as the result of the layer before. */
  const Rows& input() const { return input_; }
  /** For the first layer: token ids. */
  const std::vector<Index>& ids() const { return ids_; }
  Node operator[](const char* node) const { return {*this, node, -1}; }
  /** A node of experts with the weights of one of them. */
  Node of_expert(const char* node, int expert) const { return {*this, node, expert}; }

  /** The block's executed result. */
  Rows result() const;
  /** Tokens whose choice rounding may have decided. */
  std::int64_t ties() const { return ties_; }

 private:
  friend class Node;
  const BlockFacts& block() const { return executed_.facts.blocks[block_]; }
  /**
   * A value that the program computed in a layer, of the kind and, where it is given, of the node; null where
   * none is captured.
   */
  const std::byte* find(int layer, Captured kind, const char* node, std::int64_t& width) const;
  Rows result_of(int layer) const;
  const std::vector<Index>& words(Captured kind, const char* node) const;

  const Executed& executed_;
  const int layer_;
  const int micro_batch_;
  const int block_;
  Rows input_;
  std::vector<Index> ids_;
  /** By node and kind, what was read. */
  mutable std::map<std::pair<std::string, Captured>, std::vector<Index>> words_;
  mutable std::int64_t ties_ = 0;
};

}  // namespace weft::reference
