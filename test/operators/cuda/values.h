/** Rows and matrices in every format for the programs that try kernels: what they were made of, and what they
 * hold. */
#pragma once

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "operators/operators.h"

namespace weft {

/** Pseudo-random numbers in [-1, 1), always the same. */
class Random {
 public:
  float value() { return static_cast<float>(next() % 20001) / 10000.0f - 1.0f; }
  int below(int limit) { return static_cast<int>(next() % static_cast<unsigned>(limit)); }
  std::vector<float> values(std::size_t count) {
    std::vector<float> result(count);
    for (float& each : result) each = value();
    return result;
  }
  /** Values that differ in size from stretch to stretch, and so in their scales. */
  std::vector<float> uneven(std::size_t count) {
    std::vector<float> result = values(count);
    for (std::size_t i = 0; i < count; ++i) result[i] *= i / 64 % 3 == 0 ? 1.0f : 0.25f;
    return result;
  }

 private:
  unsigned next() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 17;
    state_ ^= state_ << 5;
    return state_ >> 4;
  }
  unsigned state_ = 0x9e3779b9u;
};

/** A matrix in the format T, in memory of exactly its size; as rows each group of a row has a scale, else
 * each block. */
template <class T>
class Values {
 public:
  enum class Scales { kRows, kBlocks };

  /** `matrices` of rows x columns, one after the other. */
  Values(int rows, int columns, Scales scales = Scales::kRows, int matrices = 1)
      : rows_(rows),
        columns_(columns),
        scales_(scales),
        matrices_(matrices),
        bytes_(static_cast<std::size_t>(matrices * matrix_size()), std::byte{0xff}) {}

  static Values filled(
    int rows, int columns, const std::vector<float>& values, Scales scales = Scales::kRows, int matrices = 1
  ) {
    Values result(rows, columns, scales, matrices);
    if constexpr (kScaled<T>) result.find_scales(values);
    for (int row = 0; row < rows * matrices; ++row)
      for (int column = 0; column < columns; ++column) {
        const float value = values
          [static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
           static_cast<std::size_t>(column)];
        new (result.element(row, column))
          T(static_cast<T>(kScaled<T> ? value / *result.scale(row, column) : value));
      }
    return result;
  }

  Rows<T> rows() { return {bytes_.data(), columns_}; }
  Matrix<T> matrix() { return {bytes_.data(), rows_, columns_}; }

  /** The value at a place; rows count on through all matrices. */
  float at(int row, int column) {
    const float value = static_cast<float>(*reinterpret_cast<T*>(element(row, column)));
    return kScaled<T> ? value * *scale(row, column) : value;
  }
  std::vector<float> decoded() {
    std::vector<float> result;
    for (int row = 0; row < rows_ * matrices_; ++row)
      for (int column = 0; column < columns_; ++column) result.push_back(at(row, column));
    return result;
  }

 private:
  std::int64_t matrix_size() const {
    return scales_ == Scales::kRows ? rows_ * row_bytes<T>(columns_) : matrix_bytes<T>(rows_, columns_);
  }
  std::byte* element(int row, int column) {
    if (scales_ == Scales::kRows)
      return bytes_.data() + row * row_bytes<T>(columns_) + column * std::int64_t{sizeof(T)};
    const std::int64_t within = (row % rows_ * std::int64_t{columns_} + column) * std::int64_t{sizeof(T)};
    return bytes_.data() + row / rows_ * matrix_size() + within;
  }
  float* scale(int row, int column) {
    if (scales_ == Scales::kRows)
      return reinterpret_cast<float*>(bytes_.data() + row * row_bytes<T>(columns_) + columns_) +
        column / kScaleGroup;
    std::byte* const begin = bytes_.data() + row / rows_ * matrix_size() + std::int64_t{rows_} * columns_;
    return reinterpret_cast<float*>(begin) + row % rows_ / kScaleGroup * scale_groups(columns_) +
      column / kScaleGroup;
  }
  void find_scales(const std::vector<float>& values) {
    for (int pass = 0; pass < 3; ++pass)
      for (int row = 0; row < rows_ * matrices_; ++row)
        for (int column = 0; column < columns_; ++column) {
          float& mine = *scale(row, column);
          const float magnitude = std::fabs(
            values
              [static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) +
               static_cast<std::size_t>(column)]
          );
          if (pass == 0) mine = 0.0f;
          if (pass == 1) mine = std::fmax(mine, magnitude / kLargestFp8);
          if (pass == 2 && mine == 0.0f) mine = 1.0f;
        }
  }

  int rows_;
  int columns_;
  Scales scales_;
  int matrices_;
  std::vector<std::byte> bytes_;
};

/** How far a value of T may be from what it stands for, relative to the largest. */
template <class T>
inline constexpr double kTolerance = kScaled<T> ? 1.0 / 16
  : std::is_same_v<T, Bf16>                     ? 1.0 / 128
  : std::is_same_v<T, Fp16>                     ? 1.0 / 1024
                                                : 1e-5;

/** Ends the program with an error, unless all values are close to what is expected. */
inline void expect_close(
  const std::string& what,
  const std::vector<float>& actual,
  const std::vector<double>& expected,
  double tolerance
) {
  double largest = 1e-30;
  for (const double each : expected) largest = std::fmax(largest, std::fabs(each));
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (i < actual.size() && std::fabs(actual[i] - expected[i]) <= tolerance * largest) continue;
    std::printf(
      "%s: element %zu is %g, expected %g\n",
      what.c_str(),
      i,
      i < actual.size() ? actual[i] : NAN,
      expected[i]
    );
    std::exit(1);
  }
  std::printf("%s: fine\n", what.c_str());
}

inline void expect_same(
  const std::string& what, const std::vector<Index>& actual, const std::vector<Index>& expected
) {
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (i < actual.size() && actual[i] == expected[i]) continue;
    std::printf(
      "%s: word %zu is %u, expected %u\n", what.c_str(), i, i < actual.size() ? actual[i] : 0, expected[i]
    );
    std::exit(1);
  }
  std::printf("%s: fine\n", what.c_str());
}

/** The element at (row, column) of so many columns. */
inline double element(const std::vector<float>& values, int row, int columns, int column) {
  return values
    [static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(column)];
}

}  // namespace weft
