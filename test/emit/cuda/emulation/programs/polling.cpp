/** A ring of ranks that waits as programs do which must not hang: asking again and again, with a limit of time. */
#include <chrono>

#include "program.h"

namespace {

/** @throws weft::Failure where the limit is over or NCCL has failed */
void wait_for(cudaEvent_t event, ncclComm_t comm, int rank) {
  const auto limit = std::chrono::steady_clock::now() + std::chrono::milliseconds(200);
  for (;;) {
    const cudaError_t state = cudaEventQuery(event);
    if (state == cudaSuccess) return;
    if (state != cudaErrorNotReady) CUDA_CHECK(state);
    ncclResult_t error = ncclSuccess;
    NCCL_CHECK(ncclCommGetAsyncError(comm, &error), comm);
    if (error != ncclSuccess)
      throw weft::Failure("rank " + std::to_string(rank) + ": " + ncclGetLastError(comm));
    if (std::chrono::steady_clock::now() > limit) {
      throw weft::Failure("rank " + std::to_string(rank) + ": nothing moves any more");
    }
  }
}

void run(int rank, ncclComm_t world) {
  constexpr int kRanks = 3;
  constexpr int kCount = 16;
  cudaStream_t stream = make_stream("ring");
  cudaEvent_t done = make_event();
  float* mine = device_floats(kCount);
  float* theirs = device_floats(kCount);
  for (int round = 0; round < 5; ++round) {
    fill(mine, kCount, 0.0f, stream);
    NCCL_CHECK(ncclGroupStart(), world);
    NCCL_CHECK(ncclSend(mine, kCount, ncclFloat, (rank + 1) % kRanks, world, stream), world);
    NCCL_CHECK(ncclRecv(theirs, kCount, ncclFloat, (rank + kRanks - 1) % kRanks, world, stream), world);
    NCCL_CHECK(ncclGroupEnd(), world);
    CUDA_CHECK(cudaEventRecord(done, stream));
    wait_for(done, world, rank);
  }
}

}  // namespace

int polling(int rank, const ncclUniqueId& id) {
  ncclComm_t world = join_world(rank, id, 3);
  try {
    run(rank, world);
  } catch (const weft::Failure&) {
    static_cast<void>(ncclCommAbort(world));
    throw;
  }
  leave(world);
  return 0;
}
