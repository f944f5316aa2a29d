#include "emulation/operation.h"

#include <chrono>

#include "emulation/machine.h"
#include "emulation/stream.h"

namespace weft::emulation {
namespace {

double now_in_milliseconds() {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch())
    .count();
}

/** The record of this launch of the graph that stands for a captured one. */
std::shared_ptr<Record> renewed(const std::shared_ptr<Record>& record, Renewals& renewals) {
  std::shared_ptr<Record>& renewal = renewals.records[record.get()];
  if (!renewal) {
    renewal = std::make_shared<Record>();
    renewal->event = record->event;
  }
  return renewal;
}

template <class T>
std::shared_ptr<Operation> at_site(std::shared_ptr<T> operation, SiteId site) {
  operation->site = site;
  return operation;
}

}  // namespace

bool RecordOperation::run(CUstream_st& stream) {
  record_->done = true;
  record_->clock = stream.clock;
  record_->milliseconds = now_in_milliseconds();
  for (CUstream_st* waiting : record_->streams) machine().scheduler.look(*waiting);
  record_->streams.clear();
  for (const Waiter& waiter : record_->hosts) machine().hosts.wake(waiter);
  record_->hosts.clear();
  return true;
}

std::string RecordOperation::describe() const {
  return "cudaEventRecord of " + record_->event;
}

std::shared_ptr<Operation> RecordOperation::again(Renewals& renewals) const {
  return at_site(std::make_shared<RecordOperation>(renewed(record_, renewals)), site);
}

bool WaitOperation::ready(CUstream_st& stream) {
  if (!record_->done) record_->streams.push_back(&stream);
  return record_->done;
}

bool WaitOperation::run(CUstream_st& stream) {
  stream.clock.join(record_->clock);
  return true;
}

std::string WaitOperation::describe() const {
  return "cudaStreamWaitEvent for " + record_->event;
}

std::shared_ptr<Operation> WaitOperation::again(Renewals& renewals) const {
  return at_site(std::make_shared<WaitOperation>(renewed(record_, renewals)), site);
}

}  // namespace weft::emulation
