/** The default stream: streams that block wait for it, others do not. */
#include "program.h"

int defaults(int, const ncclUniqueId&) {
  constexpr int kCount = 64;
  cudaStream_t stream = nullptr;
  CUDA_CHECK(cudaStreamCreateWithPriority(
    &stream, planted("stream that does not block") ? cudaStreamNonBlocking : 0u, 0
  ));
  float* data = device_floats(kCount);
  float* result = device_floats(kCount);
  float host[kCount];
  CUDA_CHECK(cudaMemset(data, 0, kCount * sizeof(float)));
  twice(data, result, kCount, stream);
  if (planted("stream that does not block")) {
    CUDA_CHECK(cudaDeviceSynchronize());
    return 0;
  }
  CUDA_CHECK(cudaMemcpy(host, result, sizeof host, cudaMemcpyDeviceToHost));
  CUDA_CHECK(cudaDeviceSynchronize());
  return host[kCount - 1] == 0.0f ? 0 : 1;
}
