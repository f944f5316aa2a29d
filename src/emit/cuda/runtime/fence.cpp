#include "runtime/fence.h"

#include "runtime/rank.h"
#include "runtime/watch.h"

namespace weft {
namespace {

std::vector<cudaStream_t> streams_of(Rank& rank) {
  std::vector<cudaStream_t> handles;
  for (const Watch::NamedStream& each : rank.watch().streams()) handles.push_back(each.handle);
  return handles;
}

}  // namespace

Fence::Fence(Rank& rank)
    : rank_(rank), others_(streams_of(rank)), stream_(rank, "steps"), begin_("step begins") {
  for (std::size_t at = 0; at < others_.size(); ++at) ends_.push_back(std::make_unique<Event>("step ends"));
}

void Fence::fork() {
  stream_.record(begin_);
  for (cudaStream_t each : others_) CUDA_CHECK(cudaStreamWaitEvent(each, begin_.handle(), 0));
}

void Fence::join() {
  call_site.program = {};
  for (std::size_t at = 0; at < others_.size(); ++at) {
    CUDA_CHECK(cudaEventRecord(ends_[at]->handle(), others_[at]));
    CUDA_CHECK(cudaStreamWaitEvent(stream_.handle(), ends_[at]->handle(), 0));
  }
}

}  // namespace weft
