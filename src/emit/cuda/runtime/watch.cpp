#include "runtime/watch.h"

#include <algorithm>
#include <thread>

#include "runtime/check.h"

namespace weft {
namespace {

/** How often communicators and peers are asked while something is waited for. */
constexpr std::chrono::milliseconds kGlance{1};
/** Waits that are longer than this leave the core to others. */
constexpr std::chrono::milliseconds kShort{10};

}  // namespace

void Watch::remove(cudaStream_t stream) {
  const auto same = [stream](const NamedStream& each) { return each.handle == stream; };
  streams_.erase(std::remove_if(streams_.begin(), streams_.end(), same), streams_.end());
}

bool Watch::remove(ncclComm_t communicator) {
  const auto same = [communicator](const NamedCommunicator& each) { return each.handle == communicator; };
  const auto found = std::find_if(communicators_.begin(), communicators_.end(), same);
  if (found == communicators_.end()) return false;
  communicators_.erase(found);
  return true;
}

/** Asks `done` until it says yes. */
template <class Done>
void Watch::poll(Done done) {
  const Clock::time_point begin = Clock::now();
  Clock::time_point glance = begin + kGlance;
  while (!done()) {
    const Clock::time_point now = Clock::now();
    if (now < glance) continue;
    glance = now + kGlance;
    // Its own errors first: another rank may have failed for what is wrong here.
    check_communicators();
    if (peers_.somebody_failed()) stop_for_others();
    if (now - begin > std::chrono::duration<double>(timeout_)) time_out();
    if (now - begin > kShort) std::this_thread::sleep_for(std::chrono::microseconds(50));
  }
}

bool Watch::is_done(cudaError_t state) const {
  if (state == cudaSuccess || state == cudaErrorNotReady) return state == cudaSuccess;
  throw Failure(format(
    "rank %d: the device reports %s, %s; the host is in %s",
    rank_,
    cudaGetErrorName(state),
    cudaGetErrorString(state),
    here().c_str()
  ));
}

void Watch::wait(cudaEvent_t event) {
  poll([&] { return is_done(cudaEventQuery(event)); });
}

void Watch::wait(cudaStream_t stream) {
  poll([&] { return is_done(cudaStreamQuery(stream)); });
}

void Watch::wait_for_all() {
  for (const NamedStream& each : streams_) wait(each.handle);
}

void Watch::settle(ncclComm_t communicator, const char* name) {
  poll([communicator, name] {
    ncclResult_t state = ncclSuccess;
    NCCL_CHECK(ncclCommGetAsyncError(communicator, &state), communicator);
    if (state == ncclInProgress) return false;
    if (state != ncclSuccess)
      throw Failure(format("rank %d: communicator %s: %s", host_rank, name, ncclGetErrorString(state)));
    return true;
  });
}

void Watch::abort_communicators() {
  // What was created last goes first: communicators are parts of the world's.
  while (!communicators_.empty()) {
    (void)ncclCommAbort(communicators_.back().handle);
    communicators_.pop_back();
  }
}

void Watch::check_communicators() {
  for (const NamedCommunicator& each : communicators_) {
    ncclResult_t state = ncclSuccess;
    NCCL_CHECK(ncclCommGetAsyncError(each.handle, &state), each.handle);
    if (state == ncclSuccess || state == ncclInProgress) continue;
    // Mostly another rank is gone, which says why.
    if (state == ncclRemoteError && peers_.somebody_failed()) stop_for_others();
    throw Failure(format(
      "rank %d: communicator %s: %s in %s; NCCL says: %s",
      rank_,
      each.name,
      ncclGetErrorString(state),
      here().c_str(),
      ncclGetLastError(each.handle)
    ));
  }
}

void Watch::stop_for_others() {
  throw OtherFailed(
    format("rank %d stops in %s: %s", rank_, here().c_str(), who_failed(peers_.places(), rank_).c_str())
  );
}

void Watch::time_out() {
  const std::vector<Place> places = peers_.places();
  std::string others = who_failed(places, rank_);
  if (others.empty()) others = who_is_behind(places, rank_);
  throw Failure(format(
    "rank %d: nothing moved for %g s in %s%s%s%s",
    rank_,
    timeout_,
    here().c_str(),
    busy_streams().c_str(),
    others.empty() ? "" : "; ",
    others.c_str()
  ));
}

std::string Watch::busy_streams() const {
  std::string text;
  for (const NamedStream& each : streams_)
    if (cudaStreamQuery(each.handle) == cudaErrorNotReady)
      text += format("%s %s", text.empty() ? "; busy streams:" : ",", each.name);
  return text;
}

std::string Watch::here() const {
  const int layer = progress_.layer;
  const char* const launch = progress_.launch;
  return layer < 0 ? std::string(launch) : format("layer %d at %s", layer, launch);
}

}  // namespace weft
