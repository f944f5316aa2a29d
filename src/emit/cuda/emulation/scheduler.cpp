#include "emulation/scheduler.h"

#include <tuple>
#include <utility>

#include "emulation/host.h"
#include "emulation/machine.h"

namespace weft::emulation {
namespace {
// One operation in so many changes the priority of its stream: chance alone would keep an order for ever.
constexpr std::uint64_t kChangePoint = 64;
}  // namespace

Scheduler::Scheduler(const Settings& settings) : settings_(settings), random_(settings.seed) {}

void Scheduler::welcome(CUstream_st& stream) {
  stream.priority = random_.next();
}

void Scheduler::set_ready(CUstream_st& stream, bool ready) {
  if (ready == (stream.ready >= 0)) return;
  if (ready) {
    stream.ready = static_cast<int>(ready_.size());
    ready_.push_back(&stream);
    return;
  }
  CUstream_st* last = ready_.back();
  ready_[static_cast<std::size_t>(stream.ready)] = last;
  last->ready = stream.ready;
  ready_.pop_back();
  stream.ready = -1;
}

void Scheduler::look(CUstream_st& stream) {
  set_ready(stream, !stream.queue.empty() && stream.queue.front()->ready(stream));
}

void Scheduler::complete(CUstream_st& stream) {
  stream.queue.pop_front();
  ++machine().report.operations;
  if (stream.queue.empty()) {
    for (const Waiter& waiter : stream.hosts) machine().hosts.wake(waiter);
    stream.hosts.clear();
  }
  look(stream);
}

void Scheduler::absorb_host(CUstream_st& stream) {
  const Operation& operation = *stream.queue.front();
  if (stream.known_host != operation.host) {
    stream.clock.join(*operation.host);
    stream.known_host = operation.host;
  }
  stream.clock.learn(machine().hosts.of(stream.rank).component, operation.host_tick);
}

bool Scheduler::is_slow(const CUstream_st& stream) const {
  return settings_.fault.kind == FaultKind::kSlow && stream.rank == settings_.fault.rank;
}

CUstream_st& Scheduler::oldest() {
  CUstream_st* best = ready_.front();
  for (CUstream_st* stream : ready_) {
    const auto key = [this](const CUstream_st& s) {
      return std::make_tuple(is_slow(s), s.queue.front()->number, s.rank);
    };
    if (key(*stream) < key(*best)) best = stream;
  }
  return *best;
}

CUstream_st& Scheduler::most_urgent() {
  CUstream_st* best = ready_.front();
  for (CUstream_st* stream : ready_) {
    if (std::make_pair(is_slow(*best), stream->priority) > std::make_pair(is_slow(*stream), best->priority))
      best = stream;
  }
  if (random_.below(kChangePoint) == 0) welcome(*best);
  return *best;
}

CUstream_st& Scheduler::choose() {
  if (settings_.order == Order::kFirstIn) return oldest();
  if (settings_.order == Order::kPriorities) return most_urgent();
  // A slow rank goes on only when chance finds nobody else.
  for (int attempt = 0;; ++attempt) {
    CUstream_st& stream = *ready_[random_.below(ready_.size())];
    if (!is_slow(stream) || attempt == 64) return stream;
  }
}

bool Scheduler::step() {
  while (!ready_.empty()) {
    CUstream_st& stream = choose();
    // Others that ran since may have taken what it needs.
    if (!stream.queue.front()->ready(stream)) {
      set_ready(stream, false);
      continue;
    }
    set_ready(stream, false);
    absorb_host(stream);
    // Kept here: running it may take it off the stream.
    const std::shared_ptr<Operation> operation = stream.queue.front();
    machine().running = operation.get();
    machine().running_stream = &stream;
    if (operation->run(stream)) complete(stream);
    machine().running = nullptr;
    return true;
  }
  return false;
}

}  // namespace weft::emulation
