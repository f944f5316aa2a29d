/** What the small programs of these tests share. Each is a rank's program, which uses CUDA and NCCL as it likes. */
#pragma once

#include <cuda_runtime.h>
#include <nccl.h>
#include <nvtx3/nvToolsExt.h>
#include <nvtx3/nvToolsExtCudaRt.h>

#include <cstddef>
#include <cstdint>

#include "runtime/check.h"
#include "runtime/device.h"

/** A program of these tests, which every rank runs. */
struct SmallProgram {
  const char* name;
  int world;
  int (*run)(int rank, const ncclUniqueId& id);
};

/** Whether this mistake was asked for on the command line, behind the program's name. */
bool planted(const char* mistake);

int exchange(int rank, const ncclUniqueId& id);
int orders(int rank, const ncclUniqueId& id);
int reductions(int rank, const ncclUniqueId& id);
int memory(int rank, const ncclUniqueId& id);
int defaults(int rank, const ncclUniqueId& id);
int kernels(int rank, const ncclUniqueId& id);
int graph(int rank, const ncclUniqueId& id);
int polling(int rank, const ncclUniqueId& id);

inline cudaStream_t make_stream(const char* name) {
  cudaStream_t stream = nullptr;
  CUDA_CHECK(cudaStreamCreateWithPriority(&stream, cudaStreamNonBlocking, 0));
  nvtxNameCudaStreamA(stream, name);
  return stream;
}

inline cudaEvent_t make_event() {
  cudaEvent_t event = nullptr;
  CUDA_CHECK(cudaEventCreateWithFlags(&event, cudaEventDisableTiming));
  return event;
}

/** `second` goes on after what has been issued to `first`. */
inline void edge(cudaStream_t first, cudaStream_t second, cudaEvent_t event) {
  CUDA_CHECK(cudaEventRecord(event, first));
  CUDA_CHECK(cudaStreamWaitEvent(second, event, 0));
}

inline float* device_floats(std::size_t count) {
  void* memory = nullptr;
  CUDA_CHECK(cudaMalloc(&memory, count * sizeof(float)));
  return static_cast<float*>(memory);
}

template <class T>
T* pinned(std::size_t count) {
  void* memory = nullptr;
  CUDA_CHECK(cudaMallocHost(&memory, count * sizeof(T)));
  return static_cast<T*>(memory);
}

inline ncclComm_t join_world(int rank, const ncclUniqueId& id, int ranks = 2) {
  ncclComm_t world = nullptr;
  NCCL_CHECK(ncclCommInitRank(&world, ranks, id, rank), nullptr);
  return world;
}

/** All ranks again, under a name. */
inline ncclComm_t part_of(ncclComm_t world, int rank, const char* name) {
  ncclConfig_t config = NCCL_CONFIG_INITIALIZER;
  config.commName = name;
  ncclComm_t part = nullptr;
  NCCL_CHECK(ncclCommSplit(world, 0, rank, &part, &config), world);
  return part;
}

/** data[i] = value + i */
__global__ inline void count_kernel(float* data, int count, float value) {
  const int i = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
  if (i < count) data[i] = value + static_cast<float>(i);
}

/** to[i] = 2 * from[i] */
__global__ inline void double_kernel(const float* from, float* to, int count) {
  const int i = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
  if (i < count) to[i] = 2 * from[i];
}

inline void fill(
  float* data, int count, float value, cudaStream_t stream, weft::Source source = weft::Source::here()
) {
  weft::call_site.program = source;
  weft::launch(
    count_kernel, dim3(static_cast<unsigned>(count + 63) / 64), dim3(64), 0, stream, data, count, value
  );
  weft::call_site.program = {};
}

inline void twice(
  const float* from, float* to, int count, cudaStream_t stream, weft::Source source = weft::Source::here()
) {
  weft::call_site.program = source;
  weft::launch(
    double_kernel, dim3(static_cast<unsigned>(count + 63) / 64), dim3(64), 0, stream, from, to, count
  );
  weft::call_site.program = {};
}

inline void leave(ncclComm_t comm) {
  NCCL_CHECK(ncclCommFinalize(comm), comm);
  NCCL_CHECK(ncclCommDestroy(comm), nullptr);
}
