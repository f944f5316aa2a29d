#include "runtime/stream.h"

#include <algorithm>

#include "runtime/nvtx.h"
#include "runtime/rank.h"
#include "runtime/watch.h"

namespace weft {

Event::Event(const char* name) : name_(name) {
  CUDA_CHECK(cudaEventCreateWithFlags(&handle_, cudaEventDisableTiming));
}

// Destructors also run where the device has failed already; its error has been told of by then.
Event::~Event() {
  (void)cudaEventDestroy(handle_);
}

Stream::Stream(Rank& rank, const char* name, int priority) : rank_(rank), name_(name) {
  int lowest = 0;
  int highest = 0;
  CUDA_CHECK(cudaDeviceGetStreamPriorityRange(&lowest, &highest));
  // The highest priority is the lowest number, mostly -5; 0 is the lowest.
  const int wanted = std::clamp(priority, highest, lowest);
  CUDA_CHECK(cudaStreamCreateWithPriority(&handle_, cudaStreamNonBlocking, wanted));
  name_stream(handle_, name);
  rank_.watch().add(handle_, name);
}

Stream::~Stream() {
  rank_.watch().remove(handle_);
  (void)cudaStreamDestroy(handle_);
}

void Stream::wait(const Event& event, Source source) {
  // Records of a capture are none for what is issued outside of it, nor the other way round; fences order
  // these.
  if (event.capture_ != rank_.capture()) return;
  call_site.program = source;
  CUDA_CHECK(cudaStreamWaitEvent(handle_, event.handle(), 0));
}

void Stream::record(Event& event, Source source) {
  call_site.program = source;
  CUDA_CHECK(cudaEventRecord(event.handle(), handle_));
  event.capture_ = rank_.capture();
}

}  // namespace weft
