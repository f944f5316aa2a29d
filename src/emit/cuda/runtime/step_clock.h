// Takes the time of steps: marks on a stream, one before the first and one behind each.
#pragma once

#include <cuda_runtime.h>

#include <vector>

namespace weft {

class Rank;
class Stream;
struct Results;

class StepClock {
 public:
  /** Makes the first mark. */
  StepClock(Stream& stream, int steps);
  ~StepClock();
  StepClock(const StepClock&) = delete;
  StepClock& operator=(const StepClock&) = delete;

  /** A step has been issued. */
  void tick();
  /** The host waits for the steps one by one, each within the time limit. */
  void wait(Rank& rank) const;
  /** Times of the steps on the slowest rank; everything has finished. Every rank calls it. */
  void read(Rank& rank, Results& results) const;

 private:
  Stream& stream_;
  std::vector<cudaEvent_t> marks_;
};

}  // namespace weft
