#include "runtime/meter.h"

#include <algorithm>
#include <cstring>

#include "runtime/check.h"

namespace weft {

Meter::~Meter() {
  for (const Sample& each : samples_) {
    (void)cudaEventDestroy(each.begin);
    (void)cudaEventDestroy(each.end);
  }
}

void Meter::begin(cudaStream_t stream, const char* label, std::int64_t bytes, std::int64_t bytes_away) {
  Sample sample{label, bytes, bytes_away, nullptr, nullptr};
  CUDA_CHECK(cudaEventCreateWithFlags(&sample.begin, cudaEventDefault));
  CUDA_CHECK(cudaEventCreateWithFlags(&sample.end, cudaEventDefault));
  CUDA_CHECK(cudaEventRecord(sample.begin, stream));
  samples_.push_back(sample);
}

void Meter::end(cudaStream_t stream) {
  CUDA_CHECK(cudaEventRecord(samples_.back().end, stream));
}

void Meter::add_to(std::vector<PhaseTimes>& phases) const {
  for (const Sample& each : samples_) {
    const auto same = [&each](const PhaseTimes& phase) { return std::strcmp(phase.label, each.label) == 0; };
    const auto phase = std::find_if(phases.begin(), phases.end(), same);
    if (phase == phases.end()) continue;
    float milliseconds = 0;
    CUDA_CHECK(cudaEventElapsedTime(&milliseconds, each.begin, each.end));
    phase->groups += 1;
    phase->bytes += static_cast<double>(each.bytes);
    phase->bytes_away += static_cast<double>(each.bytes_away);
    phase->seconds += milliseconds / 1e3;
  }
}

}  // namespace weft
