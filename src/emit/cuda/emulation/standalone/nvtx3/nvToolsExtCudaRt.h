/** Names of streams and events. */
#pragma once

#include <cuda_runtime.h>

#include "nvToolsExt.h"

extern "C" {
void nvtxNameCudaStreamA(cudaStream_t stream, const char* name);
void nvtxNameCudaEventA(cudaEvent_t event, const char* name);
}

#define nvtxNameCudaStream nvtxNameCudaStreamA
#define nvtxNameCudaEvent nvtxNameCudaEventA
