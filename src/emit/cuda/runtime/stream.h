// Streams and the events between them.
#pragma once

#include <cuda_runtime.h>

#include "runtime/check.h"

namespace weft {

class Rank;

/** One edge between two streams: recorded on one, waited for on the other. It measures no time. */
class Event {
 public:
  explicit Event(const char* name);
  ~Event();
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;

  cudaEvent_t handle() const { return handle_; }
  const char* name() const { return name_; }

 private:
  friend class Stream;
  const char* const name_;
  cudaEvent_t handle_ = nullptr;
  /** The capture in which it was recorded last; 0 where that was in none. */
  int capture_ = 0;
};

/**
 * A stream that the default stream does not block. Lower numbers of `priority` go first, as far as the device
 * knows priorities.
 */
class Stream {
 public:
  Stream(Rank& rank, const char* name, int priority = 0);
  ~Stream();
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  /**
   * What is issued from now on waits for the latest record of the event that has been issued; for nothing
   * where there is none. A step that is captured knows only records of its own.
   */
  void wait(const Event& event, Source source = Source::here());
  void record(Event& event, Source source = Source::here());
  cudaStream_t handle() const { return handle_; }
  const char* name() const { return name_; }

 private:
  Rank& rank_;
  const char* const name_;
  cudaStream_t handle_ = nullptr;
};

}  // namespace weft
