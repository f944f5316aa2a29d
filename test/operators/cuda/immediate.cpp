// The least of a device that kernels can be tried on: a launch runs at once. Links with the emulation's
// blocks and fibers.
#include <cuda_runtime.h>
#include <nccl.h>

#include "emulation/blocks.h"
#include "emulation/launch.h"

namespace weft::emulation {

cudaError_t enqueue_kernel(
  const void*, std::shared_ptr<const KernelCall> call, dim3 grid, dim3 block, cudaStream_t
) {
  const bool valid = grid.x > 0 && grid.y > 0 && grid.z > 0 && block.x * block.y * block.z <= 1024;
  if (!valid) return cudaErrorInvalidConfiguration;
  return run_grid(*call, grid, block) == GridResult::kDone ? cudaSuccess : cudaErrorLaunchFailure;
}

}  // namespace weft::emulation

cudaError_t cudaGetLastError() {
  return cudaSuccess;
}
const char* cudaGetErrorName(cudaError_t error) {
  return error == cudaErrorInvalidConfiguration ? "cudaErrorInvalidConfiguration" : "cudaErrorLaunchFailure";
}
const char* cudaGetErrorString(cudaError_t) {
  return "the launch failed";
}
const char* ncclGetErrorString(ncclResult_t) {
  return "";
}
const char* ncclGetLastError(ncclComm_t) {
  return "";
}
