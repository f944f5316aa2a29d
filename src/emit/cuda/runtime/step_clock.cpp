#include "runtime/step_clock.h"

#include <algorithm>

#include "runtime/check.h"
#include "runtime/rank.h"
#include "runtime/report.h"
#include "runtime/stream.h"
#include "runtime/watch.h"

namespace weft {

StepClock::StepClock(Stream& stream, int steps) : stream_(stream) {
  marks_.reserve(static_cast<std::size_t>(steps) + 1);
  tick();
}

StepClock::~StepClock() {
  for (cudaEvent_t each : marks_) (void)cudaEventDestroy(each);
}

void StepClock::tick() {
  cudaEvent_t mark = nullptr;
  CUDA_CHECK(cudaEventCreateWithFlags(&mark, cudaEventDefault));
  marks_.push_back(mark);
  CUDA_CHECK(cudaEventRecord(mark, stream_.handle()));
}

void StepClock::wait(Rank& rank) const {
  for (cudaEvent_t each : marks_) rank.watch().wait(each);
}

void StepClock::read(Rank& rank, Results& results) const {
  std::vector<double> seconds;
  for (std::size_t step = 1; step < marks_.size(); ++step) {
    float milliseconds = 0;
    CUDA_CHECK(cudaEventElapsedTime(&milliseconds, marks_[step - 1], marks_[step]));
    seconds.push_back(milliseconds / 1e3);
  }
  rank.largest(seconds.data(), static_cast<int>(seconds.size()));
  results.iterations = static_cast<int>(seconds.size());
  results.fastest_seconds = *std::min_element(seconds.begin(), seconds.end());
  results.slowest_seconds = *std::max_element(seconds.begin(), seconds.end());
  for (const double each : seconds) results.mean_seconds += each / static_cast<double>(seconds.size());
}

}  // namespace weft
