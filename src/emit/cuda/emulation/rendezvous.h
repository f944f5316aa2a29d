/** Calls that return on every rank of a communicator or on none: making communicators. */
#pragma once

#include <nccl.h>

#include <memory>
#include <string>
#include <vector>

#include "emulation/clique.h"
#include "emulation/host.h"

namespace weft::emulation {

/** What a rank brings to the making of communicators. */
struct Arrival {
  Host* host = nullptr;
  int color = 0;
  int key = 0;
  std::string name;
  int least_ctas = 0;
  int most_ctas = 0;
  SiteId site = 0;
  /** What it takes away; null where it is of no colour. */
  ncclComm* made = nullptr;
};

struct Rendezvous {
  /** [rank of the parent] */
  std::vector<Arrival> arrivals;
  std::size_t arrived = 0;
  std::vector<Waiter> hosts;
};

/** Waits for all others; false where somebody will never come. The last to come makes the communicators. */
bool meet(const std::shared_ptr<Rendezvous>& place, int self, const Arrival& arrival, const char* name);

}  // namespace weft::emulation
