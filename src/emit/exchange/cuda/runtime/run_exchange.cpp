// The life of the program on one rank: rows are made, the exchange runs and is timed, its result is checked.
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "runtime/checkpoints.h"
#include "runtime/exchange_step.h"
#include "runtime/gathering.h"
#include "runtime/meter.h"
#include "runtime/report.h"
#include "runtime/row_values.h"
#include "runtime/run_rank.h"
#include "runtime/step_clock.h"

namespace weft {
namespace {

using exchange::kPlan;

/** What the program has on a rank. */
struct ExchangeSession {
  PlanFacts facts = kPlanFacts;
  Options options;
  exchange::Routing routing;
  exchange::Arena arena;
  std::unique_ptr<Rank> rank;
  std::unique_ptr<exchange::Exchange> exchange;
  std::unique_ptr<StepClock> clock;

  /** Aborts what goes on, and frees nothing that the device may still use: the process ends. */
  void abandon() {
    if (rank != nullptr) rank->abort();
    (void)clock.release();
    (void)exchange.release();
    (void)rank.release();
  }
};

/** The rank's memory: its rows, and bytes of 0xff where nothing is yet. */
void fill_rows(ExchangeSession& session) {
  std::vector<std::byte> image(static_cast<std::size_t>(session.arena.bytes), std::byte{0xff});
  const std::vector<std::byte> input = exchange::input_of(kPlan, session.routing, session.rank->rank());
  std::copy(input.begin(), input.end(), image.begin() + session.arena.pool);
  if (image.empty()) return;
  CUDA_CHECK(cudaMemcpy(session.rank->memory(), image.data(), image.size(), cudaMemcpyHostToDevice));
  CUDA_CHECK(cudaDeviceSynchronize());
}

Results run_exchanges(ExchangeSession& session) {
  Rank& rank = *session.rank;
  const Options& options = session.options;
  Results results;
  for (int each = 0; each < options.warm_up; ++each) {
    session.exchange->step();
    rank.wait_for_all();
  }
  rank.meet();
  session.clock = std::make_unique<StepClock>(rank.stream(), options.iterations);
  for (int each = 0; each < options.iterations; ++each) {
    if (each + 1 == options.iterations) rank.meter().start();
    session.exchange->step();
    rank.wait_for_all();
    session.clock->tick();
  }
  session.clock->wait(rank);
  rank.wait_for_all();
  rank.meter().stop();
  session.clock->read(rank, results);
  gather_phases(rank, results);
  return results;
}

/** Holds the result against the host's own. */
void check_result(ExchangeSession& session, const Options& asked, Results& results) {
  Rank& rank = *session.rank;
  const std::vector<std::byte> expected = exchange::result_of(kPlan, session.routing, rank.rank());
  std::vector<std::byte> found(expected.size());
  if (!found.empty())
    CUDA_CHECK(
      cudaMemcpy(found.data(), rank.memory() + session.arena.result, found.size(), cudaMemcpyDeviceToHost)
    );
  if (!asked.checkpoints.empty())
    Checkpoints::write(found, format("%s/rank-%d.bin", asked.checkpoints.c_str(), rank.rank()));
  LayerErrors errors;
  for (std::size_t at = 0; at < found.size(); ++at)
    if (found[at] != expected[at]) ++errors.wrong;
  gather_errors(rank, {errors}, results);
}

void print_exchange(const Options& options) {
  std::printf(
    "# %s, plan %.12s by %s\n# %d ranks, %d a node; rows of %lld bytes; %d launches\n"
    "# warm-up %d, iterations %d, registered %d\n",
    kPlanFacts.schedule,
    kPlanFacts.plan_sha256,
    kPlanFacts.generator,
    kPlan.ranks,
    kPlan.ranks_per_node,
    static_cast<long long>(kPlan.row_bytes),
    kPlan.launches.count,
    options.warm_up,
    options.iterations,
    options.register_buffers ? 1 : 0
  );
}

void open(
  ExchangeSession& session, int rank, int world, const ncclUniqueId& id, const Options& asked, Peers& peers
) {
  if (asked.graph) throw Failure("--graph is for programs whose host reads no counts: this one's does");
  session.options = asked;
  // The runtime's own captures and validation are those of layers.
  session.options.validate = false;
  session.options.checkpoints.clear();
  session.routing = asked.data.empty() ? exchange::make_routing(kPlan, asked.seed)
                                       : exchange::read_routing(asked.data, kPlan);
  exchange::Traffic traffic(kPlan);
  for (int source = 0; source < kPlan.ranks; ++source) {
    const exchange::Tokens& tokens = session.routing[static_cast<std::size_t>(source)];
    std::vector<Index> rows(static_cast<std::size_t>(kPlan.ranks));
    for (const std::vector<int>& destinations : tokens)
      for (const int each : destinations) ++rows[static_cast<std::size_t>(each)];
    traffic.set_rows(source, rows.data());
    if (kPlan.copies) traffic.set_tokens(source, tokens);
  }
  const exchange::Tokens& own = session.routing[static_cast<std::size_t>(rank)];
  session.arena = exchange::Arena::of(kPlan, exchange::moves_of(kPlan, rank, traffic, own), session.routing);
  session.facts.memory_bytes = session.arena.bytes;
  session.rank = std::make_unique<Rank>(session.facts, rank, world, id, session.options, peers);
  session.exchange = std::make_unique<exchange::Exchange>(*session.rank, kPlan, session.arena, own);
  fill_rows(session);
}

}  // namespace

int run_rank(int rank, int world, const ncclUniqueId& id, const Options& options, Peers& peers) {
  // Never freed where the device may still use it.
  auto* const session = new ExchangeSession();
  try {
    host_rank = rank;
    if (rank == 0) print_exchange(options);
    open(*session, rank, world, id, options, peers);
    Results results = run_exchanges(*session);
    check_result(*session, options, results);
    session->clock.reset();
    session->exchange.reset();
    session->rank->finish();
    if (rank == 0) {
      print_results(session->facts, results);
      if (!options.json.empty()) write_json(session->facts, options, results, options.json);
    }
    delete session;
    return results.wrong() == 0 ? 0 : 1;
  } catch (const OtherFailed& failure) {
    std::fprintf(stderr, "weft: %s\n", failure.what());
  } catch (const Failure& failure) {
    const std::string cause = peers.somebody_failed() ? "; " + who_failed(peers.places(), rank) : "";
    std::fprintf(stderr, "weft: %s%s\n", failure.what(), cause.c_str());
    if (cause.empty()) peers.tell_failure(failure.what());
  }
  session->abandon();
  peers.leave();
  return 1;
}

}  // namespace weft
