// What drivers have no use for: there is no device, and no rank that reads from it.
#include <cuda_runtime.h>
#include <nccl.h>

#include <cstdlib>

#include "runtime/rank.h"

cudaError_t cudaMallocHost(void**, size_t) {
  std::abort();
}
cudaError_t cudaFreeHost(void*) {
  std::abort();
}
const char* cudaGetErrorName(cudaError_t) {
  std::abort();
}
const char* cudaGetErrorString(cudaError_t) {
  std::abort();
}
const char* ncclGetErrorString(ncclResult_t) {
  std::abort();
}
const char* ncclGetLastError(ncclComm_t) {
  std::abort();
}

namespace weft {

void Rank::read(std::initializer_list<const Event*>, std::initializer_list<Read>) {
  std::abort();
}

}  // namespace weft
