/** Streams, and hosts that wait for them. */
#include "emulation/stream.h"

#include "emulation/api.h"
#include "emulation/capture.h"
#include "emulation/leaving.h"
#include "emulation/machine.h"

using namespace weft::emulation;

cudaError_t cudaStreamCreateWithPriority(cudaStream_t* stream, unsigned flags, int) {
  Host& host = enter("cudaStreamCreateWithPriority");
  const std::string name = "number " + std::to_string(host.streams.size());
  *stream = add_stream(host, name, (flags & cudaStreamNonBlocking) == 0);
  return cudaSuccess;
}

cudaError_t cudaStreamCreateWithFlags(cudaStream_t* stream, unsigned flags) {
  return cudaStreamCreateWithPriority(stream, flags, 0);
}

cudaError_t cudaStreamCreate(cudaStream_t* stream) {
  return cudaStreamCreateWithPriority(stream, cudaStreamDefault, 0);
}

cudaError_t cudaStreamDestroy(cudaStream_t stream) {
  Host& host = enter("cudaStreamDestroy");
  if (stream == nullptr || stream->destroyed) return fail(host, cudaErrorInvalidResourceHandle);
  if (stream->capture != nullptr) invalidate_captures(host, "cudaStreamDestroy of a stream that is captured");
  check_idle(host, *stream, "cudaStreamDestroy");
  // What is on it still runs, as in CUDA: the object lives on.
  stream->destroyed = true;
  return cudaSuccess;
}

namespace {

cudaError_t wait_for_stream(Host& host, cudaStream_t handle, const char* name, cudaError_t stuck) {
  CUstream_st& stream = stream_of(host, handle);
  if (stream.capture != nullptr) {
    invalidate_captures(host, std::string(name) + " of a stream that is captured");
    return fail(host, cudaErrorStreamCaptureUnsupported);
  }
  return wait_until_idle(host, stream, std::string(name) + " of stream " + stream.name) ? cudaSuccess
                                                                                        : fail(host, stuck);
}

}  // namespace

cudaError_t cudaStreamSynchronize(cudaStream_t stream) {
  return wait_for_stream(enter("cudaStreamSynchronize"), stream, "cudaStreamSynchronize", cudaErrorUnknown);
}

cudaError_t cudaStreamQuery(cudaStream_t stream) {
  return wait_for_stream(enter("cudaStreamQuery"), stream, "cudaStreamQuery", cudaErrorNotReady);
}

cudaError_t cudaDeviceSynchronize() {
  Host& host = enter("cudaDeviceSynchronize");
  if (const cudaError_t error = refuse_while_capturing(host, "cudaDeviceSynchronize")) return error;
  for (const auto& stream : host.streams) {
    if (!wait_until_idle(host, *stream, "cudaDeviceSynchronize")) return fail(host, cudaErrorUnknown);
  }
  if (host.legacy && !wait_until_idle(host, *host.legacy, "cudaDeviceSynchronize"))
    return fail(host, cudaErrorUnknown);
  return cudaSuccess;
}

cudaError_t cudaDeviceGetStreamPriorityRange(int* least, int* greatest) {
  enter("cudaDeviceGetStreamPriorityRange");
  *least = 0;
  *greatest = -5;
  return cudaSuccess;
}

namespace weft::emulation {

CUstream_st* add_stream(Host& host, const std::string& name, bool blocking) {
  host.streams.push_back(std::make_unique<CUstream_st>());
  CUstream_st& stream = *host.streams.back();
  stream.rank = host.rank;
  stream.name = name;
  stream.blocking = blocking;
  stream.component = machine().detector.add_component(host.rank, name);
  machine().scheduler.welcome(stream);
  return &stream;
}

}  // namespace weft::emulation
