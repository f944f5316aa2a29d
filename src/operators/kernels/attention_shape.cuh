// How a block of attention divides its work, and the softmax that runs along with the positions.
#pragma once

#include "runtime/device.h"

namespace weft {

/** Queries of a block, positions of a tile, and columns of values that a block makes. */
template <int kQueriesOfBlock, int kPositionsOfTile, int kValuesOfBlock>
struct AttentionShape {
  static constexpr int kQueries = kQueriesOfBlock;
  static constexpr int kPositions = kPositionsOfTile;
  static constexpr int kValues = kValuesOfBlock;
  /** A thread makes the scores of 4 queries and 2 positions, and sums of the 4 queries. */
  static constexpr int kAcross = kPositions / 2;
  static constexpr int kThreads = kQueries / 4 * kAcross;
  /** Key components, and positions of values, that are in shared memory at a time. */
  static constexpr int kDepth = 32;
  static constexpr int kValuePositions = kPositions * kValues <= 4096 ? kPositions : 4096 / kValues;
  /** Quads of columns of a thread. */
  static constexpr int kQuads = kValues / 4 / kAcross;
  /** Threads that share a query's softmax, and positions of each. */
  static constexpr int kParts = kThreads / kQueries;
  static constexpr int kPartPositions = kPositions / kParts;
};

/**
 * A thread's part of a query's softmax. Weights are relative to the largest score so far; when a larger one
 * comes, what was summed before is worth less.
 */
template <class Shape>
struct RunningSoftmax {
  float largest = -INFINITY;
  /** Of the weights of this thread's positions. */
  float total = 0.0f;

  static __device__ int query() { return static_cast<int>(threadIdx.x) % Shape::kQueries; }
  static __device__ int part() { return static_cast<int>(threadIdx.x) / Shape::kQueries; }

  /**
   * Turns the scores of a tile into weights, [position][query], zero for positions from `seen` on. Leaves in
   * `kept` what each query's earlier sums are worth. `parts` is for the threads to tell each other of their
   * largest scores.
   */
  __device__ void update(float* weights, float* parts, float* kept, int seen) {
    float* const mine = &weights[part() * Shape::kPartPositions * Shape::kQueries + query()];
    const int own = seen - part() * Shape::kPartPositions;
    float next = largest;
    for (int i = 0; i < Shape::kPartPositions; ++i) {
      if (i < own) next = fmaxf(next, mine[i * Shape::kQueries]);
    }
    parts[threadIdx.x] = next;
    __syncthreads();
    for (int i = 0; i < Shape::kParts; ++i) next = fmaxf(next, parts[i * Shape::kQueries + query()]);
    const float factor = expf(largest - next);
    total *= factor;
    for (int i = 0; i < Shape::kPartPositions; ++i) {
      const float weight = i < own ? expf(mine[i * Shape::kQueries] - next) : 0.0f;
      mine[i * Shape::kQueries] = weight;
      total += weight;
    }
    if (part() == 0) kept[query()] = factor;
    largest = next;
  }
};

}  // namespace weft
