/** Two ranks produce, swap and consume values on three streams, in a few rounds. */
#include "program.h"

namespace {
constexpr int kCount = 1000;
constexpr int kRounds = 3;
constexpr std::size_t kBytes = kCount * sizeof(float);
}  // namespace

int exchange(int rank, const ncclUniqueId& id) {
  ncclComm_t world = join_world(rank, id);
  const bool swapped = planted("communicators swapped") && rank == 1;
  ncclComm_t first = part_of(world, rank, swapped ? "second" : "first");
  ncclComm_t second = part_of(world, rank, swapped ? "first" : "second");
  cudaStream_t produce = make_stream("produce");
  cudaStream_t swap = make_stream("swap");
  cudaStream_t consume = make_stream("consume");
  cudaEvent_t produced = make_event();
  cudaEvent_t swapped_values = make_event();
  cudaEvent_t consumed = make_event();
  cudaEvent_t copied = make_event();
  float* mine = device_floats(kCount);
  float* theirs = device_floats(kCount);
  float* result = device_floats(kCount);
  float* host = pinned<float>(kCount);
  const int peer = 1 - rank;
  // One event for two edges: what is recorded last counts for both.
  cudaEvent_t consumed_or_shared = planted("shared event") ? produced : consumed;

  for (int round = 0; round < kRounds; ++round) {
    ncclComm_t comm = round % 2 ? second : first;
    if (planted("wrong communicator") && rank == 1) comm = round % 2 ? first : second;
    fill(mine, kCount, static_cast<float>(100 * rank + round), produce);
    CUDA_CHECK(cudaEventRecord(produced, produce));
    CUDA_CHECK(cudaEventRecord(consumed_or_shared, consume));
    if (!planted("missing wait")) CUDA_CHECK(cudaStreamWaitEvent(swap, produced, 0));
    if (!planted("buffer reused too early")) CUDA_CHECK(cudaStreamWaitEvent(swap, consumed_or_shared, 0));
    const bool grouped = !planted("ungrouped");
    if (grouped) NCCL_CHECK(ncclGroupStart(), comm);
    const std::size_t sent = planted("wrong count") && rank == 1 ? kBytes - 4 : kBytes;
    NCCL_CHECK(ncclSend(mine, sent, ncclUint8, peer, comm, swap), comm);
    NCCL_CHECK(
      ncclRecv(theirs, kBytes, planted("wrong type") ? ncclInt8 : ncclUint8, peer, comm, swap), comm
    );
    if (grouped) NCCL_CHECK(ncclGroupEnd(), comm);
    CUDA_CHECK(cudaEventRecord(swapped_values, swap));
    CUDA_CHECK(cudaStreamWaitEvent(consume, swapped_values, 0));
    CUDA_CHECK(cudaStreamWaitEvent(produce, swapped_values, 0));
    twice(theirs, result, kCount, consume);
  }

  CUDA_CHECK(cudaMemcpyAsync(host, result, kBytes, cudaMemcpyDeviceToHost, consume));
  CUDA_CHECK(cudaEventRecord(copied, consume));
  if (!planted("read before copy")) CUDA_CHECK(cudaEventSynchronize(copied));
  int wrong = 0;
  for (int i = 0; i < kCount; ++i) {
    if (host[i] != static_cast<float>(2 * (100 * peer + kRounds - 1 + i))) ++wrong;
  }
  if (planted("no synchronisation at the end")) {
    CUDA_CHECK(cudaMemsetAsync(result, 0, kBytes, swap));
    return 0;
  }
  for (cudaStream_t stream : {produce, swap, consume}) CUDA_CHECK(cudaStreamSynchronize(stream));
  for (ncclComm_t comm : {second, first, world}) leave(comm);
  for (float* memory : {mine, theirs, result}) CUDA_CHECK(cudaFree(memory));
  CUDA_CHECK(cudaFreeHost(host));
  for (cudaStream_t stream : {produce, swap, consume}) CUDA_CHECK(cudaStreamDestroy(stream));
  // What was read too early is whatever it is.
  return wrong == 0 || planted("read before copy") || planted("wrong count") ? 0 : 1;
}
