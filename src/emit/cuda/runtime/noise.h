// Numbers that look random and are functions of a seed and of a name alone, on host and device the same. Not
// for cryptography.
#pragma once

#include <cuda_runtime.h>

#include <cstdint>
#include <string>

#include "runtime/facts.h"

namespace weft {

/** A sequence of 32-bit numbers with random access. */
struct Noise {
  std::uint32_t start;
  std::uint32_t key;

  Noise(unsigned long long seed, const std::string& name);

  /** Mixes the bits of a number; one to one. Source: the finalizer of MurmurHash3. */
  __host__ __device__ static std::uint32_t mix(std::uint32_t bits) {
    bits = (bits ^ (bits >> 16)) * 0x85ebca6bU;
    bits = (bits ^ (bits >> 13)) * 0xc2b2ae35U;
    return bits ^ (bits >> 16);
  }
  /** Steps by 2^32 over the golden ratio visit all 32-bit numbers, far apart. */
  static constexpr std::uint32_t kGolden = 0x9e3779b9U;

  __host__ __device__ std::uint32_t bits(std::int64_t index) const {
    return mix(mix((static_cast<std::uint32_t>(index) + 1) * kGolden + start) ^ key);
  }
};

/** Numbers of a sequence, uniform in [middle - spread, middle + spread). */
struct Uniform {
  Noise noise;
  double middle;
  double spread;

  __host__ __device__ float at(std::int64_t index) const {
    return static_cast<float>(middle + spread * (noise.bits(index) / 2147483648.0 - 1));
  }
};

/** Values of a weight; `expert` is -1 for nodes that are not of experts. */
Uniform weight_noise(unsigned long long seed, const WeightFill& fill, int layer, int expert);
/** Values of a cache of a rank. */
Uniform state_noise(unsigned long long seed, const StateFill& fill, int layer, int rank);
/** Token ids of a rank, before their remainder by the vocabulary is taken. */
Noise input_noise(unsigned long long seed, const InputFill& fill, int rank);

}  // namespace weft
