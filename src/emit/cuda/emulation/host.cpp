#include "emulation/host.h"

#include <exception>

#include "emulation/deadlock.h"
#include "emulation/leaving.h"
#include "emulation/machine.h"
#include "emulation/marks.h"

namespace weft::emulation {
namespace {
thread_local Host* own_host = nullptr;
}  // namespace

Host* this_host() {
  return own_host;
}

void Host::learn(const Clock& other) {
  clock.join(other);
  snapshot.reset();
}

const Snapshot& Host::known() {
  if (!snapshot) snapshot = std::make_shared<const Clock>(clock);
  return snapshot;
}

void Hosts::run_all(int world, Program& program) {
  program_ = &program;
  turns_ = std::make_unique<Turns>(world);
  for (int rank = 0; rank < world; ++rank) {
    hosts_.push_back(std::make_unique<Host>());
    Host& host = *hosts_.back();
    host.rank = rank;
    host.component = detector_.add_component(rank, kHostName);
    runnable_.push_back(&host);
  }
  for (int rank = 0; rank < world; ++rank) start_thread(*this, rank);
  pass_on();
  turns_->wait_for_end();
}

void Hosts::run(int rank) {
  Host& host = of(rank);
  own_host = &host;
  handle_signals_aside();
  turns_->wait(rank);
  try {
    host.exit_code = program_->run(rank);
    if (host.exit_code != 0) {
      machine().report.find(
        {FindingKind::kFailure,
         host.rank,
         "the program of rank " + std::to_string(host.rank) + " ended with " +
           std::to_string(host.exit_code) + "; its last call was " + describe(current_site()),
         {line_of(current_site())}}
      );
    }
  } catch (const std::exception& failure) {
    host.exit_code = 1;
    machine().report.find(
      {FindingKind::kFailure,
       host.rank,
       "rank " + std::to_string(host.rank) + " failed: " + failure.what(),
       {line_of(current_site())}}
    );
  }
  if (host.exit_code == 0) check_leaving(host);
  host.state = HostState::kEnded;
  pass_on();
}

void Hosts::pass_on() {
  while (runnable_.empty()) {
    bool anybody = false;
    for (const auto& host : hosts_) anybody = anybody || host->state == HostState::kWaiting;
    if (!anybody) {
      // What nobody waits for runs nevertheless, and may be found to race.
      while (machine().scheduler.step()) {
      }
      return turns_->end();
    }
    if (!machine().scheduler.step()) nothing_moves();
  }
  const int next = runnable_.front()->rank;
  runnable_.pop_front();
  turns_->give(next);
}

bool Hosts::expects_progress() const {
  const FaultKind fault = machine().settings.fault.kind;
  if (fault != FaultKind::kNone && fault != FaultKind::kSlow) return false;
  for (const auto& host : hosts_) {
    if (host->state == HostState::kEnded && host->exit_code != 0) return false;
  }
  return true;
}

void Hosts::nothing_moves() {
  if (expects_progress()) {
    report_deadlock();
    machine().finish();
  }
  // The program's own limits of time decide; they are of this time, not of the emulation's.
  sleep_milliseconds(1);
  for (const auto& host : hosts_) {
    if (host->state != HostState::kWaiting) continue;
    host->gave_up = true;
    wake({host.get(), host->wait});
  }
}

bool Hosts::block(Host& host, const std::string& what) {
  host.state = HostState::kWaiting;
  host.waits_for = what;
  host.waits_at = current_site();
  host.gave_up = false;
  pass_on();
  turns_->wait(host.rank);
  ++host.wait;
  return !host.gave_up;
}

void Hosts::wake(const Waiter& waiter) {
  Host& host = *waiter.host;
  if (host.state != HostState::kWaiting || host.wait != waiter.wait) return;
  host.state = HostState::kRunnable;
  runnable_.push_back(&host);
}

void Hosts::stop_for_ever(Host& host) {
  host.state = HostState::kStopped;
  pass_on();
  for (;;) sleep_milliseconds(1000);
}

void host_access(const void* at, std::size_t bytes, bool writes, const void* code) {
  Host* host = this_host();
  if (host == nullptr) return;
  const Quiet quiet;
  Detector& detector = machine().detector;
  // The same instruction in a loop is one act, as long as the host issues nothing in between.
  static Act last{};
  static ActId last_id = 0;
  const Act act{host->component, host->tick, current_site(), kHostName, code};
  if (last_id == 0 || act.component != last.component || act.tick != last.tick || act.code != last.code) {
    last = act;
    last_id = detector.add(act);
  }
  host->clock.learn(host->component, host->tick);
  const Allocation* allocation = machine().region.find(at);
  if (allocation != nullptr && allocation->kind == MemoryKind::kDevice) {
    machine().report.find(
      {FindingKind::kMisuse,
       host->rank,
       detector.describe(last_id) + (writes ? " writes " : " reads ") + "device memory itself",
       detector.lines(last_id, last_id)}
    );
    return;
  }
  detector.access(at, bytes, writes ? Mode::kWrite : Mode::kRead, last_id, Known{host->clock});
}

}  // namespace weft::emulation
