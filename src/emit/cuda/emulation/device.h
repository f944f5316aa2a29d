/**
 * What kernels may use, for g++: the builtins of CUDA C++ as plain C++.
 *
 * A kernel's thread is a call of its function. Threads of a block are called one after the other on one stack; the first
 * of them that reaches a barrier or a shuffle keeps that stack, and the next is called on another (see blocks.h).
 * So builtins are plain globals, which are set before a thread goes on.
 */
#pragma once

#include <cuda_runtime.h>

#include <cmath>
#include <cstring>
#include <type_traits>

#include "emulation/launch.h"

// The real header gives these meanings that only nvcc knows (or attributes that g++ warns about).
#undef __shared__
#undef __launch_bounds__
#undef __constant__
#undef __grid_constant__
// Blocks run one after the other, so a block's memory is a static variable.
#define __shared__ static
#define __constant__ static const
#define __grid_constant__
#define __launch_bounds__(...)

extern uint3 threadIdx;
extern uint3 blockIdx;
extern dim3 blockDim;
extern dim3 gridDim;
inline constexpr int warpSize = 32;

namespace weft::emulation {
void wait_for_block();
void wait_for_warp(unsigned mask);
/** Leaves `bits` for the other lanes of `mask`, and gets what lane `source` left. */
unsigned shuffle(unsigned mask, unsigned bits, int source);
/** The lane of the thread that runs. */
int lane();
/** Votes: bit n of the result is lane n's predicate. */
unsigned ballot(unsigned mask, bool predicate);

template <class T>
T shuffle_from(unsigned mask, T value, int source) {
  static_assert(sizeof(T) == sizeof(unsigned), "shuffles move 4 bytes");
  unsigned bits;
  std::memcpy(&bits, &value, sizeof bits);
  bits = shuffle(mask, bits, source);
  std::memcpy(&value, &bits, sizeof bits);
  return value;
}

/** The lane that `source` means in groups of `width`; a lane that would read outside its group reads itself. */
inline int in_group(int source, int width) {
  const int first = lane() / width * width;
  return source >= first && source < first + width ? source : lane();
}
}  // namespace weft::emulation

inline void __syncthreads() {
  weft::emulation::wait_for_block();
}
inline void __syncwarp(unsigned mask = 0xffffffffu) {
  weft::emulation::wait_for_warp(mask);
}
inline void __threadfence() {}
inline void __threadfence_block() {}

template <class T>
T __shfl_sync(unsigned mask, T value, int source, int width = warpSize) {
  const int first = weft::emulation::lane() / width * width;
  return weft::emulation::shuffle_from(mask, value, first + (source & (width - 1)));
}
template <class T>
T __shfl_down_sync(unsigned mask, T value, unsigned delta, int width = warpSize) {
  const int source = weft::emulation::lane() + static_cast<int>(delta);
  return weft::emulation::shuffle_from(mask, value, weft::emulation::in_group(source, width));
}
template <class T>
T __shfl_up_sync(unsigned mask, T value, unsigned delta, int width = warpSize) {
  const int source = weft::emulation::lane() - static_cast<int>(delta);
  return weft::emulation::shuffle_from(mask, value, weft::emulation::in_group(source, width));
}
template <class T>
T __shfl_xor_sync(unsigned mask, T value, int lanes, int width = warpSize) {
  const int source = weft::emulation::lane() ^ lanes;
  return weft::emulation::shuffle_from(mask, value, weft::emulation::in_group(source, width));
}

inline unsigned __ballot_sync(unsigned mask, int predicate) {
  return weft::emulation::ballot(mask, predicate != 0);
}
inline int __any_sync(unsigned mask, int predicate) {
  return __ballot_sync(mask, predicate) != 0;
}
inline int __all_sync(unsigned mask, int predicate) {
  return __ballot_sync(mask, predicate) == mask;
}
inline unsigned __activemask() {
  return 0xffffffffu;
}

/** Threads run one after the other, so that reading and writing is atomic as it stands. */
template <class T>
T atomicAdd(T* address, T value) {
  const T old = *address;
  *address = static_cast<T>(old + value);
  return old;
}
template <class T>
T atomicMax(T* address, T value) {
  const T old = *address;
  if (old < value) *address = value;
  return old;
}
template <class T>
T atomicMin(T* address, T value) {
  const T old = *address;
  if (value < old) *address = value;
  return old;
}
template <class T>
T atomicExch(T* address, T value) {
  const T old = *address;
  *address = value;
  return old;
}
template <class T>
T atomicCAS(T* address, T expected, T value) {
  const T old = *address;
  if (old == expected) *address = value;
  return old;
}

inline int __popc(unsigned bits) {
  return __builtin_popcount(bits);
}
inline int __clz(int bits) {
  return bits == 0 ? 32 : __builtin_clz(static_cast<unsigned>(bits));
}
inline int __ffs(int bits) {
  return __builtin_ffs(bits);
}

template <class T, class = std::enable_if_t<std::is_arithmetic_v<T>>>
constexpr T min(T a, T b) {
  return b < a ? b : a;
}
template <class T, class = std::enable_if_t<std::is_arithmetic_v<T>>>
constexpr T max(T a, T b) {
  return a < b ? b : a;
}

#if !defined(__GLIBC_PREREQ) || !__GLIBC_PREREQ(2, 41)
inline float rsqrtf(float x) {
  return 1.0f / std::sqrt(x);
}
#endif
inline float __expf(float x) {
  return std::exp(x);
}
inline float __fdividef(float a, float b) {
  return a / b;
}
inline float __frcp_rn(float x) {
  return 1.0f / x;
}
inline unsigned __float_as_uint(float value) {
  unsigned bits;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}
inline float __uint_as_float(unsigned bits) {
  float value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}
