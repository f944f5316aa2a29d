/** Allocation. */
#include <cuda_runtime.h>

#include "emulation/api.h"
#include "emulation/machine.h"
#include "emulation/memory.h"

namespace weft::emulation {

cudaError_t allocate(Host& host, const char* name, void** pointer, std::size_t bytes, MemoryKind kind) {
  if (pointer == nullptr) return fail(host, cudaErrorInvalidValue);
  *pointer = nullptr;
  if (const cudaError_t error = refuse_while_capturing(host, name)) return error;
  const Fault& fault = machine().settings.fault;
  if (fault.kind == FaultKind::kAllocate && fault.rank == host.rank && ++host.allocations == fault.number) {
    machine().report.find(
      {FindingKind::kFault,
       host.rank,
       std::string(name) + " of " + std::to_string(bytes) + " bytes was made to fail on rank " +
         std::to_string(host.rank) + " (" + describe(current_site()) + ")",
       {line_of(current_site())}}
    );
    return fail(host, cudaErrorMemoryAllocation);
  }
  if (bytes == 0) return cudaSuccess;
  *pointer = machine().region.allocate(bytes, host.rank, kind);
  return *pointer == nullptr ? fail(host, cudaErrorMemoryAllocation) : cudaSuccess;
}

cudaError_t release(Host& host, const char* name, void* pointer, MemoryKind kind) {
  if (pointer == nullptr) return cudaSuccess;
  if (const cudaError_t error = refuse_while_capturing(host, name)) return error;
  Allocation* allocation = machine().region.find(pointer);
  if (
    allocation == nullptr || allocation->begin != pointer || allocation->kind != kind || allocation->freed ||
    allocation->rank != host.rank
  ) {
    misuse(
      host,
      std::string(name) + " of what is no allocation of its kind" +
        (allocation != nullptr && allocation->freed ? ", or no longer" : "")
    );
    return fail(host, cudaErrorInvalidValue);
  }
  host.clock.learn(host.component, host.tick);
  const ActId act = machine().detector.add({host.component, host.tick, current_site(), name, nullptr});
  if (!host.aborted) machine().detector.release(*allocation, act, host.clock);
  machine().region.free(*allocation);
  return cudaSuccess;
}

}  // namespace weft::emulation

using namespace weft::emulation;

cudaError_t cudaMalloc(void** pointer, std::size_t bytes) {
  return allocate(enter("cudaMalloc"), "cudaMalloc", pointer, bytes, MemoryKind::kDevice);
}

cudaError_t cudaFree(void* pointer) {
  return release(enter("cudaFree"), "cudaFree", pointer, MemoryKind::kDevice);
}

cudaError_t cudaMallocHost(void** pointer, std::size_t bytes) {
  return allocate(enter("cudaMallocHost"), "cudaMallocHost", pointer, bytes, MemoryKind::kPinned);
}

cudaError_t cudaHostAlloc(void** pointer, std::size_t bytes, unsigned) {
  return allocate(enter("cudaHostAlloc"), "cudaHostAlloc", pointer, bytes, MemoryKind::kPinned);
}

cudaError_t cudaFreeHost(void* pointer) {
  return release(enter("cudaFreeHost"), "cudaFreeHost", pointer, MemoryKind::kPinned);
}

cudaError_t cudaMemGetInfo(std::size_t* free, std::size_t* total) {
  enter("cudaMemGetInfo");
  *total = std::size_t{80} << 30;
  *free = *total;
  return cudaSuccess;
}
