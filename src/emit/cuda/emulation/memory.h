/** Allocation, for CUDA's functions and NCCL's. */
#pragma once

#include <cuda_runtime.h>

#include <cstddef>

#include "emulation/host.h"
#include "emulation/region.h"

namespace weft::emulation {

cudaError_t allocate(Host& host, const char* name, void** pointer, std::size_t bytes, MemoryKind kind);
cudaError_t release(Host& host, const char* name, void* pointer, MemoryKind kind);

}  // namespace weft::emulation
