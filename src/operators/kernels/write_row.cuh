// Writing rows in any format; Fp8 needs the largest magnitude of each group before its first value.
#pragma once

#include "operators/arithmetic.cuh"
#include "operators/matrix_view.cuh"

namespace weft {

/** The largest value of a warp's lanes. */
__device__ inline float warp_max(float value) {
  for (int lanes = 16; lanes > 0; lanes /= 2)
    value = fmaxf(value, __shfl_xor_sync(0xffffffffu, value, lanes));
  return value;
}

/** What the threads of a block need to write rows alike. */
template <class T>
struct RowFormat {
  int width;                 // values that are written
  std::int64_t scale_begin;  // bytes from a row's begin to its scales
  bool vectors;
};

/** Rows of which the first `width` columns are values; what is between these and the scales belongs to
 * others. */
template <class T>
RowFormat<T> format_of(Rows<T> rows, int width) {
  return {
    width,
    std::int64_t{rows.width} * std::int64_t{sizeof(T)},
    quads_align<T>(rows.data, row_bytes<T>(rows.width))
  };
}

template <class T>
RowFormat<T> format_of(Rows<T> rows) {
  return format_of(rows, rows.width);
}

/**
 * Writes one row to each of several places: `values(column)` gives four of its columns, `row(i)` the i-th
 * place, or null where there is none. The whole block takes part; its size is a multiple of 32.
 */
template <class T, class Values, class Row>
__device__ void write_row(RowFormat<T> format, Values values, int places, Row row) {
  const int width = format.width;
  if constexpr (kScaled<T>) {
    // A warp for each group, a lane for four of its values.
    const int lane = static_cast<int>(threadIdx.x) % 32;
    for (int group = static_cast<int>(threadIdx.x) / 32; group < scale_groups(width);
         group += static_cast<int>(blockDim.x) / 32) {
      const int column = group * kScaleGroup + 4 * lane;
      const float4 four = column < width ? values(column) : float4{0.0f, 0.0f, 0.0f, 0.0f};
      const float largest =
        warp_max(fmaxf(fmaxf(fabsf(four.x), fabsf(four.y)), fmaxf(fabsf(four.z), fabsf(four.w))));
      const float scale = largest > 0.0f ? largest / kLargestFp8 : 1.0f;
      const auto word = word_of<T>({four.x / scale, four.y / scale, four.z / scale, four.w / scale});
      for (int i = 0; i < places; ++i) {
        std::byte* const to = row(i);
        if (to == nullptr) continue;
        if (column < width) reinterpret_cast<typename Quad<T>::Word*>(to)[column / 4] = word;
        if (lane == 0) reinterpret_cast<float*>(to + format.scale_begin)[group] = scale;
      }
    }
  } else {
    for (int column = 4 * static_cast<int>(threadIdx.x); column < width;
         column += 4 * static_cast<int>(blockDim.x)) {
      const float4 four = values(column);
      for (int i = 0; i < places; ++i) {
        std::byte* const to = row(i);
        if (to != nullptr)
          store_quad(reinterpret_cast<T*>(to) + column, four, width - column, format.vectors);
      }
    }
  }
}

/** Writes one row to one place. */
template <class T, class Values>
__device__ void write_row(RowFormat<T> format, std::byte* to, Values values) {
  write_row(format, values, 1, [to](int) { return to; });
}

}  // namespace weft
