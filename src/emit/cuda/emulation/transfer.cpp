#include "emulation/transfer.h"

#include <utility>

#include "emulation/clique.h"
#include "emulation/machine.h"
#include "emulation/stream.h"

namespace weft::emulation {

void TransferOperation::issued(CUstream_st& stream) {
  if (streams_.empty()) comm_.queue.push_back(this);
  streams_.push_back(&stream);
}

bool TransferOperation::ready(CUstream_st& stream) {
  if (dropped_) return true;
  if (started_ || streams_.size() < static_cast<std::size_t>(lanes_)) return false;
  for (const CUstream_st* other : streams_) {
    if (other->queue.front().get() != this) return false;
  }
  // A communicator that has failed starts nothing any more; one that works runs one operation at a time.
  if (comm_.error != ncclSuccess || comm_.queue.front() != this) return false;
  Host& host = machine().hosts.of(comm_.rank);
  if (machine().settings.one_resident && host.resident != nullptr) {
    host.waits_for_residence.push_back(&stream);
    return false;
  }
  return true;
}

bool TransferOperation::run(CUstream_st&) {
  if (dropped_) return true;
  started_ = true;
  if (machine().settings.one_resident) machine().hosts.of(comm_.rank).resident = this;
  for (CUstream_st* stream : streams_) {
    machine().scheduler.absorb_host(*stream);
    start_.join(stream->clock);
  }
  for (Item& item : items_) item.tick = streams_[0]->take_tick();
  for (std::size_t i = 0; i < items_.size(); ++i) post(*this, i);
  // Until its data arrives, what is in a buffer is not to be used.
  for (const Item& item : items_) {
    if (item.kind == ItemKind::kReceive && !item.done) poison(item.to, item.bytes());
  }
  finish_if_done();
  return false;
}

void TransferOperation::item_done(Item& item, const Clock* learned) {
  item.done = true;
  ++done_;
  if (learned != nullptr) learned_.join(*learned);
}

void TransferOperation::finish_if_done() {
  if (!finished_ && done_ == items_.size()) finish();
}

void TransferOperation::finish() {
  finished_ = true;
  learned_.join(start_);
  learned_.learn(streams_[0]->component, streams_[0]->tick);
  comm_.queue.pop_front();
  // The streams may hold the last references.
  const std::shared_ptr<Operation> self = streams_[0]->queue.front();
  const std::vector<CUstream_st*> streams = streams_;
  ncclComm& comm = comm_;
  for (CUstream_st* stream : streams) {
    stream->clock.join(learned_);
    machine().scheduler.complete(*stream);
  }
  if (!comm.queue.empty()) {
    comm.queue.front()->look_again();
  } else {
    for (const Waiter& waiter : comm.hosts) machine().hosts.wake(waiter);
    comm.hosts.clear();
  }
  leave_gpu();
}

void TransferOperation::leave_gpu() {
  Host& host = machine().hosts.of(comm_.rank);
  if (host.resident != this) return;
  host.resident = nullptr;
  for (CUstream_st* waiting : std::exchange(host.waits_for_residence, {})) machine().scheduler.look(*waiting);
}

void TransferOperation::look_again() {
  for (CUstream_st* stream : streams_) machine().scheduler.look(*stream);
}

void TransferOperation::drop() {
  dropped_ = true;
  if (started_) {
    withdraw(*this);
    leave_gpu();
  }
  look_again();
}

std::shared_ptr<Operation> TransferOperation::again(Renewals& renewals) const {
  std::shared_ptr<Operation>& copy = renewals.operations[this];
  if (!copy) {
    copy = std::make_shared<TransferOperation>(comm_, items_, lanes_, captured_);
    copy->site = site;
  }
  return copy;
}

std::string TransferOperation::describe() const {
  if (items_.size() == 1) return describe(items_[0]);
  return "a group of " + std::to_string(items_.size()) + " on " + emulation::describe(*comm_.clique);
}

std::string TransferOperation::describe(const Item& item) const {
  std::string text = std::string(item.name) + " of " + std::to_string(item.count) + " " + name_of(item.type);
  if (!is_collective(item.kind)) {
    const int rank = comm_.clique->members[static_cast<std::size_t>(item.peer)]->rank;
    text += (item.kind == ItemKind::kSend ? " to rank " : " from rank ") + std::to_string(rank);
  }
  return text + " on " + emulation::describe(*comm_.clique);
}

ActId TransferOperation::act(const Item& item) const {
  return machine().detector.add({streams_[0]->component, item.tick, item.site, item.name, nullptr});
}

}  // namespace weft::emulation
