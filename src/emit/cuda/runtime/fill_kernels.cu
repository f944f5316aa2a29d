#include "runtime/fill_kernels.h"

#include <algorithm>
#include <cmath>
#include <type_traits>

#include "operators/views.h"
#include "runtime/device.h"

namespace weft {
namespace {

constexpr int kThreads = 256;
constexpr std::int64_t kMostBlocks = 65535;

/** The elements of a matrix; `scale` is what the format's are relative to. */
template <class T>
__global__ void fill_matrix_kernel(T* values, std::int64_t count, Uniform uniform, float scale) {
  const std::int64_t step = static_cast<std::int64_t>(gridDim.x) * blockDim.x;
  for (std::int64_t i = static_cast<std::int64_t>(blockIdx.x) * blockDim.x + threadIdx.x; i < count;
       i += step)
    values[i] = static_cast<T>(uniform.at(i) / scale);
}

__global__ void fill_scales_kernel(float* scales, std::int64_t count, float scale) {
  const std::int64_t step = static_cast<std::int64_t>(gridDim.x) * blockDim.x;
  for (std::int64_t i = static_cast<std::int64_t>(blockIdx.x) * blockDim.x + threadIdx.x; i < count;
       i += step)
    scales[i] = scale;
}

/** The first `context` of each sequence's context + length positions, with their scales. */
template <class T>
__global__ void fill_positions_kernel(
  Rows<T> rows, std::int64_t count, std::int64_t context, std::int64_t length, Uniform uniform, float scale
) {
  const std::int64_t step = static_cast<std::int64_t>(gridDim.x) * blockDim.x;
  for (std::int64_t i = static_cast<std::int64_t>(blockIdx.x) * blockDim.x + threadIdx.x; i < count;
       i += step) {
    const std::int64_t position = i / rows.width;
    const int column = static_cast<int>(i % rows.width);
    const std::int64_t row = position + position / context * length;
    std::byte* const begin = rows.data + row * row_bytes<T>(rows.width);
    reinterpret_cast<T*>(begin)[column] = static_cast<T>(uniform.at(i) / scale);
    if (kScaled<T> && column % kScaleGroup == 0)
      reinterpret_cast<float*>(begin + rows.width * sizeof(T))[column / kScaleGroup] = scale;
  }
}

__global__ void fill_ids_kernel(Index* ids, std::int64_t count, Noise noise, Index vocabulary) {
  const std::int64_t step = static_cast<std::int64_t>(gridDim.x) * blockDim.x;
  for (std::int64_t i = static_cast<std::int64_t>(blockIdx.x) * blockDim.x + threadIdx.x; i < count;
       i += step)
    ids[i] = noise.bits(i) % vocabulary;
}

dim3 blocks_for(std::int64_t count) {
  return dim3(
    static_cast<unsigned>(std::clamp<std::int64_t>((count + kThreads - 1) / kThreads, 1, kMostBlocks))
  );
}

template <class T>
float scale_of(const Uniform& uniform) {
  const double largest = std::abs(uniform.middle) + uniform.spread;
  return kScaled<T> && largest > 0 ? static_cast<float>(largest / kLargestFp8) : 1.0f;
}

/** Calls `use` with a null pointer to the type of a format. */
template <class Use>
auto with_type(Format format, Use use) {
  switch (format) {
    case Format::kBf16:
      return use(static_cast<Bf16*>(nullptr));
    case Format::kFp16:
      return use(static_cast<Fp16*>(nullptr));
    case Format::kFp8:
      return use(static_cast<Fp8*>(nullptr));
    case Format::kFloat:
    case Format::kIndex:
      break;
  }
  return use(static_cast<float*>(nullptr));
}

template <class T>
void fill_matrix_of(
  cudaStream_t stream, std::byte* data, std::int64_t rows, std::int64_t columns, const Uniform& uniform
) {
  const std::int64_t count = rows * columns;
  const float scale = scale_of<T>(uniform);
  launch(
    fill_matrix_kernel<T>,
    blocks_for(count),
    dim3(kThreads),
    0,
    stream,
    reinterpret_cast<T*>(data),
    count,
    uniform,
    scale
  );
  if (!kScaled<T>) return;
  const std::int64_t scales =
    (matrix_bytes<T>(static_cast<int>(rows), static_cast<int>(columns)) - count) / 4;
  launch(
    fill_scales_kernel,
    blocks_for(scales),
    dim3(kThreads),
    0,
    stream,
    reinterpret_cast<float*>(data + count),
    scales,
    scale
  );
}

}  // namespace

std::int64_t matrix_bytes(Format format, std::int64_t rows, std::int64_t columns) {
  return with_type(format, [&](auto* type) {
    return matrix_bytes<std::remove_pointer_t<decltype(type)>>(
      static_cast<int>(rows), static_cast<int>(columns)
    );
  });
}

std::int64_t row_bytes(Format format, std::int64_t width) {
  return with_type(format, [&](auto* type) {
    return row_bytes<std::remove_pointer_t<decltype(type)>>(static_cast<int>(width));
  });
}

void fill_matrix(
  cudaStream_t stream,
  Format format,
  std::byte* data,
  std::int64_t rows,
  std::int64_t columns,
  const Uniform& uniform
) {
  with_type(format, [&](auto* type) {
    fill_matrix_of<std::remove_pointer_t<decltype(type)>>(stream, data, rows, columns, uniform);
  });
}

void fill_positions(
  cudaStream_t stream,
  Format format,
  std::byte* data,
  std::int64_t width,
  const Positions& positions,
  const Uniform& uniform
) {
  const std::int64_t count = positions.sequences * positions.cached * width;
  if (count == 0) return;
  with_type(format, [&](auto* type) {
    using T = std::remove_pointer_t<decltype(type)>;
    const Rows<T> rows{data, static_cast<int>(width)};
    launch(
      fill_positions_kernel<T>,
      blocks_for(count),
      dim3(kThreads),
      0,
      stream,
      rows,
      count,
      positions.cached,
      positions.fresh,
      uniform,
      scale_of<T>(uniform)
    );
  });
}

void fill_ids(cudaStream_t stream, Index* ids, std::int64_t count, const Noise& noise, Index vocabulary) {
  launch(fill_ids_kernel, blocks_for(count), dim3(kThreads), 0, stream, ids, count, noise, vocabulary);
}

}  // namespace weft
