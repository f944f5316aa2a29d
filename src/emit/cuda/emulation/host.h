/**
 * The host threads of the ranks, of which one runs at a time.
 *
 * A thread runs until it waits; then the next that need not wait does; where all of them wait the device moves, in whichever
 * thread has noticed. What has come true in the meantime is not waited for.
 */
#pragma once

#include <cuda_runtime.h>

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "emulation/clock.h"
#include "emulation/detector.h"
#include "emulation/operation.h"
#include "emulation/stream.h"
#include "emulation/transfer.h"
#include "emulation/turns.h"

namespace weft::emulation {

/** A send, a receive or a collective that waits for the end of its group. */
struct GroupedItem {
  ncclComm* comm;
  CUstream_st* stream;
  Item item;
};

enum class HostState { kRunnable, kWaiting, kStopped, kEnded };

struct Host {
  int rank = 0;
  Component component = 0;
  Clock clock;
  Tick tick = 1;
  Snapshot snapshot;

  HostState state = HostState::kRunnable;
  std::uint64_t wait = 0;
  /** Its wait ended because nothing moves any more. */
  bool gave_up = false;
  std::string waits_for;
  SiteId waits_at = 0;
  int exit_code = 0;

  /** It has aborted a communicator: whatever is left is no longer held against it. */
  bool aborted = false;

  cudaError_t last_error = cudaSuccess;
  std::int64_t calls = 0;
  std::int64_t allocations = 0;
  std::int64_t transfers = 0;
  std::uint64_t issued = 0;
  int captures = 0;
  /** Calls of NCCL since the outermost ncclGroupStart, and how deep groups are. */
  std::vector<GroupedItem> group;
  int group_depth = 0;
  /** The operation of NCCL that runs on the rank's GPU, and streams whose own wait until it is over. */
  const TransferOperation* resident = nullptr;
  std::vector<CUstream_st*> waits_for_residence;
  std::vector<std::unique_ptr<CUstream_st>> streams;
  std::unique_ptr<CUstream_st> legacy;

  /** The host learns what is over; its later operations know it too. */
  void learn(const Clock& clock);
  /** What it knows, to be shared by all that is issued before it learns more. */
  const Snapshot& known();
  Waiter waiter() { return {this, wait}; }
};

/** What every rank runs. */
class Program {
 public:
  virtual ~Program() = default;
  /** 0 where all went well. */
  virtual int run(int rank) = 0;
};

class Hosts : private ThreadBody {
 public:
  explicit Hosts(Detector& detector) : detector_(detector) {}
  /** Runs the program in a thread for each rank; returns when all have ended or stopped for ever. */
  void run_all(int world, Program& program);

  Host& of(int rank) { return *hosts_[static_cast<std::size_t>(rank)]; }
  int world() const { return static_cast<int>(hosts_.size()); }
  const std::vector<std::unique_ptr<Host>>& all() const { return hosts_; }

  /** Waits until somebody wakes `host`; false where that cannot happen any more. The waiter must be known to somebody. */
  bool block(Host& host, const std::string& what);
  void wake(const Waiter& waiter);
  [[noreturn]] void stop_for_ever(Host& host);
  /** Nothing that has gone wrong is left to the program to find out: then waiting in vain is a deadlock. */
  bool expects_progress() const;

 private:
  /** A rank's thread. */
  void run(int rank) override;
  /** Gives the turn to the next thread, moving the device until there is one. */
  void pass_on();
  void nothing_moves();

  Detector& detector_;
  std::vector<std::unique_ptr<Host>> hosts_;
  Program* program_ = nullptr;
  std::unique_ptr<Turns> turns_;
  std::deque<Host*> runnable_;
};

/** The host that this thread is; null in the main thread. */
Host* this_host();

/** An access to tracked memory by instrumented code of the host. */
void host_access(const void* at, std::size_t bytes, bool writes, const void* code);

}  // namespace weft::emulation
