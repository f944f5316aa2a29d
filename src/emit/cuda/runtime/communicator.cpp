#include "runtime/communicator.h"

#include <cstdio>

#include "runtime/meter.h"
#include "runtime/rank.h"
#include "runtime/stream.h"
#include "runtime/watch.h"

namespace weft {
namespace {

/** Destructors cannot throw. */
void warn(ncclResult_t result, const char* call) {
  if (result != ncclSuccess && result != ncclInProgress)
    std::fprintf(stderr, "weft: rank %d: %s: %s\n", host_rank, call, ncclGetErrorString(result));
}

}  // namespace

Communicator::Communicator(Rank& rank, const CommunicatorSpec& spec, int colour, int key)
    : rank_(rank), spec_(spec), self_(key) {
  ncclConfig_t config = NCCL_CONFIG_INITIALIZER;
  if (spec.ctas > 0) config.minCTAs = config.maxCTAs = spec.ctas;
#if NCCL_VERSION_CODE >= NCCL_VERSION(2, 27, 0)
  config.commName = spec.name;
#endif
  const Together together(rank, "ncclCommSplit");
  NCCL_CHECK(
    ncclCommSplit(rank.world_communicator(), colour, key, &handle_, &config), rank.world_communicator()
  );
  rank.watch().add(handle_, spec.name);
  rank.watch().settle(handle_, spec.name);
  int size = 0;
  int self = 0;
  NCCL_CHECK(ncclCommCount(handle_, &size), handle_);
  NCCL_CHECK(ncclCommUserRank(handle_, &self), handle_);
  if (size != spec.size || self != key)
    throw Failure(format(
      "rank %d: communicator %s has %d ranks and this is number %d of them; the plan says %d and %d",
      rank.rank(),
      spec.name,
      size,
      self,
      spec.size,
      key
    ));
  if (rank.options().register_buffers)
    NCCL_CHECK(
      ncclCommRegister(
        handle_, rank.memory(), static_cast<std::size_t>(rank.facts().memory_bytes), &registration_
      ),
      handle_
    );
}

Communicator::~Communicator() {
  // After an error the watch has aborted it, and knows it no more.
  if (!rank_.watch().remove(handle_)) return;
  const Together together(rank_, "ncclCommDestroy");
  if (registration_ != nullptr) warn(ncclCommDeregister(handle_, registration_), "ncclCommDeregister");
  warn(ncclCommFinalize(handle_), "ncclCommFinalize");
  warn(ncclCommDestroy(handle_), "ncclCommDestroy");
}

void Group::send(std::int64_t peer, const void* data, std::int64_t bytes) {
  if (bytes == 0) return;
  bytes_ += bytes;
  if (peer == communicator_.self()) {
    own_sends_.push_back({data, bytes});
    return;
  }
  bytes_away_ += bytes;
  operations_.push_back({static_cast<int>(peer), data, nullptr, static_cast<std::size_t>(bytes)});
}

void Group::receive(std::int64_t peer, void* data, std::int64_t bytes) {
  if (bytes == 0) return;
  if (peer == communicator_.self())
    own_receives_.push_back({data, bytes});
  else
    operations_.push_back({static_cast<int>(peer), nullptr, data, static_cast<std::size_t>(bytes)});
}

void Group::end() {
  Rank& rank = communicator_.rank();
  if (operations_.size() > kMostOperations)
    throw Failure(format(
      "rank %d: %s takes %zu operations, more than the %zu that NCCL has room for in a group",
      rank.rank(),
      label_,
      operations_.size(),
      kMostOperations
    ));
  if (own_sends_.size() != own_receives_.size())
    throw Failure(format(
      "rank %d: %s has %zu messages of the rank to itself, but room for %zu",
      rank.rank(),
      label_,
      own_sends_.size(),
      own_receives_.size()
    ));
  call_site.program = source_;
  Meter& meter = rank.meter();
  if (meter.running()) meter.begin(stream_.handle(), label_, bytes_, bytes_away_);
  if (!operations_.empty()) issue();
  for (std::size_t at = 0; at < own_sends_.size(); ++at) copy(own_sends_[at], own_receives_[at]);
  if (meter.running()) meter.end(stream_.handle());
}

void Group::issue() {
  ncclComm_t communicator = communicator_.handle();
  cudaStream_t stream = stream_.handle();
  NCCL_CHECK(ncclGroupStart(), communicator);
  try {
    for (const Operation& each : operations_) {
      if (each.send != nullptr)
        NCCL_CHECK(ncclSend(each.send, each.bytes, ncclUint8, each.peer, communicator, stream), communicator);
      else
        NCCL_CHECK(
          ncclRecv(each.receive, each.bytes, ncclUint8, each.peer, communicator, stream), communicator
        );
    }
  } catch (...) {
    // After an error in it the end of a group only cleans up.
    (void)ncclGroupEnd();
    throw;
  }
  // The first messages between two ranks connect them, for which both have to be here.
  const Together together(communicator_.rank(), label_);
  NCCL_CHECK(ncclGroupEnd(), communicator);
}

void Group::copy(const Send& send, const Receive& receive) {
  if (send.bytes != receive.bytes)
    throw Failure(format(
      "rank %d: %s sends %lld bytes to itself where it expects %lld",
      communicator_.rank().rank(),
      label_,
      static_cast<long long>(send.bytes),
      static_cast<long long>(receive.bytes)
    ));
  CUDA_CHECK(cudaMemcpyAsync(
    receive.data, send.data, static_cast<std::size_t>(send.bytes), cudaMemcpyDeviceToDevice, stream_.handle()
  ));
}

}  // namespace weft
