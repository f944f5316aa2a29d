// What program/ gives to whoever starts it: main.cpp a process for each rank, the emulation a thread.
#pragma once

#include <nccl.h>

#include "runtime/facts.h"
#include "runtime/options.h"
#include "runtime/peers.h"

namespace weft {

/** The plan that the program was made of. */
extern const PlanFacts kPlanFacts;

/**
 * Runs the program of one rank, whose device is set. 0 where all went well. Several ranks may be threads of
 * one process.
 */
int run_rank(int rank, int world, const ncclUniqueId& id, const Options& options, Peers& peers);

}  // namespace weft
