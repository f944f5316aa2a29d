#include "runtime/fill.h"

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "runtime/check.h"
#include "runtime/fill_kernels.h"
#include "runtime/rank.h"
#include "runtime/stream.h"
#include "runtime/watch.h"

namespace weft {
namespace {

void fill_weights(Rank& rank, cudaStream_t stream, const WeightFill& fill) {
  const PlanFacts& facts = rank.facts();
  const auto one = [&](std::byte* data, int layer, int expert) {
    const Uniform uniform = weight_noise(rank.options().seed, fill, layer, expert);
    fill_matrix(stream, fill.format, data, fill.rows, fill.columns, uniform);
  };
  for (int instance = 0; instance < instance_count(facts, fill.block); ++instance) {
    std::byte* data = rank.memory() + fill.offset + instance * fill.instance_bytes;
    const int layer = layer_of_instance(facts, fill.block, instance);
    const PlacementFacts* const placement = fill.placement;
    if (placement == nullptr) {
      one(data, layer, -1);
      continue;
    }
    const Index* const experts =
      placement->expert_of_slot + (placement->layers == 1 ? 0 : instance) * placement->slots;
    const int self = rank.rank() % placement->ranks;
    for (Index slot = placement->slot_begin[self]; slot < placement->slot_begin[self + 1]; ++slot) {
      one(data, layer, static_cast<int>(experts[slot]));
      data += matrix_bytes(fill.format, fill.rows, fill.columns);
    }
  }
}

std::vector<Index> table_of(const TableFill& fill, int instance, int self) {
  const PlacementFacts& placement = *fill.placement;
  const int layer = placement.layers == 1 ? 0 : instance;
  const std::int64_t begins = placement.experts + 1;
  // Layers differ in the number of their turns, with which the begins of each end.
  const auto turns = [&](int of) { return placement.replica_begin[(of + 1) * begins - 1]; };
  const auto part = [](const Index* all, std::int64_t first, std::int64_t length) {
    return std::vector<Index>(all + first, all + first + length);
  };
  switch (fill.table) {
    case Table::kReplicaBegin:
      return part(placement.replica_begin, layer * begins, begins);
    case Table::kReplicaSlot: {
      std::int64_t first = 0;
      for (int before = 0; before < layer; ++before) first += turns(before);
      return part(placement.replica_slot, first, turns(layer));
    }
    case Table::kSlotBegin:
      return part(placement.slot_begin, 0, placement.ranks + 1);
    case Table::kAtomRows:
      break;
  }
  const Index own_slots = placement.slot_begin[self + 1] - placement.slot_begin[self];
  return std::vector<Index>(
    static_cast<std::size_t>(placement.ranks) * own_slots, static_cast<Index>(fill.atom_rows)
  );
}

void fill_tables(Rank& rank, const TableFill& fill) {
  for (int instance = 0; instance < fill.instances; ++instance) {
    const std::vector<Index> table = table_of(fill, instance, rank.rank() % fill.placement->ranks);
    CUDA_CHECK(cudaMemcpy(
      rank.memory() + fill.offset + instance * fill.instance_bytes,
      table.data(),
      table.size() * sizeof(Index),
      cudaMemcpyHostToDevice
    ));
  }
}

void fill_states(Rank& rank, cudaStream_t stream, const StateFill& fill) {
  const PlanFacts& facts = rank.facts();
  const Positions positions{facts.sequences, facts.context, facts.length};
  for (int instance = 0; instance < instance_count(facts, fill.block); ++instance) {
    const int layer = layer_of_instance(facts, fill.block, instance);
    std::byte* const data = rank.memory() + fill.offset + instance * fill.instance_bytes;
    fill_positions(
      stream,
      fill.format,
      data,
      fill.width,
      positions,
      state_noise(rank.options().seed, fill, layer, rank.rank())
    );
  }
}

void read_image(Rank& rank) {
  const std::string file = format("%s/rank-%d.bin", rank.options().data.c_str(), rank.rank());
  const auto bytes = static_cast<std::size_t>(rank.facts().memory_bytes);
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> in(std::fopen(file.c_str(), "rb"), std::fclose);
  if (in == nullptr) throw Failure(format("rank %d: cannot read %s", rank.rank(), file.c_str()));
  std::vector<std::byte> image(bytes + 1);
  const std::size_t read = std::fread(image.data(), 1, image.size(), in.get());
  if (read != bytes)
    throw Failure(format(
      "rank %d: %s has %s bytes than the %zu of the rank's memory",
      rank.rank(),
      file.c_str(),
      read < bytes ? "fewer" : "more",
      bytes
    ));
  CUDA_CHECK(cudaMemcpy(rank.memory(), image.data(), bytes, cudaMemcpyHostToDevice));
}

}  // namespace

void fill_memory(Rank& rank) {
  // All ones are no number in any format and no count or row that fits.
  CUDA_CHECK(cudaMemset(rank.memory(), 0xff, static_cast<std::size_t>(rank.facts().memory_bytes)));
  CUDA_CHECK(cudaDeviceSynchronize());
  if (!rank.options().data.empty()) {
    read_image(rank);
    CUDA_CHECK(cudaDeviceSynchronize());
    return;
  }
  const PlanFacts& facts = rank.facts();
  Stream& stream = rank.stream();
  for (const WeightFill& each : facts.weights) fill_weights(rank, stream.handle(), each);
  for (const TableFill& each : facts.tables) fill_tables(rank, each);
  for (const StateFill& each : facts.states) fill_states(rank, stream.handle(), each);
  for (const InputFill& each : facts.inputs)
    fill_ids(
      stream.handle(),
      reinterpret_cast<Index*>(rank.memory() + each.offset),
      facts.tokens(),
      input_noise(rank.options().seed, each, rank.rank()),
      static_cast<Index>(each.vocabulary)
    );
  rank.watch().wait(stream.handle());
  // Copies from pageable memory return before they have arrived, and other streams do not wait for them.
  CUDA_CHECK(cudaDeviceSynchronize());
}

}  // namespace weft
