// Times of transfers: during a measured step, events before and behind each group on its stream.
#pragma once

#include <cuda_runtime.h>

#include <cstdint>
#include <vector>

namespace weft {

/** Groups of one label in a step. */
struct PhaseTimes {
  const char* label;
  std::int64_t groups = 0;
  /** Bytes that a rank sends, also to itself, and those to others alone. */
  double bytes = 0;
  double bytes_away = 0;
  double seconds = 0;
};

class Meter {
 public:
  Meter() = default;
  ~Meter();
  Meter(const Meter&) = delete;
  Meter& operator=(const Meter&) = delete;

  void start() { running_ = true; }
  void stop() { running_ = false; }
  bool running() const { return running_; }

  /** Marks on the stream that a group begins, and that it has ended. */
  void begin(cudaStream_t stream, const char* label, std::int64_t bytes, std::int64_t bytes_away);
  void end(cudaStream_t stream);
  /** What each label took; everything has finished. */
  void add_to(std::vector<PhaseTimes>& phases) const;

 private:
  struct Sample {
    const char* label;
    std::int64_t bytes;
    std::int64_t bytes_away;
    cudaEvent_t begin;
    cudaEvent_t end;
  };
  bool running_ = false;
  std::vector<Sample> samples_;
};

}  // namespace weft
