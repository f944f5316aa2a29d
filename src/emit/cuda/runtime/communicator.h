// Communicators, and groups of sends and receives on them.
#pragma once

#include <nccl.h>

#include <cstdint>
#include <vector>

#include "runtime/check.h"

namespace weft {

class Rank;
class Stream;

struct CommunicatorSpec {
  const char* name;
  /** Ranks of each instance. */
  int size;
  /** SMs that its transfers take: a power of two; 0 leaves them to NCCL. */
  int ctas;
};

/**
 * A communicator of some of the ranks. All of its operations run in the order in which the host issues them.
 */
class Communicator {
 public:
  /** Splits the world: ranks of one colour make an instance, in order of their keys. Every rank calls it. */
  Communicator(Rank& rank, const CommunicatorSpec& spec, int colour, int key);
  ~Communicator();
  Communicator(const Communicator&) = delete;
  Communicator& operator=(const Communicator&) = delete;

  /** This rank's index in it. */
  int self() const { return self_; }
  int size() const { return spec_.size; }
  const char* name() const { return spec_.name; }
  ncclComm_t handle() const { return handle_; }
  Rank& rank() const { return rank_; }

 private:
  Rank& rank_;
  const CommunicatorSpec spec_;
  const int self_;
  ncclComm_t handle_ = nullptr;
  void* registration_ = nullptr;
};

/**
 * One phase of an exchange: sends and receives that run side by side, in the order given. Nothing is issued
 * before end(). What a rank sends to itself becomes a copy on the stream. Empty messages are left out, on
 * both sides alike.
 */
class Group {
 public:
  /** NCCL's limit on the operations of a group. */
  static constexpr std::size_t kMostOperations = 2048;

  /** `label` is a string literal: the name of the phase. */
  Group(Communicator& communicator, Stream& stream, const char* label, Source source = Source::here())
      : communicator_(communicator), stream_(stream), label_(label), source_(source) {}
  Group(const Group&) = delete;
  Group& operator=(const Group&) = delete;

  void send(std::int64_t peer, const void* data, std::int64_t bytes);
  void receive(std::int64_t peer, void* data, std::int64_t bytes);
  void end();

 private:
  /** A message to or from another rank. */
  struct Operation {
    int peer;
    const void* send;
    void* receive;
    std::size_t bytes;
  };
  struct Send {
    const void* data;
    std::int64_t bytes;
  };
  struct Receive {
    void* data;
    std::int64_t bytes;
  };

  void issue();
  void copy(const Send& send, const Receive& receive);

  Communicator& communicator_;
  Stream& stream_;
  const char* const label_;
  const Source source_;
  std::vector<Operation> operations_;
  /** What the rank sends to itself: the i-th send meets the i-th receive. */
  std::vector<Send> own_sends_;
  std::vector<Receive> own_receives_;
  std::int64_t bytes_ = 0;
  std::int64_t bytes_away_ = 0;
};

}  // namespace weft
