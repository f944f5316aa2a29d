// Arithmetic that kernels share, on the host and on the device.
#pragma once

#include "runtime/device.h"

#include <cstdint>

namespace weft {

template <class T>
__host__ __device__ constexpr T ceil_divide(T dividend, T divisor) {
  return (dividend + divisor - 1) / divisor;
}

template <class T>
__host__ __device__ constexpr T smaller(T a, T b) {
  return b < a ? b : a;
}

template <class T>
__host__ __device__ constexpr T larger(T a, T b) {
  return a < b ? b : a;
}

__device__ inline float dot(float4 a, float4 b) { return a.x * b.x + a.y * b.y + a.z * b.z + a.w * b.w; }
__device__ inline float4 times(float4 a, float4 b) { return {a.x * b.x, a.y * b.y, a.z * b.z, a.w * b.w}; }
__device__ inline float4 times(float4 a, float b) { return {a.x * b, a.y * b, a.z * b, a.w * b}; }
__device__ inline float4 plus(float4 a, float4 b) { return {a.x + b.x, a.y + b.y, a.z + b.z, a.w + b.w}; }
/** sum + a * b */
__device__ inline float4 multiply_add(float4 sum, float4 a, float b) {
  return {fmaf(a.x, b, sum.x), fmaf(a.y, b, sum.y), fmaf(a.z, b, sum.z), fmaf(a.w, b, sum.w)};
}

/** Threads for a row of so many columns, four at a time. */
inline unsigned row_threads(int width) { return width <= 256 ? 32 : width <= 2048 ? 64 : 128; }
inline constexpr int kMostRowThreads = 128;

/**
 * The sum of all threads' values, on every thread. Through shared memory: a row's block is small, and every thread can read
 * the others' values sooner than they can be passed on.
 */
__device__ inline float block_sum(float value) {
  alignas(16) __shared__ float values[kMostRowThreads];
  values[threadIdx.x] = value;
  __syncthreads();
  float sum = 0.0f;
  for (unsigned i = 0; i < blockDim.x; i += 4) {
    const float4 four = *reinterpret_cast<const float4*>(&values[i]);
    sum += four.x + four.y + four.z + four.w;
  }
  return sum;
}

}  // namespace weft
