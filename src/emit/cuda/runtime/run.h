// The life of a program on one rank: memory is filled, steps run and are timed, results are validated and
// reported.
#pragma once

#include <nccl.h>

#include <functional>
#include <memory>

#include "runtime/facts.h"
#include "runtime/options.h"
#include "runtime/peers.h"
#include "runtime/rank.h"

namespace weft {

/** What can be run step by step. */
class Steps {
 public:
  virtual ~Steps() = default;
  /** The host issues one step. */
  virtual void step() = 0;
};

/** Makes a program's streams, communicators and counts on a rank. */
using Construct = std::function<std::unique_ptr<Steps>(Rank&)>;

/**
 * 0 where all went well, 1 where a rank failed or values are wrong. Never throws a Failure: it is reported
 * and everything aborted.
 */
int run_steps(
  const PlanFacts& facts,
  int rank,
  int world,
  const ncclUniqueId& id,
  const Options& options,
  Peers& peers,
  const Construct& construct
);

/** Runs a Program, which is made from a Rank& and has step(). */
template <class Program>
int run(
  const PlanFacts& facts, int rank, int world, const ncclUniqueId& id, const Options& options, Peers& peers
) {
  class ProgramSteps final : public Steps {
   public:
    explicit ProgramSteps(Rank& rank) : program_(rank) {}
    void step() override { program_.step(); }

   private:
    Program program_;
  };
  return run_steps(facts, rank, world, id, options, peers, [](Rank& on) -> std::unique_ptr<Steps> {
    return std::make_unique<ProgramSteps>(on);
  });
}

}  // namespace weft
