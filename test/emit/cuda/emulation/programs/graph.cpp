/** A step of two streams and an exchange, captured once and replayed. */
#include "program.h"

int graph(int rank, const ncclUniqueId& id) {
  constexpr int kCount = 64;
  constexpr int kLaunches = 3;
  ncclComm_t world = join_world(rank, id);
  cudaStream_t main = make_stream("main");
  cudaStream_t side = make_stream("side");
  cudaEvent_t fork = make_event();
  cudaEvent_t join = make_event();
  cudaEvent_t outside = make_event();
  float* mine = device_floats(kCount);
  float* theirs = device_floats(kCount);
  float* host = pinned<float>(kCount);
  CUDA_CHECK(cudaEventRecord(outside, main));

  const auto step = [&] {
    fill(mine, kCount, static_cast<float>(rank), main);
    edge(main, side, fork);
    NCCL_CHECK(ncclGroupStart(), world);
    NCCL_CHECK(ncclSend(mine, kCount, ncclFloat, 1 - rank, world, side), world);
    NCCL_CHECK(ncclRecv(theirs, kCount, ncclFloat, 1 - rank, world, side), world);
    NCCL_CHECK(ncclGroupEnd(), world);
    if (!planted("not joined")) edge(side, main, join);
    twice(theirs, theirs, kCount, main);
  };
  cudaGraph_t captured = nullptr;
  cudaGraphExec_t executable = nullptr;
  const bool alone = planted("captured on one rank only") && rank == 1;
  if (!alone) {
    CUDA_CHECK(cudaStreamBeginCapture(main, cudaStreamCaptureModeThreadLocal));
    step();
    if (planted("synchronised while captured")) static_cast<void>(cudaStreamSynchronize(main));
    if (planted("allocated while captured"))
      static_cast<void>(cudaMalloc(reinterpret_cast<void**>(&host), 64));
    if (planted("waits for an event from outside")) static_cast<void>(cudaStreamWaitEvent(main, outside, 0));
    if (planted("host waits for a captured event")) static_cast<void>(cudaEventQuery(join));
    CUDA_CHECK(cudaStreamEndCapture(main, &captured));
    CUDA_CHECK(cudaGraphInstantiate(&executable, captured, 0));
  }
  for (int launch = 0; launch < kLaunches; ++launch) {
    if (alone) {
      step();
    } else {
      CUDA_CHECK(cudaGraphLaunch(executable, main));
    }
  }
  CUDA_CHECK(cudaMemcpyAsync(host, theirs, kCount * sizeof(float), cudaMemcpyDeviceToHost, main));
  if (planted("destroyed in use")) CUDA_CHECK(cudaGraphExecDestroy(executable));
  CUDA_CHECK(cudaStreamSynchronize(main));
  CUDA_CHECK(cudaStreamSynchronize(side));
  const bool right = host[kCount - 1] == static_cast<float>(2 * (1 - rank + kCount - 1));
  if (!alone && !planted("destroyed in use")) CUDA_CHECK(cudaGraphExecDestroy(executable));
  if (!alone) CUDA_CHECK(cudaGraphDestroy(captured));
  leave(world);
  return right ? 0 : 1;
}
