/** Sums and largest values over four ranks, in place, and an all-to-all. */
#include "program.h"

int reductions(int rank, const ncclUniqueId& id) {
  constexpr int kRanks = 4;
  ncclComm_t world = join_world(rank, id, kRanks);
  cudaStream_t stream = make_stream("reduce");
  float* values = device_floats(kRanks);
  float* swapped = device_floats(kRanks);
  float* host = pinned<float>(2 * kRanks);
  fill(values, kRanks, static_cast<float>(10 * rank), stream);
  NCCL_CHECK(ncclAlltoAll(values, swapped, 1, ncclFloat, world, stream), world);
  const std::size_t count = planted("counts differ") && rank == 2 ? 3 : 4;
  NCCL_CHECK(ncclAllReduce(values, values, count, ncclFloat, ncclSum, world, stream), world);
  NCCL_CHECK(
    ncclAllReduce(
      values,
      values,
      4,
      ncclFloat,
      planted("operations differ") && rank == 1 ? ncclSum : ncclMax,
      world,
      stream
    ),
    world
  );
  CUDA_CHECK(cudaMemcpyAsync(host, values, 16, cudaMemcpyDeviceToHost, stream));
  CUDA_CHECK(cudaMemcpyAsync(host + kRanks, swapped, 16, cudaMemcpyDeviceToHost, stream));
  CUDA_CHECK(cudaStreamSynchronize(stream));
  int wrong = 0;
  for (int i = 0; i < kRanks; ++i) {
    if (host[i] != static_cast<float>(60 + 4 * i)) ++wrong;
    if (host[kRanks + i] != static_cast<float>(10 * i + rank)) ++wrong;
  }
  leave(world);
  return wrong == 0 || planted("counts differ") || planted("operations differ") ? 0 : 1;
}
