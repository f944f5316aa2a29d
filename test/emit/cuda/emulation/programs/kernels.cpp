/** Threads that wait for each other: sums of a block by shared memory and by shuffles. */
#include "program.h"

namespace {

constexpr int kThreads = 96;

__global__ void __launch_bounds__(kThreads) sum_kernel(
  const float* from, float* by_shuffles, float* by_memory, bool divergent
) {
  __shared__ float parts[kThreads];
  __shared__ float warps[kThreads / 32];
  const int thread = static_cast<int>(threadIdx.x);
  const float own = from[blockIdx.x * kThreads + threadIdx.x];
  float sum = own;
  for (int lanes = 16; lanes > 0; lanes /= 2) sum += __shfl_xor_sync(0xffffffffu, sum, lanes);
  if (thread % 32 == 0) warps[thread / 32] = sum;
  parts[thread] = own;
  __syncthreads();
  for (int stride = 64; stride > 0; stride /= 2) {
    if (thread < stride && thread + stride < kThreads) parts[thread] += parts[thread + stride];
    __syncthreads();
  }
  if (divergent && thread % 2 == 0) __shfl_xor_sync(0xffffffffu, sum, 1);
  if (thread != 0) return;
  by_memory[blockIdx.x] = parts[0];
  by_shuffles[blockIdx.x] = warps[0] + warps[1] + warps[2];
}

}  // namespace

int kernels(int, const ncclUniqueId&) {
  constexpr int kBlocks = 3;
  cudaStream_t stream = make_stream("compute");
  float* data = device_floats(kBlocks * kThreads);
  float* sums = device_floats(2 * kBlocks);
  float* host = pinned<float>(2 * kBlocks);
  fill(data, kBlocks * kThreads, 0.0f, stream);
  weft::launch(
    sum_kernel, dim3(kBlocks), dim3(kThreads), 0, stream, data, sums, sums + kBlocks, planted("divergent")
  );
  CUDA_CHECK(cudaMemcpyAsync(host, sums, 2 * kBlocks * sizeof(float), cudaMemcpyDeviceToHost, stream));
  CUDA_CHECK(cudaStreamSynchronize(stream));
  int wrong = 0;
  for (int block = 0; block < kBlocks; ++block) {
    const int first = block * kThreads;
    const auto sum = static_cast<float>(kThreads * first + kThreads * (kThreads - 1) / 2);
    if (host[block] != sum || host[kBlocks + block] != sum) ++wrong;
  }
  return wrong == 0 || planted("divergent") ? 0 : 1;
}
