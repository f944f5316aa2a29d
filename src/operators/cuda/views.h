/**
 * What operators see of a rank's memory: rows, matrices and the counts that say whose rows they are.
 *
 * Views hold no sizes in bytes; these follow from the element type and the width. They are passed to kernels
 * by value.
 */
#pragma once

#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <cuda_fp8.h>
#include <cuda_runtime.h>

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace weft {

using Index = std::uint32_t;
using Float = float;
using Bf16 = __nv_bfloat16;
using Fp16 = __half;
/** Stored as value / scale, where scale = largest magnitude of the group / 448, and 1 where the group is
 * zero. */
using Fp8 = __nv_fp8_e4m3;

/** Values that share a scale: so many of a row, or a square of so many of a matrix. */
inline constexpr int kScaleGroup = 128;
inline constexpr float kLargestFp8 = 448.0f;
template <class T>
inline constexpr bool kScaled = std::is_same_v<T, Fp8>;

/** What tables of rows say of a pair (token, k) that was dropped, and of a row of padding. */
inline constexpr Index kNoRow = 0xffffffffu;
/** The same in tables of copies, which travel among values and so must be a finite float. */
inline constexpr Index kNoCopy = 0x7f000000u;

/** Scales of `width` values. */
__host__ __device__ constexpr int scale_groups(int width) {
  return (width + kScaleGroup - 1) / kScaleGroup;
}

/** Bytes of a row: its values, then for Fp8 a float scale for each 128 of them. */
template <class T>
__host__ __device__ constexpr std::int64_t row_bytes(int width) {
  const std::int64_t scales = kScaled<T> ? std::int64_t{4} * scale_groups(width) : 0;
  return static_cast<std::int64_t>(width) * static_cast<std::int64_t>(sizeof(T)) + scales;
}

/** Bytes of a matrix: its values, then for Fp8 a float scale for each block of 128 x 128, row by row of
 * blocks. */
template <class T>
__host__ __device__ constexpr std::int64_t matrix_bytes(int rows, int columns) {
  const std::int64_t scales = kScaled<T> ? std::int64_t{4} * scale_groups(rows) * scale_groups(columns) : 0;
  return static_cast<std::int64_t>(rows) * columns * static_cast<std::int64_t>(sizeof(T)) + scales;
}

/** [..., width]: rows one after the other, row_bytes<T>(width) apart. */
template <class T>
struct Rows {
  std::byte* data;
  int width;
};

/** [slots][rows][columns] weights, each slot's matrix_bytes<T>(rows, columns) apart. Vectors have one row. */
template <class T>
struct Matrix {
  std::byte* data;
  int rows;
  int columns;
};

/**
 * Counts of all sources for this rank's slots: word [source * stride + first + slot] is the number of rows
 * that the source has for the slot. Without slots one set of weights serves all rows.
 */
struct Segments {
  const Index* counts;
  int sources;
  int slots;
  int stride;
  int first;
};

/**
 * What a rank that forwards knows. Ranks of one rail have the same index (`rail`) in their nodes; their
 * counts stand together, source after source, `stride` words each. From word `node_first` on a source tells
 * of this node: rows for each of its slots, then its copies. `slot_begin` [ranks + 1] is the first slot of
 * each rank.
 */
struct Relay {
  const Index* counts;
  const Index* slot_begin;
  int nodes;
  int node_ranks;
  int node;
  int rail;
  int stride;
  int node_first;
};

/** Rows [row_begin, row_end) of a launch on a stream. */
struct Launch {
  cudaStream_t stream;
  int row_begin;
  int row_end;

  int rows() const { return row_end > row_begin ? row_end - row_begin : 0; }
};

}  // namespace weft
