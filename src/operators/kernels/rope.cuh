// Rotary position embedding of neighbouring pairs. Reader: Su et al., RoFormer, equation 34.
#pragma once

#include "runtime/device.h"

namespace weft {

/** Cosine and sine of an angle. */
struct Turn {
  float cosine;
  float sine;
};

/** How the pair of a head of width `dim` turns at a position: by position * theta ^ (-2 * pair / dim). */
__device__ inline Turn turn_of(int position, int pair, int dim, float theta) {
  const float frequency = powf(theta, -2.0f * static_cast<float>(pair) / static_cast<float>(dim));
  Turn turn;
  sincosf(static_cast<float>(position) * frequency, &turn.sine, &turn.cosine);
  return turn;
}

__device__ inline float2 turned(float2 pair, Turn turn) {
  return {pair.x * turn.cosine - pair.y * turn.sine, pair.x * turn.sine + pair.y * turn.cosine};
}

/** Where the new rows of a step stand among the cached positions of all sequences. */
struct Positions {
  int length;
  int context;

  __device__ int of(int row) const { return context + row % length; }
  /** Row of the cache. */
  __device__ std::int64_t cached(int row) const {
    return static_cast<std::int64_t>(row / length) * (context + length) + of(row);
  }
};

}  // namespace weft
