/** Two communicators on two streams that nothing chains: well, as long as both fit on a GPU. */
#include "program.h"

int orders(int rank, const ncclUniqueId& id) {
  ncclComm_t world = join_world(rank, id);
  ncclComm_t comms[] = {part_of(world, rank, "first"), part_of(world, rank, "second")};
  cudaStream_t streams[] = {make_stream("first"), make_stream("second")};
  float* data = device_floats(16);
  for (int i = 0; i < 2; ++i) {
    // The ranks issue the two in different orders.
    const int which = (i + rank) % 2;
    float* half = data + 8 * which;
    if (rank == 0) {
      NCCL_CHECK(ncclSend(half, 8, ncclFloat, 1, comms[which], streams[which]), comms[which]);
    } else {
      NCCL_CHECK(ncclRecv(half, 8, ncclFloat, 0, comms[which], streams[which]), comms[which]);
    }
  }
  if (planted("destroyed in use")) NCCL_CHECK(ncclCommDestroy(comms[0]), nullptr);
  for (cudaStream_t stream : streams) CUDA_CHECK(cudaStreamSynchronize(stream));
  for (ncclComm_t comm : comms) {
    if (!planted("destroyed in use")) leave(comm);
  }
  leave(world);
  CUDA_CHECK(cudaFree(data));
  return 0;
}
