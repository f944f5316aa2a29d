// What program/ says of the plan as a whole: constant tables that the runtime fills memory, validates and
// reports by.
#pragma once

#include <cstdint>

namespace weft {

using Index = std::uint32_t;

namespace reference {
class Layer;
struct Rows;
}  // namespace reference

/** A constant array and its length. */
template <class T>
struct List {
  const T* items = nullptr;
  int count = 0;

  constexpr List() = default;
  template <int length>
  constexpr List(const T (&array)[length]) : items(array), count(length) {}
  constexpr const T* begin() const { return items; }
  constexpr const T* end() const { return items + count; }
  constexpr const T& operator[](int at) const { return items[at]; }
};

enum class Format { kFloat, kBf16, kFp16, kFp8, kIndex };

/** Which expert lives where, for the ranks of one communicator instance. */
struct PlacementFacts {
  const char* name;
  int ranks;
  int experts;
  int slots;
  /** 1 where all layers that use the block have the same tables. */
  int layers;
  const Index* slot_begin;      // [ranks + 1]
  const Index* expert_of_slot;  // [layers][slots]
  const Index* replica_begin;   // [layers][experts + 1]
  const Index* replica_slot;    // [turns of all layers]
};

/** Weights: a matrix is random with variance 1 / fan_in, a gain is around 1, a bias is zero. */
enum class WeightKind { kMatrix, kGain, kBias };

/** Weights of a node in memory: instance i belongs to the i-th layer that uses the block. */
struct WeightFill {
  int block;
  const char* node;
  const char* weight;
  WeightKind kind;
  /**
   * Whether the product is added to the residual stream: it then grows with depth, so that no layer becomes
   * negligible.
   */
  bool residual;
  std::int64_t fan_in;
  /** Experts whose results a token adds up; 1 where the node is not of experts. */
  std::int64_t top_k;
  /** Where slots hold experts' weights, one matrix behind the other; null for one matrix. */
  const PlacementFacts* placement;
  Format format;
  std::int64_t rows;
  std::int64_t columns;
  std::int64_t offset;
  std::int64_t instance_bytes;
};

enum class Table { kReplicaBegin, kReplicaSlot, kSlotBegin, kAtomRows };

/** A table of a placement in memory. */
struct TableFill {
  Table table;
  const PlacementFacts* placement;
  /** For kAtomRows: the rows of every atom. */
  std::int64_t atom_rows;
  std::int64_t offset;
  std::int64_t instance_bytes;
  int instances;
};

/** A cache in memory: of each sequence the first `context` positions are filled. */
struct StateFill {
  int block;
  const char* node;
  const char* state;
  int micro_batch;
  Format format;
  std::int64_t width;
  std::int64_t offset;
  std::int64_t instance_bytes;
};

/** Token ids in memory. */
struct InputFill {
  int micro_batch;
  std::int64_t vocabulary;
  std::int64_t offset;
};

/**
 * What of a block is copied aside when values are wanted: its result, the choice of a gate, the rows of pairs
 * where some may be dropped.
 */
enum class Captured { kResult, kChoice, kPairRows };

struct CapturedValue {
  /** The node. */
  const char* name;
  Captured kind;
  Format format;
  /** Elements of a row, of which there is one for each token. */
  std::int64_t width;
  std::int64_t row_bytes;
};

struct BlockFacts {
  const char* name;
  List<CapturedValue> values;
  /** The block by its definition, in double precision; null where there is none. */
  reference::Rows (*evaluate)(const reference::Layer&);
};

/** Equal layers. */
struct LayerRun {
  int block;
  int first;
  int repeat;
};

/** A phase of an exchange, for the table of results. `label` is what its Group is called. */
struct PhaseFacts {
  const char* label;
  int block;
};

struct PlanFacts {
  const char* schedule;
  const char* generator;
  const char* plan_sha256;
  int world;
  int micro_batches;
  std::int64_t sequences;
  std::int64_t length;
  std::int64_t context;
  std::int64_t memory_bytes;
  /** Whether the host reads no counts, so that a step can be captured. */
  bool captures_graphs;
  bool miniature;
  List<BlockFacts> blocks;
  List<LayerRun> layers;
  List<WeightFill> weights;
  List<TableFill> tables;
  List<StateFill> states;
  List<InputFill> inputs;
  List<PhaseFacts> phases;

  /** Tokens of a micro-batch. */
  constexpr std::int64_t tokens() const { return sequences * length; }
};

/** Layers of all runs. */
int layer_count(const PlanFacts& facts);
/** The block of a layer. */
int block_of_layer(const PlanFacts& facts, int layer);
/** The layer that is the i-th to use a block. */
int layer_of_instance(const PlanFacts& facts, int block, int instance);
/** Which of the layers that use its block a layer is. */
int instance_of_layer(const PlanFacts& facts, int layer);
/** How many layers use a block. */
int instance_count(const PlanFacts& facts, int block);

}  // namespace weft
