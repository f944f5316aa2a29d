/**
 * Communicators. The ranks of one share a clique: what has been sent and not received on it, and the other way round.
 */
#pragma once

#include <nccl.h>

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "emulation/host.h"
#include "emulation/transfer.h"

namespace weft::emulation {

/** Messages from one rank to another that only one side has come to yet: they meet in order. */
struct Channel {
  std::deque<Posted> sends;
  std::deque<Posted> receives;
};

struct Clique {
  std::string name;
  /** [rank of the communicator] */
  std::vector<ncclComm*> members;
  std::vector<Channel> channels;
  /** Ends of the collective that some ranks have come to. */
  std::vector<Posted> arrived;

  std::size_t size() const { return members.size(); }
  Channel& channel(int from, int to) {
    return channels[static_cast<std::size_t>(from) * size() + static_cast<std::size_t>(to)];
  }
};

/** "communicator 'dispatch' (4 ranks)" */
std::string describe(const Clique& clique);

}  // namespace weft::emulation

struct ncclComm {
  std::shared_ptr<weft::emulation::Clique> clique;
  /** Its rank in the clique, and in the world. */
  int self;
  int rank;
  int splits = 0;
  /** Its operations in the order in which the host has issued them, whatever their streams. */
  std::deque<weft::emulation::TransferOperation*> queue;
  std::vector<weft::emulation::Waiter> hosts;
  ncclResult_t error = ncclSuccess;
  std::string last_error;
  bool finalized = false;
  bool gone = false;
};
