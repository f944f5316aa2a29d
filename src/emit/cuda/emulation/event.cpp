/** Streams' records and waits, and hosts that wait for events. */
#include <cuda_runtime.h>

#include "emulation/api.h"
#include "emulation/capture.h"
#include "emulation/machine.h"

using namespace weft::emulation;

cudaError_t cudaEventCreateWithFlags(cudaEvent_t* event, unsigned flags) {
  Host& host = enter("cudaEventCreate");
  *event = new CUevent_st();
  (*event)->rank = host.rank;
  (*event)->name = "an event created " + describe(current_site());
  (*event)->flags = flags;
  return cudaSuccess;
}

cudaError_t cudaEventCreate(cudaEvent_t* event) {
  return cudaEventCreateWithFlags(event, cudaEventDefault);
}

cudaError_t cudaEventDestroy(cudaEvent_t event) {
  enter("cudaEventDestroy");
  // Those who wait for its records hold these themselves, as in CUDA.
  delete event;
  return cudaSuccess;
}

cudaError_t cudaEventRecord(cudaEvent_t event, cudaStream_t handle) {
  Host& host = enter("cudaEventRecord");
  if (event == nullptr) return fail(host, cudaErrorInvalidResourceHandle);
  CUstream_st& stream = stream_of(host, handle);
  event->latest = std::make_shared<Record>();
  event->latest->event = event->name;
  enqueue(host, stream, std::make_shared<RecordOperation>(event->latest));
  note_record(*event, stream);
  return cudaSuccess;
}

cudaError_t cudaStreamWaitEvent(cudaStream_t handle, cudaEvent_t event, unsigned) {
  Host& host = enter("cudaStreamWaitEvent");
  if (event == nullptr) return fail(host, cudaErrorInvalidResourceHandle);
  // The latest record counts; where there is none there is nothing to wait for.
  if (!event->latest) return cudaSuccess;
  CUstream_st& stream = stream_of(host, handle);
  if (const cudaError_t error = join_capture(host, stream, *event)) return fail(host, error);
  enqueue(host, stream, std::make_shared<WaitOperation>(event->latest));
  return cudaSuccess;
}

namespace {

/** Waits for the latest record; `stuck` is the answer where it never comes. */
cudaError_t wait_for_event(Host& host, cudaEvent_t event, const char* name, cudaError_t stuck) {
  if (event == nullptr) return fail(host, cudaErrorInvalidResourceHandle);
  if (const cudaError_t error = refuse_captured(host, *event, name)) return fail(host, error);
  if (!event->latest) return cudaSuccess;
  // Held, since the event may be recorded again or destroyed meanwhile.
  const std::shared_ptr<Record> record = event->latest;
  return wait_for(host, *record, std::string(name) + " of " + record->event) ? cudaSuccess
                                                                             : fail(host, stuck);
}

}  // namespace

cudaError_t cudaEventQuery(cudaEvent_t event) {
  return wait_for_event(enter("cudaEventQuery"), event, "cudaEventQuery", cudaErrorNotReady);
}

cudaError_t cudaEventSynchronize(cudaEvent_t event) {
  return wait_for_event(enter("cudaEventSynchronize"), event, "cudaEventSynchronize", cudaErrorUnknown);
}

cudaError_t cudaEventElapsedTime(float* milliseconds, cudaEvent_t start, cudaEvent_t end) {
  Host& host = enter("cudaEventElapsedTime");
  for (const cudaEvent_t event : {start, end}) {
    if (event == nullptr || !event->latest || (event->flags & cudaEventDisableTiming)) {
      return fail(host, cudaErrorInvalidResourceHandle);
    }
  }
  if (!start->latest->done || !end->latest->done) return fail(host, cudaErrorNotReady);
  *milliseconds = static_cast<float>(end->latest->milliseconds - start->latest->milliseconds);
  return cudaSuccess;
}
