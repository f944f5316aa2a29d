// One rank: its GPU's memory, the communicator of all ranks, the watch over everything that runs, and where
// its host is.
#pragma once

#include <cuda_runtime.h>
#include <nccl.h>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>

#include "runtime/check.h"
#include "runtime/facts.h"
#include "runtime/options.h"
#include "runtime/peers.h"
#include "runtime/pinned.h"

namespace weft {

class Checkpoints;
class Event;
class Meter;
class Rank;
class Stream;
class Watch;

/** While it lives, the host is inside of a call that returns only when other ranks make it too. */
class Together {
 public:
  /** `call` is a string literal. */
  Together(Rank& rank, const char* call);
  ~Together();
  Together(const Together&) = delete;
  Together& operator=(const Together&) = delete;

 private:
  Progress& progress_;
};

class Rank {
 public:
  /** The device is set already. Joins the communicator of all ranks; every rank does so. */
  Rank(
    const PlanFacts& facts, int rank, int world, const ncclUniqueId& id, const Options& options, Peers& peers
  );
  ~Rank();
  Rank(const Rank&) = delete;
  Rank& operator=(const Rank&) = delete;

  int rank() const { return rank_; }
  int world() const { return world_; }
  const PlanFacts& facts() const { return facts_; }
  const Options& options() const { return options_; }
  /** Device memory, which every buffer of the plan is a part of. */
  std::byte* memory() const { return memory_; }
  ncclComm_t world_communicator() const { return world_communicator_; }
  /** For what the runtime itself does before and behind steps. */
  Stream& stream() { return *own_stream_; }
  /** All host waits go through it. */
  Watch& watch() { return *watch_; }
  /** Times of transfers, while a step is measured. */
  Meter& meter() { return *meter_; }

  /** Where the host is, for whoever asks when nothing moves. `launch` is a string literal. */
  void at(int layer, const char* launch, Source source = Source::here());

  /**
   * Copies words of the device to the host once the events have been recorded, and waits for them. `to` is
   * pinned memory. What was issued before goes on meanwhile.
   */
  struct Read {
    const Index* from;
    Index* to;
    std::int64_t words;
  };
  void read(std::initializer_list<const Event*> events, std::initializer_list<Read> reads);

  /**
   * Copies rows [begin, end) of a captured value aside, on the stream, where anybody wants them. `value` is
   * its index in the layer's block, `first_row` where row 0 of the micro-batch lies.
   */
  void checkpoint(
    cudaStream_t stream,
    int layer,
    int value,
    int micro_batch,
    const void* first_row,
    std::int64_t begin,
    std::int64_t end
  );
  Progress& progress() { return progress_; }
  /** Number of the capture that is going on; 0 where there is none. */
  int capture() const { return capture_; }
  void set_capture(int capture) { capture_ = capture; }
  /** Null where nobody wants values. */
  const Checkpoints* checkpoints() const { return checkpoints_.get(); }

  /** The host waits until all streams are idle. */
  void wait_for_all();
  /** Sums, or largest, of each number over all ranks; every rank calls it. */
  void sum(double* numbers, int count);
  void largest(double* numbers, int count);
  /** Waits for all ranks. */
  void meet();
  /**
   * Frees and leaves in order; every rank calls it when all streams and communicators of the program are
   * gone.
   */
  void finish();
  /** Aborts all communicators: nothing is waited for. */
  void abort();

 private:
  void allocate();
  void reduce(double* numbers, int count, ncclRedOp_t operation);

  const PlanFacts& facts_;
  const Options& options_;
  const int rank_;
  const int world_;
  Peers& peers_;
  Progress progress_;
  int capture_ = 0;
  std::unique_ptr<Watch> watch_;
  std::unique_ptr<Meter> meter_;
  ncclComm_t world_communicator_ = nullptr;
  std::byte* memory_ = nullptr;
  double* scratch_ = nullptr;
  std::unique_ptr<Pinned<double>> pinned_;
  std::unique_ptr<Stream> reads_;
  std::unique_ptr<Stream> own_stream_;
  std::unique_ptr<Event> read_done_;
  std::unique_ptr<Checkpoints> checkpoints_;
};

}  // namespace weft
