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

__device__ inline float dot(float4 a, float4 b) {
  return a.x * b.x + a.y * b.y + a.z * b.z + a.w * b.w;
}
__device__ inline float4 times(float4 a, float4 b) {
  return {a.x * b.x, a.y * b.y, a.z * b.z, a.w * b.w};
}
__device__ inline float4 times(float4 a, float b) {
  return {a.x * b, a.y * b, a.z * b, a.w * b};
}
__device__ inline float4 plus(float4 a, float4 b) {
  return {a.x + b.x, a.y + b.y, a.z + b.z, a.w + b.w};
}
/** sum + a * b */
__device__ inline float4 multiply_add(float4 sum, float4 a, float b) {
  return {sum.x + a.x * b, sum.y + a.y * b, sum.z + a.z * b, sum.w + a.w * b};
}

/** Threads for a row of so many columns, four at a time. */
inline unsigned row_threads(int width) {
  return width <= 256 ? 32 : width <= 2048 ? 64 : 128;
}
inline constexpr int kMostRowThreads = 128;

/** The largest of all threads' values, on every thread; see block_sum. */
__device__ inline float block_max(float value) {
  __shared__ float values[kMostRowThreads];
  values[threadIdx.x] = value;
  __syncthreads();
  float largest = values[0];
  for (unsigned i = 1; i < blockDim.x; ++i) largest = fmaxf(largest, values[i]);
  return largest;
}

/**
 * The sum of all threads' values, on every thread. Through shared memory: a row's block is small, and every
 * thread can read the others' values sooner than they can be passed on. Once in a kernel: nothing waits until
 * all have read.
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
