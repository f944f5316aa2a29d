/**
 * Two ranks compute, swap their results on a second stream, and compute with what has arrived, in a few rounds.
 * PLANT names what is wrong with it; nothing by default.
 */
#include <string>

#include "program.h"

const int kWorld = 2;

namespace {
constexpr int kCount = 1000;
constexpr int kRounds = 3;
constexpr std::size_t kBytes = kCount * sizeof(float);

bool planted(const char* name) {
#ifdef PLANT
  return std::string(PLANT) == name;
#else
  return std::string().size() > 0 && name != nullptr;
#endif
}
}  // namespace

int program(int rank, const ncclUniqueId& id) {
  ncclComm_t world = join_world(rank, id);
  const bool swapped = planted("communicators swapped") && rank == 1;
  ncclComm_t first = part_of(world, rank, swapped ? "second" : "first");
  ncclComm_t second = part_of(world, rank, swapped ? "first" : "second");
  cudaStream_t compute = make_stream("compute");
  cudaStream_t exchange = make_stream("exchange");
  cudaEvent_t computed = make_event();
  cudaEvent_t exchanged = make_event();
  cudaEvent_t used = make_event();
  cudaEvent_t copied = make_event();
  float* mine = device_floats(kCount);
  float* theirs = device_floats(kCount);
  float* result = device_floats(kCount);
  float* host = pinned<float>(kCount);
  const int peer = 1 - rank;
  if (planted("shared event")) exchanged = computed;

  for (int round = 0; round < kRounds; ++round) {
    ncclComm_t comm = round % 2 ? second : first;
    if (planted("wrong communicator") && rank == 1) comm = round % 2 ? first : second;
    fill(mine, kCount, static_cast<float>(100 * rank + round), compute);
    if (!planted("missing wait")) edge(compute, exchange, computed);
    // The buffer is received to only after its last use.
    if (round > 0 && !planted("buffer reused too early")) CUDA_CHECK(cudaStreamWaitEvent(exchange, used, 0));
    const bool grouped = !planted("ungrouped");
    if (grouped) NCCL_CHECK(ncclGroupStart(), comm);
    const std::size_t sent = planted("wrong count") && rank == 1 ? kBytes - 4 : kBytes;
    NCCL_CHECK(ncclSend(mine, sent, ncclUint8, peer, comm, exchange), comm);
    NCCL_CHECK(ncclRecv(theirs, kBytes, ncclUint8, peer, comm, exchange), comm);
    if (grouped) NCCL_CHECK(ncclGroupEnd(), comm);
    edge(exchange, compute, exchanged);
    twice(theirs, result, kCount, compute);
    CUDA_CHECK(cudaEventRecord(used, compute));
  }

  CUDA_CHECK(cudaMemcpyAsync(host, result, kBytes, cudaMemcpyDeviceToHost, compute));
  CUDA_CHECK(cudaEventRecord(copied, compute));
  if (!planted("read before copy")) CUDA_CHECK(cudaEventSynchronize(copied));
  int wrong = 0;
  for (int i = 0; i < kCount; ++i) {
    if (host[i] != static_cast<float>(2 * (100 * peer + kRounds - 1 + i))) ++wrong;
  }
  if (planted("no synchronisation at the end")) CUDA_CHECK(cudaMemsetAsync(result, 0, kBytes, exchange));
  if (!planted("no synchronisation at the end") && !planted("read before copy")) {
    CUDA_CHECK(cudaStreamSynchronize(compute));
    CUDA_CHECK(cudaStreamSynchronize(exchange));
    CUDA_CHECK(cudaFree(mine));
    CUDA_CHECK(cudaFree(theirs));
    CUDA_CHECK(cudaFree(result));
    CUDA_CHECK(cudaFreeHost(host));
  }
  for (ncclComm_t comm : {second, first, world}) {
    NCCL_CHECK(ncclCommFinalize(comm), comm);
    NCCL_CHECK(ncclCommDestroy(comm), nullptr);
  }
  CUDA_CHECK(cudaStreamDestroy(compute));
  CUDA_CHECK(cudaStreamDestroy(exchange));
  return wrong == 0 ? 0 : 1;
}
