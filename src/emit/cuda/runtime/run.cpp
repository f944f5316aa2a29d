#include "runtime/run.h"

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "runtime/checkpoints.h"
#include "runtime/fence.h"
#include "runtime/fill.h"
#include "runtime/gathering.h"
#include "runtime/graph.h"
#include "runtime/meter.h"
#include "runtime/nvtx.h"
#include "runtime/report.h"
#include "runtime/step_clock.h"
#include "runtime/validate.h"
#include "runtime/watch.h"

namespace weft {
namespace {

void check_options(const PlanFacts& facts, const Options& options) {
  if (options.validate && !facts.miniature)
    throw Failure(
      "--validate is for the miniature: the reference computes in double precision what it has memory for; "
      "run that program"
    );
  if (options.graph && !facts.captures_graphs)
    throw Failure("--graph is for plans whose host reads no counts: this one's launches depend on them");
}

/** What a program has on a rank. */
struct Session {
  std::unique_ptr<Rank> rank;
  std::unique_ptr<Steps> program;
  std::unique_ptr<Fence> fence;
  std::unique_ptr<Graph> graph;
  std::unique_ptr<StepClock> clock;

  /** Everything has finished: frees it in order. */
  void finish() {
    clock.reset();
    graph.reset();
    fence.reset();
    program.reset();
    rank->finish();
  }

  /** Aborts what goes on, and frees nothing: the device may still use all of it, and the process ends. */
  void abandon() {
    if (rank != nullptr) rank->abort();
    (void)clock.release();
    (void)graph.release();
    (void)fence.release();
    (void)program.release();
    (void)rank.release();
  }
};

/** Issues a step outside of any graph. */
void step(Steps& program, Fence& fence) {
  const Range range("step");
  fence.fork();
  program.step();
  fence.join();
}

/** One step during which each transfer is timed. */
void measure(Rank& rank, Steps& program, Fence& fence) {
  rank.meter().start();
  step(program, fence);
  rank.wait_for_all();
  rank.meter().stop();
}

/** Warms up, and takes the time of steps. */
void run_iterations(Session& session, Results& results) {
  Rank& rank = *session.rank;
  Steps& program = *session.program;
  const Options& options = rank.options();
  session.fence = std::make_unique<Fence>(rank);
  Fence& fence = *session.fence;
  // What is captured must have run before.
  const int warm_up = options.graph ? std::max(options.warm_up, 1) : options.warm_up;
  for (int each = 0; each < warm_up; ++each) {
    step(program, fence);
    rank.wait_for_all();
  }
  if (options.graph) session.graph = std::make_unique<Graph>(rank, program, fence);
  // A single step that the host issues is timed and measured at once.
  const bool measured = options.iterations == 1 && !options.graph;
  rank.meet();
  session.clock = std::make_unique<StepClock>(fence.stream(), options.iterations);
  if (measured) rank.meter().start();
  for (int each = 0; each < options.iterations; ++each) {
    if (options.graph)
      session.graph->launch();
    else
      step(program, fence);
    session.clock->tick();
  }
  session.clock->wait(rank);
  rank.wait_for_all();
  rank.meter().stop();
  session.clock->read(rank, results);
  if (!measured) measure(rank, program, fence);
}

std::vector<std::byte> memory_image(const Rank& rank) {
  std::vector<std::byte> image(static_cast<std::size_t>(rank.facts().memory_bytes));
  CUDA_CHECK(cudaMemcpy(image.data(), rank.memory(), image.size(), cudaMemcpyDeviceToHost));
  return image;
}

Results run_program(Session& session) {
  Rank& rank = *session.rank;
  const Options& options = rank.options();
  Results results;
  fill_memory(rank);
  std::vector<std::byte> before;
  if (options.validate) before = memory_image(rank);
  run_iterations(session, results);
  gather_phases(rank, results);
  if (rank.checkpoints() == nullptr) return results;
  const std::vector<std::byte> values = rank.checkpoints()->read();
  if (!options.checkpoints.empty())
    Checkpoints::write(values, format("%s/rank-%d.bin", options.checkpoints.c_str(), rank.rank()));
  if (options.validate) gather_errors(rank, validate(rank, before, values), results);
  return results;
}

}  // namespace

int run_steps(
  const PlanFacts& facts,
  int rank,
  int world,
  const ncclUniqueId& id,
  const Options& options,
  Peers& peers,
  const Construct& construct
) {
  Session session;
  try {
    check_options(facts, options);
    if (rank == 0) print_banner(facts, options);
    session.rank = std::make_unique<Rank>(facts, rank, world, id, options, peers);
    session.program = construct(*session.rank);
    const Results results = run_program(session);
    session.finish();
    if (rank == 0) {
      print_results(facts, results);
      if (!options.json.empty()) write_json(facts, options, results, options.json);
    }
    return results.wrong() == 0 ? 0 : 1;
  } catch (const OtherFailed& failure) {
    std::fprintf(stderr, "weft: %s\n", failure.what());
  } catch (const Failure& failure) {
    // Where another rank failed first, a call that needs it fails here.
    const std::string cause = peers.somebody_failed() ? "; " + who_failed(peers.places(), rank) : "";
    std::fprintf(stderr, "weft: %s%s\n", failure.what(), cause.c_str());
    if (cause.empty()) peers.tell_failure(failure.what());
  }
  session.abandon();
  peers.leave();
  return 1;
}

}  // namespace weft
