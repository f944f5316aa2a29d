#include "emulation/api.h"

#include "emulation/capture.h"
#include "emulation/machine.h"

namespace weft::emulation {
namespace {

void inject_fault(Host& host, const char* name) {
  const Fault& fault = machine().settings.fault;
  if (fault.kind != FaultKind::kStop || fault.rank != host.rank || host.calls != fault.number) return;
  machine().report.find(
    {FindingKind::kFault,
     host.rank,
     "rank " + std::to_string(host.rank) + " was stopped at its call number " + std::to_string(host.calls) +
       ", " + name + " " + describe(current_site()),
     {line_of(current_site())}}
  );
  machine().hosts.stop_for_ever(host);
}

/** Streams that the legacy stream waits for, and that wait for it. */
void order_with_legacy(Host& host, CUstream_st& stream) {
  if (&stream == host.legacy.get()) {
    for (const auto& other : host.streams) {
      if (!other->blocking || other->queue.empty()) continue;
      auto record = std::make_shared<Record>();
      record->event = "the default stream's turn";
      issue(host, *other, std::make_shared<RecordOperation>(record));
      issue(host, stream, std::make_shared<WaitOperation>(record));
    }
  } else if (stream.blocking && !host.legacy->queue.empty()) {
    auto record = std::make_shared<Record>();
    record->event = "the default stream's operations";
    issue(host, *host.legacy, std::make_shared<RecordOperation>(record));
    issue(host, stream, std::make_shared<WaitOperation>(record));
  }
}

}  // namespace

Host& enter(const char* name) {
  Host* host = this_host();
  if (host == nullptr) throw std::logic_error(std::string(name) + " was called outside of a rank's thread");
  ++host->calls;
  ++host->tick;
  inject_fault(*host, name);
  return *host;
}

cudaError_t fail(Host& host, cudaError_t error) {
  host.last_error = error;
  return error;
}

void misuse(const Host& host, const std::string& message) {
  machine().report.find(
    {FindingKind::kMisuse,
     host.rank,
     message + " on rank " + std::to_string(host.rank) + " (" + describe(current_site()) + ")",
     {line_of(current_site())}}
  );
}

CUstream_st& stream_of(Host& host, cudaStream_t handle) {
  if (handle != nullptr && handle != cudaStreamLegacy && handle != cudaStreamPerThread) return *handle;
  if (!host.legacy) {
    host.legacy = std::make_unique<CUstream_st>();
    host.legacy->rank = host.rank;
    host.legacy->name = "the default stream";
    host.legacy->blocking = true;
    host.legacy->component = machine().detector.add_component(host.rank, host.legacy->name);
    machine().scheduler.welcome(*host.legacy);
  }
  return *host.legacy;
}

void issue(Host& host, CUstream_st& stream, std::shared_ptr<Operation> operation) {
  operation->number = host.issued++;
  operation->host = host.known();
  // What the host does from this call on is not behind it.
  operation->host_tick = host.tick - 1;
  operation->issued(stream);
  stream.queue.push_back(std::move(operation));
  if (stream.queue.size() == 1) machine().scheduler.look(stream);
}

void enqueue(Host& host, CUstream_st& stream, std::shared_ptr<Operation> operation) {
  if (stream.capture != nullptr) return append(*stream.capture, stream, std::move(operation));
  if (host.legacy && stream.blocking) order_with_legacy(host, stream);
  issue(host, stream, std::move(operation));
}

bool wait_until_idle(Host& host, CUstream_st& stream, const std::string& what) {
  while (!stream.queue.empty()) {
    stream.hosts.push_back(host.waiter());
    if (!machine().hosts.block(host, what)) return false;
  }
  host.learn(stream.clock);
  return true;
}

bool wait_for(Host& host, Record& record, const std::string& what) {
  while (!record.done) {
    record.hosts.push_back(host.waiter());
    if (!machine().hosts.block(host, what)) return false;
  }
  host.learn(record.clock);
  return true;
}

cudaError_t refuse_while_capturing(Host& host, const char* name) {
  if (host.captures == 0) return cudaSuccess;
  invalidate_captures(host, std::string(name) + " while a stream is captured");
  return fail(host, cudaErrorStreamCaptureUnsupported);
}

}  // namespace weft::emulation
