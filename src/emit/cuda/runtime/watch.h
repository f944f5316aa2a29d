// Waiting with a time limit: everything that the host waits for is asked again and again, as are all
// communicators. Where nothing moves for too long, the error names the rank that others wait for.
#pragma once

#include <cuda_runtime.h>
#include <nccl.h>

#include <chrono>
#include <string>
#include <vector>

#include "runtime/peers.h"

namespace weft {

class Watch {
 public:
  struct NamedStream {
    cudaStream_t handle;
    const char* name;
  };

  Watch(int rank, const Progress& progress, Peers& peers, double timeout_seconds)
      : rank_(rank), progress_(progress), peers_(peers), timeout_(timeout_seconds) {}

  void add(cudaStream_t stream, const char* name) { streams_.push_back({stream, name}); }
  void remove(cudaStream_t stream);
  /** All streams that there are. */
  const std::vector<NamedStream>& streams() const { return streams_; }
  void add(ncclComm_t communicator, const char* name) { communicators_.push_back({communicator, name}); }
  /** False where it was not watched: abort_communicators() has been called. */
  bool remove(ncclComm_t communicator);

  /**
   * @throws Failure where the time limit passes, a communicator reports an error or another rank has failed
   */
  void wait(cudaEvent_t event);
  void wait(cudaStream_t stream);
  void wait_for_all();
  /** Until an operation of NCCL that goes on in the background is done. */
  void settle(ncclComm_t communicator, const char* name);
  void abort_communicators();

 private:
  using Clock = std::chrono::steady_clock;
  struct NamedCommunicator {
    ncclComm_t handle;
    const char* name;
  };

  template <class Done>
  void poll(Done done);
  bool is_done(cudaError_t state) const;
  void check_communicators();
  [[noreturn]] void stop_for_others();
  [[noreturn]] void time_out();
  std::string busy_streams() const;
  std::string here() const;

  const int rank_;
  const Progress& progress_;
  Peers& peers_;
  const double timeout_;
  std::vector<NamedStream> streams_;
  std::vector<NamedCommunicator> communicators_;
};

}  // namespace weft
