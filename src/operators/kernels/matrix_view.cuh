// Matrices as kernels read and write them: rows or weights, all columns or those of a head, with their
// scales.
#pragma once

#include "operators/quad.cuh"

namespace weft {

/** A matrix that is read four elements of a row at a time. */
template <class T>
struct Reader {
  const std::byte* data;
  std::int64_t pitch;  // bytes from row to row
  int begin;           // first column
  int columns;
  bool vectors;
  // The scale of a value is at scale_begin + (row >> row_shift) * scale_pitch + 4 * (column / 128).
  int row_shift;
  std::int64_t scale_begin;
  std::int64_t scale_pitch;

  /** Columns [column, column + 4) of a row, zeros behind the last. */
  __device__ Quad<T> load(std::int64_t row, int column) const {
    const std::byte* const values = data + row * pitch;
    const int from = begin + column;
    Quad<T> quad = load_quad(reinterpret_cast<const T*>(values) + from, columns - column, vectors);
    if constexpr (kScaled<T>) {
      if (column < columns) {
        const std::byte* const scales = data + scale_begin + (row >> row_shift) * scale_pitch;
        quad.scale = reinterpret_cast<const float*>(scales)[from / kScaleGroup];
      }
    }
    return quad;
  }

  /** The same matrix in another slot. */
  __device__ Reader at(std::int64_t bytes) const {
    Reader other = *this;
    other.data += bytes;
    return other;
  }

  /** The same rows, so many columns on. */
  __device__ Reader from_column(int offset) const {
    Reader other = *this;
    other.begin += offset;
    return other;
  }
};

/** Columns [begin, begin + columns) of rows; `step` is what begins of several such sources are multiples of.
 */
template <class T>
Reader<T> reader_of(Rows<T> rows, int begin, int columns, int step = 4) {
  const std::int64_t pitch = row_bytes<T>(rows.width);
  const bool vectors = quads_align<T>(rows.data, pitch, begin) && step % 4 == 0;
  return {
    rows.data, pitch, begin, columns, vectors, 0, std::int64_t{rows.width} * std::int64_t{sizeof(T)}, pitch
  };
}

template <class T>
Reader<T> reader_of(Rows<T> rows) {
  return reader_of(rows, 0, rows.width);
}

/** Columns [0, columns) of the first slot's matrix. */
template <class T>
Reader<T> reader_of(Matrix<T> matrix, int columns, int step = 4) {
  const std::int64_t pitch = std::int64_t{matrix.columns} * std::int64_t{sizeof(T)};
  const bool slots_align = matrix_bytes<T>(matrix.rows, matrix.columns) % std::int64_t{4 * sizeof(T)} == 0;
  const bool vectors = quads_align<T>(matrix.data, pitch) && slots_align && step % 4 == 0;
  const std::int64_t scale_pitch = std::int64_t{4} * scale_groups(matrix.columns);
  return {matrix.data, pitch, 0, columns, vectors, 7, pitch * matrix.rows, scale_pitch};
}

template <class T>
Reader<T> reader_of(Matrix<T> matrix) {
  return reader_of(matrix, matrix.columns);
}

/** A matrix that is written four elements of a row at a time. */
template <class T>
struct Writer {
  std::byte* data;
  std::int64_t pitch;
  int begin;
  int columns;
  bool vectors;

  __device__ void store(std::int64_t row, int column, float4 values) const {
    T* const to = reinterpret_cast<T*>(data + row * pitch) + begin + column;
    store_quad(to, values, columns - column, vectors);
  }

  __device__ Writer from_column(int offset) const {
    Writer other = *this;
    other.begin += offset;
    return other;
  }
};

template <class T>
Writer<T> writer_of(Rows<T> rows, int begin, int columns, int step = 4) {
  const std::int64_t pitch = row_bytes<T>(rows.width);
  return {rows.data, pitch, begin, columns, quads_align<T>(rows.data, pitch, begin) && step % 4 == 0};
}

template <class T>
Writer<T> writer_of(Rows<T> rows) {
  return writer_of(rows, 0, rows.width);
}

}  // namespace weft
