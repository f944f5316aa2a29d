/** What the emulated GPU says of itself, and the texts of errors. */
#include <cuda_runtime.h>

#include <cstdio>

#include "emulation/api.h"
#include "emulation/machine.h"
#include "emulation/site.h"
#include "emulation/symbol.h"

using namespace weft::emulation;

cudaError_t cudaRuntimeGetVersion(int* version) {
  *version = CUDART_VERSION;
  return cudaSuccess;
}

cudaError_t cudaDriverGetVersion(int* version) {
  *version = CUDART_VERSION;
  return cudaSuccess;
}

// One GPU for each rank: they are as many, so that any rank's number is a device.
cudaError_t cudaGetDeviceCount(int* count) {
  *count = machine().hosts.world();
  return cudaSuccess;
}

cudaError_t cudaSetDevice(int device) {
  Host& host = enter("cudaSetDevice");
  return device < 0 || device >= machine().hosts.world() ? fail(host, cudaErrorInvalidDevice) : cudaSuccess;
}

cudaError_t cudaGetDevice(int* device) {
  *device = enter("cudaGetDevice").rank;
  return cudaSuccess;
}

cudaError_t cudaGetDeviceProperties(cudaDeviceProp* properties, int) {
  *properties = {};
  std::snprintf(properties->name, sizeof properties->name, "emulated on a CPU");
  properties->totalGlobalMem = std::size_t{80} << 30;
  properties->sharedMemPerBlock = 48 << 10;
  properties->sharedMemPerMultiprocessor = 228 << 10;
  properties->regsPerBlock = 65536;
  properties->warpSize = 32;
  properties->maxThreadsPerBlock = 1024;
  properties->major = 9;
  properties->minor = 0;
  properties->multiProcessorCount = 132;
  properties->asyncEngineCount = 3;
  return cudaSuccess;
}

cudaError_t cudaGetLastError() {
  Host* host = this_host();
  if (host == nullptr) return cudaSuccess;
  const cudaError_t error = host->last_error;
  host->last_error = cudaSuccess;
  return error;
}

cudaError_t cudaPeekAtLastError() {
  return this_host() == nullptr ? cudaSuccess : this_host()->last_error;
}

cudaError_t cudaFuncGetAttributes(cudaFuncAttributes* attributes, const void*) {
  *attributes = {};
  attributes->maxThreadsPerBlock = 1024;
  attributes->numRegs = 64;
  return cudaSuccess;
}

#if CUDART_VERSION >= 12030
cudaError_t cudaFuncGetName(const char** name, const void* function) {
  *name = keep(function_name(function));
  return cudaSuccess;
}
#endif

cudaError_t cudaOccupancyMaxActiveBlocksPerMultiprocessor(
  int* blocks, const void*, int block_size, std::size_t
) {
  *blocks = block_size > 0 ? 2048 / block_size : 0;
  return cudaSuccess;
}

namespace {
struct ErrorText {
  cudaError_t error;
  const char* name;
  const char* text;
};
constexpr ErrorText kErrors[] = {
  {cudaSuccess, "cudaSuccess", "no error"},
  {cudaErrorInvalidValue, "cudaErrorInvalidValue", "invalid argument"},
  {cudaErrorMemoryAllocation, "cudaErrorMemoryAllocation", "out of memory"},
  {cudaErrorInvalidConfiguration, "cudaErrorInvalidConfiguration", "invalid configuration argument"},
  {cudaErrorInvalidDeviceFunction, "cudaErrorInvalidDeviceFunction", "invalid device function"},
  {cudaErrorInvalidDevice, "cudaErrorInvalidDevice", "invalid device ordinal"},
  {cudaErrorInvalidResourceHandle, "cudaErrorInvalidResourceHandle", "invalid resource handle"},
  {cudaErrorNotReady, "cudaErrorNotReady", "device not ready"},
  {cudaErrorStreamCaptureUnsupported,
   "cudaErrorStreamCaptureUnsupported",
   "operation not permitted when stream is capturing"},
  {cudaErrorStreamCaptureInvalidated,
   "cudaErrorStreamCaptureInvalidated",
   "operation failed due to a previous error during capture"},
  {cudaErrorStreamCaptureMerge,
   "cudaErrorStreamCaptureMerge",
   "operation would result in a merge of separate captures"},
  {cudaErrorStreamCaptureUnmatched,
   "cudaErrorStreamCaptureUnmatched",
   "capture was not ended in the same stream as it began"},
  {cudaErrorStreamCaptureUnjoined, "cudaErrorStreamCaptureUnjoined", "capturing stream has unjoined work"},
  {cudaErrorStreamCaptureIsolation,
   "cudaErrorStreamCaptureIsolation",
   "dependency created on uncaptured work in another stream"},
  {cudaErrorCapturedEvent,
   "cudaErrorCapturedEvent",
   "operation not permitted on an event last recorded in a capturing stream"},
  {cudaErrorUnknown, "cudaErrorUnknown", "unknown error"},
};
}  // namespace

const char* cudaGetErrorName(cudaError_t error) {
  for (const ErrorText& entry : kErrors) {
    if (entry.error == error) return entry.name;
  }
  return "unrecognized error code";
}

const char* cudaGetErrorString(cudaError_t error) {
  for (const ErrorText& entry : kErrors) {
    if (entry.error == error) return entry.text;
  }
  return "unrecognized error code";
}
