#include "runtime/fill.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "operators/views.h"
#include "runtime/device.h"
#include "runtime/noise.h"
#include "runtime/rank.h"
#include "runtime/stream.h"
#include "runtime/watch.h"

namespace weft {
namespace {

constexpr int kThreads = 256;
constexpr std::int64_t kMostBlocks = 65535;

/** The elements of a matrix; `scale` is what the format's are relative to. */
template <class T>
__global__ void fill_matrix_kernel(T* values, std::int64_t count, Uniform uniform, float scale) {
  const std::int64_t step = static_cast<std::int64_t>(gridDim.x) * blockDim.x;
  for (std::int64_t i = static_cast<std::int64_t>(blockIdx.x) * blockDim.x + threadIdx.x; i < count;
       i += step)
    values[i] = static_cast<T>(uniform.at(i) / scale);
}

__global__ void fill_scales_kernel(float* scales, std::int64_t count, float scale) {
  const std::int64_t step = static_cast<std::int64_t>(gridDim.x) * blockDim.x;
  for (std::int64_t i = static_cast<std::int64_t>(blockIdx.x) * blockDim.x + threadIdx.x; i < count;
       i += step)
    scales[i] = scale;
}

/** The first `context` of each sequence's context + length positions, with their scales. */
template <class T>
__global__ void fill_positions_kernel(
  Rows<T> rows, std::int64_t count, std::int64_t context, std::int64_t length, Uniform uniform, float scale
) {
  const std::int64_t step = static_cast<std::int64_t>(gridDim.x) * blockDim.x;
  for (std::int64_t i = static_cast<std::int64_t>(blockIdx.x) * blockDim.x + threadIdx.x; i < count;
       i += step) {
    const std::int64_t position = i / rows.width;
    const int column = static_cast<int>(i % rows.width);
    const std::int64_t row = position + position / context * length;
    std::byte* const begin = rows.data + row * row_bytes<T>(rows.width);
    reinterpret_cast<T*>(begin)[column] = static_cast<T>(uniform.at(i) / scale);
    if (kScaled<T> && column % kScaleGroup == 0)
      reinterpret_cast<float*>(begin + rows.width * sizeof(T))[column / kScaleGroup] = scale;
  }
}

__global__ void fill_ids_kernel(Index* ids, std::int64_t count, Noise noise, Index vocabulary) {
  const std::int64_t step = static_cast<std::int64_t>(gridDim.x) * blockDim.x;
  for (std::int64_t i = static_cast<std::int64_t>(blockIdx.x) * blockDim.x + threadIdx.x; i < count;
       i += step)
    ids[i] = noise.bits(i) % vocabulary;
}

dim3 blocks_for(std::int64_t count) {
  return dim3(
    static_cast<unsigned>(std::clamp<std::int64_t>((count + kThreads - 1) / kThreads, 1, kMostBlocks))
  );
}

template <class T>
float scale_of(const Uniform& uniform) {
  const double largest = std::abs(uniform.middle) + uniform.spread;
  return kScaled<T> && largest > 0 ? static_cast<float>(largest / kLargestFp8) : 1.0f;
}

/** Calls `use` with a null pointer to the type of a format. */
template <class Use>
auto with_type(Format format, Use use) {
  switch (format) {
    case Format::kBf16:
      return use(static_cast<Bf16*>(nullptr));
    case Format::kFp16:
      return use(static_cast<Fp16*>(nullptr));
    case Format::kFp8:
      return use(static_cast<Fp8*>(nullptr));
    case Format::kFloat:
    case Format::kIndex:
      break;
  }
  return use(static_cast<float*>(nullptr));
}

template <class T>
void fill_matrix(cudaStream_t stream, std::byte* data, const WeightFill& fill, const Uniform& uniform) {
  const std::int64_t count = fill.rows * fill.columns;
  const float scale = scale_of<T>(uniform);
  launch(
    fill_matrix_kernel<T>,
    blocks_for(count),
    dim3(kThreads),
    0,
    stream,
    reinterpret_cast<T*>(data),
    count,
    uniform,
    scale
  );
  if (!kScaled<T>) return;
  const std::int64_t scales = (matrix_bytes(fill.format, fill.rows, fill.columns) - count) / 4;
  launch(
    fill_scales_kernel,
    blocks_for(scales),
    dim3(kThreads),
    0,
    stream,
    reinterpret_cast<float*>(data + count),
    scales,
    scale
  );
}

void fill_weights(Rank& rank, cudaStream_t stream, const WeightFill& fill) {
  const PlanFacts& facts = rank.facts();
  const auto one = [&](std::byte* data, int layer, int expert) {
    const Uniform uniform = weight_noise(rank.options().seed, fill, layer, expert);
    with_type(fill.format, [&](auto* type) {
      fill_matrix<std::remove_pointer_t<decltype(type)>>(stream, data, fill, uniform);
    });
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
  const auto part = [](const Index* all, int at, int length) {
    return std::vector<Index>(
      all + static_cast<std::int64_t>(at) * length, all + static_cast<std::int64_t>(at + 1) * length
    );
  };
  switch (fill.table) {
    case Table::kReplicaBegin:
      return part(placement.replica_begin, layer, placement.experts + 1);
    case Table::kReplicaSlot:
      return part(placement.replica_slot, layer, placement.slots);
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
  const std::int64_t count = facts.sequences * facts.context * fill.width;
  if (count == 0) return;
  for (int instance = 0; instance < instance_count(facts, fill.block); ++instance) {
    const int layer = layer_of_instance(facts, fill.block, instance);
    const Uniform uniform = state_noise(rank.options().seed, fill, layer, rank.rank());
    std::byte* const data = rank.memory() + fill.offset + instance * fill.instance_bytes;
    with_type(fill.format, [&](auto* type) {
      using T = std::remove_pointer_t<decltype(type)>;
      const Rows<T> rows{data, static_cast<int>(fill.width)};
      launch(
        fill_positions_kernel<T>,
        blocks_for(count),
        dim3(kThreads),
        0,
        stream,
        rows,
        count,
        facts.context,
        facts.length,
        uniform,
        scale_of<T>(uniform)
      );
    });
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

std::int64_t matrix_bytes(Format format, std::int64_t rows, std::int64_t columns) {
  return with_type(format, [&](auto* type) {
    return matrix_bytes<std::remove_pointer_t<decltype(type)>>(
      static_cast<int>(rows), static_cast<int>(columns)
    );
  });
}

std::int64_t row_bytes(Format format, std::int64_t width) {
  return with_type(format, [&](auto* type) {
    return row_bytes<std::remove_pointer_t<decltype(type)>>(static_cast<int>(width));
  });
}

void fill_memory(Rank& rank) {
  // All ones are no number in any format and no count or row that fits.
  CUDA_CHECK(cudaMemset(rank.memory(), 0xff, static_cast<std::size_t>(rank.facts().memory_bytes)));
  CUDA_CHECK(cudaDeviceSynchronize());
  if (!rank.options().data.empty()) {
    read_image(rank);
    return;
  }
  const PlanFacts& facts = rank.facts();
  Stream& stream = rank.stream();
  for (const WeightFill& each : facts.weights) fill_weights(rank, stream.handle(), each);
  for (const TableFill& each : facts.tables) fill_tables(rank, each);
  for (const StateFill& each : facts.states) fill_states(rank, stream.handle(), each);
  for (const InputFill& each : facts.inputs)
    launch(
      fill_ids_kernel,
      blocks_for(facts.tokens()),
      dim3(kThreads),
      0,
      stream.handle(),
      reinterpret_cast<Index*>(rank.memory() + each.offset),
      facts.tokens(),
      input_noise(rank.options().seed, each, rank.rank()),
      static_cast<Index>(each.vocabulary)
    );
  rank.watch().wait(stream.handle());
}

}  // namespace weft
