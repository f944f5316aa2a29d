/**
 * route_select: each token's experts, by score + bias, in groups; a warp for each token.
 *
 * An expert's place among the chosen is the number of those that stand before it. Counting them needs no
 * order among threads, and nearly all experts are done as soon as they have found top_k better ones.
 */
#pragma once

#include "operators/arithmetic.cuh"
#include "operators/copy_format.cuh"
#include "operators/segments.cuh"
#include "operators/views.h"

namespace weft {

inline constexpr int kMostExperts = 1024;
inline constexpr int kRouteThreads = 32;

struct RouteShape {
  int experts;
  int top_k;
  int groups;
  int top_groups;
  bool normalize;
  float scale;
};

/** What all scores of a token share: for softmax the largest logit and the sum of exponentials. */
template <bool kSoftmax>
struct RouteScores {
  const float* logits;
  float largest;
  float total;

  __device__ float of(int expert) const {
    const float logit = logits[expert];
    return kSoftmax ? expf(logit - largest) / total : 1.0f / (1.0f + expf(-logit));
  }
};

/** Fills up to a multiple of four, in which place_of reads, with what stands before nothing. */
__device__ inline void fill_up(float* values, int count) {
  const int last = count + static_cast<int>(threadIdx.x);
  if (last < (count + 3) / 4 * 4) values[last] = -INFINITY;
}

/** How many of `count` values stand before the one at `index`: larger ones, and equal ones with a lower
 * index. Stops at `enough`. */
__device__ inline int place_of(const float* values, int count, int index, int enough) {
  const float value = values[index];
  int place = 0;
  for (int first = 0; first < count && place < enough; first += 4) {
    const float4 four = *reinterpret_cast<const float4*>(&values[first]);
    const auto stands_before = [&](float other, int at) {
      return other > value || (other == value && at < index) ? 1 : 0;
    };
    place += stands_before(four.x, first) + stands_before(four.y, first + 1) +
      stands_before(four.z, first + 2) + stands_before(four.w, first + 3);
  }
  return place;
}

template <bool kSoftmax>
__device__ RouteScores<kSoftmax> score_token(const float* logits, const RouteShape& shape) {
  RouteScores<kSoftmax> scores = {logits, 0.0f, 1.0f};
  if (!kSoftmax) return scores;
  float largest = -INFINITY;
  for (int expert = static_cast<int>(threadIdx.x); expert < shape.experts; expert += kRouteThreads)
    largest = fmaxf(largest, logits[expert]);
  scores.largest = block_max(largest);
  float exponentials = 0.0f;
  for (int expert = static_cast<int>(threadIdx.x); expert < shape.experts; expert += kRouteThreads)
    exponentials += expf(logits[expert] - scores.largest);
  scores.total = block_sum(exponentials);
  return scores;
}

/** Takes experts of all but the best groups out of the choice. A group counts as its two best experts
 * together. */
__device__ inline void drop_groups(float* biased, const RouteShape& shape) {
  alignas(16) __shared__ float groups[kMostExperts];
  const int size = shape.experts / shape.groups;
  for (int group = static_cast<int>(threadIdx.x); group < shape.groups; group += kRouteThreads) {
    float best = -INFINITY;
    float second = -INFINITY;
    for (int expert = group * size; expert < (group + 1) * size; ++expert) {
      second = fmaxf(second, fminf(best, biased[expert]));
      best = fmaxf(best, biased[expert]);
    }
    groups[group] = size > 1 ? best + second : best;
  }
  fill_up(groups, shape.groups);
  __syncthreads();
  for (int group = static_cast<int>(threadIdx.x); group < shape.groups; group += kRouteThreads) {
    if (place_of(groups, shape.groups, group, shape.top_groups) < shape.top_groups) continue;
    for (int expert = group * size; expert < (group + 1) * size; ++expert) biased[expert] = -INFINITY;
  }
  __syncthreads();
}

template <bool kSoftmax>
__global__ void __launch_bounds__(kRouteThreads) route_select_kernel(
  Rows<Float> logits, const float* bias, Index* chosen, float* weights, int row_begin, RouteShape shape
) {
  alignas(16) __shared__ float biased[kMostExperts];
  __shared__ float best[kMostTopK];
  const int token = row_begin + static_cast<int>(blockIdx.x);
  const float* const row =
    reinterpret_cast<const float*>(logits.data + token * row_bytes<Float>(logits.width));
  const auto scores = score_token<kSoftmax>(row, shape);
  for (int expert = static_cast<int>(threadIdx.x); expert < shape.experts; expert += kRouteThreads)
    biased[expert] = scores.of(expert) + bias[expert];
  fill_up(biased, shape.experts);
  __syncthreads();
  if (shape.top_groups < shape.groups) drop_groups(biased, shape);

  const std::int64_t first_pair = static_cast<std::int64_t>(token) * shape.top_k;
  for (int expert = static_cast<int>(threadIdx.x); expert < shape.experts; expert += kRouteThreads) {
    if (biased[expert] == -INFINITY) continue;
    const int place = place_of(biased, shape.experts, expert, shape.top_k);
    if (place >= shape.top_k) continue;
    best[place] = scores.of(expert);
    chosen[first_pair + place] = static_cast<Index>(expert);
  }
  __syncthreads();
  float divisor = 1.0f;
  if (shape.normalize) {
    divisor = 0.0f;
    for (int k = 0; k < shape.top_k; ++k) divisor += best[k];
  }
  for (int k = static_cast<int>(threadIdx.x); k < shape.top_k; k += kRouteThreads)
    weights[first_pair + k] = best[k] / divisor * shape.scale;
}

inline void route_select(
  const Launch& launch,
  Rows<Float> logits,
  const float* bias,
  Index* chosen,
  float* weights,
  int experts,
  int top_k,
  int groups,
  int top_groups,
  bool softmax,
  bool normalize,
  float scale
) {
  if (launch.rows() == 0) return;
  require(
    experts <= kMostExperts && top_k <= kMostTopK,
    "default kernels serve at most 1,024 experts, 64 of them for a token"
  );
  const RouteShape shape = {experts, top_k, groups, top_groups, normalize, scale};
  weft::launch(
    softmax ? route_select_kernel<true> : route_select_kernel<false>,
    dim3(static_cast<unsigned>(launch.rows())),
    dim3(kRouteThreads),
    0,
    launch.stream,
    logits,
    bias,
    chosen,
    weights,
    launch.row_begin,
    shape
  );
}

}  // namespace weft
