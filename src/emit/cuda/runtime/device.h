/**
 * The one header of device code: builtins, vector types and the launch.
 *
 * nvcc gets CUDA's own; g++ gets the emulation's, which runs the same kernels on a CPU. Nothing else in the program knows
 * which of the two it is compiled for.
 */
#pragma once

#include <cuda_runtime.h>

#include <cstddef>
#include <tuple>
#include <utility>

#if defined(WEFT_EMULATION)
#include "emulation/device.h"
#endif

#include "runtime/check.h"

namespace weft {

/** Passes the addresses of `values`, in order, as CUDA takes the arguments of a kernel. */
template <class... Parameters, std::size_t... Index>
cudaError_t launch_packed(
  void (*kernel)(Parameters...),
  dim3 grid,
  dim3 block,
  std::size_t shared_bytes,
  cudaStream_t stream,
  std::tuple<Parameters...>& values,
  std::index_sequence<Index...>
) {
  // One more than there are arguments: an array of none is not C++.
  void* addresses[sizeof...(Index) + 1] = {&std::get<Index>(values)...};
  return cudaLaunchKernel(kernel, grid, block, addresses, shared_bytes, stream);
}

/** Launches `kernel`; arguments are converted to the types that it declares. */
template <class... Parameters, class... Arguments>
void launch(
  void (*kernel)(Parameters...),
  dim3 grid,
  dim3 block,
  std::size_t shared_bytes,
  cudaStream_t stream,
  Arguments&&... arguments
) {
  static_assert(
    sizeof...(Parameters) == sizeof...(Arguments), "a kernel takes as many arguments as it declares"
  );
  std::tuple<Parameters...> values(static_cast<Parameters>(std::forward<Arguments>(arguments))...);
  CUDA_CHECK(
    launch_packed(kernel, grid, block, shared_bytes, stream, values, std::index_sequence_for<Parameters...>{})
  );
  CUDA_CHECK(cudaGetLastError());
}

}  // namespace weft
