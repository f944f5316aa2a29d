// Kernels that make up memory before the first step, in every number format.
#pragma once

#include <cuda_runtime.h>

#include <cstddef>
#include <cstdint>

#include "runtime/facts.h"
#include "runtime/noise.h"

namespace weft {

/** Bytes of a matrix of weights, and of a row of a cache, with the scales of formats that have them. */
std::int64_t matrix_bytes(Format format, std::int64_t rows, std::int64_t columns);
std::int64_t row_bytes(Format format, std::int64_t width);

void fill_matrix(
  cudaStream_t stream,
  Format format,
  std::byte* data,
  std::int64_t rows,
  std::int64_t columns,
  const Uniform& uniform
);

/** Of each sequence some positions are cached; behind them come those of the step. */
struct Positions {
  std::int64_t sequences;
  std::int64_t cached;
  std::int64_t fresh;
};

/** Fills the cached ones. */
void fill_positions(
  cudaStream_t stream,
  Format format,
  std::byte* data,
  std::int64_t width,
  const Positions& positions,
  const Uniform& uniform
);

void fill_ids(cudaStream_t stream, Index* ids, std::int64_t count, const Noise& noise, Index vocabulary);

}  // namespace weft
