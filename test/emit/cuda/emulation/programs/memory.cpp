/** One rank and its memory, used as it should be or not. */
#include <cstring>

#include "program.h"

int memory(int rank, const ncclUniqueId&) {
  constexpr int kCount = 100;
  constexpr std::size_t kBytes = kCount * sizeof(float);
  cudaStream_t stream = make_stream("compute");
  float* data = device_floats(kCount);
  float* host = pinned<float>(kCount);
  for (int i = 0; i < kCount; ++i) host[i] = static_cast<float>(i);
  CUDA_CHECK(cudaMemcpyAsync(data, host, kBytes, cudaMemcpyHostToDevice, stream));
  if (planted("source overwritten before its copy")) host[7] = 3.0f;
  twice(data, data, planted("beyond the end") ? kCount + 1 : kCount, stream);
  if (planted("freed in use")) {
    CUDA_CHECK(cudaFree(data));
    CUDA_CHECK(cudaStreamSynchronize(stream));
    return 0;
  }
  CUDA_CHECK(cudaMemcpyAsync(host, data, kBytes, cudaMemcpyDeviceToHost, stream));
  float copy[kCount];
  if (planted("copied before it has arrived")) {
    // Of a size that the compiler does not know: it then calls the function.
    std::memcpy(copy, host, kBytes - static_cast<std::size_t>(rank));
    return copy[kCount / 2] == static_cast<float>(kCount / 2) ? 0 : 1;
  }
  CUDA_CHECK(cudaStreamSynchronize(stream));
  std::memcpy(copy, host, kBytes);
  int wrong = 0;
  for (int i = 0; i < kCount; ++i) {
    if (copy[i] != static_cast<float>(2 * i)) ++wrong;
  }
  if (planted("device memory on the host") && data[3] != 6.0f) ++wrong;
  CUDA_CHECK(cudaFree(data));
  if (planted("used after it was freed")) {
    fill(data, kCount, 0.0f, stream);
    CUDA_CHECK(cudaStreamSynchronize(stream));
  }
  if (planted("freed twice")) static_cast<void>(cudaFree(data));
  CUDA_CHECK(cudaFreeHost(host));
  // Pageable memory: the host waits by itself.
  float* more = device_floats(kCount);
  CUDA_CHECK(cudaMemcpyAsync(more, copy, kBytes, cudaMemcpyHostToDevice, stream));
  std::memset(copy, 0, kBytes);
  CUDA_CHECK(cudaMemcpyAsync(copy, more, kBytes, cudaMemcpyDeviceToHost, stream));
  if (copy[kCount - 1] != static_cast<float>(2 * kCount - 2)) ++wrong;
  CUDA_CHECK(cudaFree(more));
  return wrong == 0 || planted("source overwritten before its copy") ? 0 : 1;
}
