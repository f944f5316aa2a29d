#include "emulation/deadlock.h"

#include "emulation/clique.h"
#include "emulation/machine.h"
#include "emulation/transfer.h"

namespace weft::emulation {
namespace {

/** The queued operation of a rank that would be the other end, if only it were on the same communicator. */
const TransferOperation* elsewhere(const TransferOperation& operation, const Item& item) {
  const ncclComm& comm = operation.comm();
  const ncclComm& peer = *comm.clique->members[static_cast<std::size_t>(item.peer)];
  const ItemKind wanted = item.kind == ItemKind::kSend ? ItemKind::kReceive : ItemKind::kSend;
  const Host& host = machine().hosts.of(peer.rank);
  for (const auto& stream : host.streams) {
    if (stream->queue.empty()) continue;
    const auto* other = dynamic_cast<const TransferOperation*>(stream->queue.front().get());
    if (other == nullptr || other->comm().clique == comm.clique) continue;
    for (const Item& candidate : other->items()) {
      const ncclComm& target = *other->comm().clique->members[static_cast<std::size_t>(candidate.peer)];
      if (candidate.kind == wanted && !candidate.done && target.rank == comm.rank) return other;
    }
  }
  return nullptr;
}

std::string unmatched(const TransferOperation& operation) {
  std::string text;
  int count = 0;
  for (const Item& item : operation.items()) {
    if (item.done || ++count > 4) continue;
    text += "; no other end for " + operation.describe(item) + " (" + describe(item.site) + ")";
    if (is_collective(item.kind)) continue;
    const ncclComm& peer = *operation.comm().clique->members[static_cast<std::size_t>(item.peer)];
    const std::string rank = "rank " + std::to_string(peer.rank);
    if (const TransferOperation* other = elsewhere(operation, item)) {
      text += ": " + rank + " has it on another communicator, " + describe(*other->comm().clique) + " (" +
        describe(other->site) + ")";
    } else if (peer.queue.empty()) {
      text += ": " + rank + " has issued nothing more on it";
    } else {
      text += ": " + rank + " is at " + peer.queue.front()->describe() + " (" +
        describe(peer.queue.front()->site) + ")";
    }
  }
  if (count > 4) text += "; and " + std::to_string(count - 4) + " more";
  return text;
}

/** Why the head of a stream does not go on. */
std::string reason(const TransferOperation& operation) {
  if (operation.started()) return unmatched(operation);
  const TransferOperation* first = operation.comm().queue.front();
  if (first != &operation) {
    return "; the communicator has " + first->describe() + " (" + describe(first->site) + ") to do before it";
  }
  const TransferOperation* resident = machine().hosts.of(operation.comm().rank).resident;
  if (resident != nullptr) {
    return "; the GPU is taken by " + resident->describe() + " (" + describe(resident->site) +
      "): two communicators whose operations need not fit on it together run in different orders on "
      "different ranks";
  }
  return "; its other streams have not come to it";
}

}  // namespace

void report_deadlock() {
  for (const auto& host : machine().hosts.all()) {
    std::string text;
    std::vector<std::string> lines;
    if (host->state == HostState::kWaiting) {
      text = "the host waits in " + host->waits_for + " (" + describe(host->waits_at) + ")";
      lines.push_back(line_of(host->waits_at));
    }
    for (const auto& stream : host->streams) {
      if (stream->queue.empty()) continue;
      const Operation& head = *stream->queue.front();
      text += (text.empty() ? "" : "; ") + std::string("stream ") + stream->name + " waits at " +
        head.describe() + " (" + describe(head.site) + ")";
      lines.push_back(line_of(head.site));
      if (const auto* transfer = dynamic_cast<const TransferOperation*>(&head)) text += reason(*transfer);
    }
    if (text.empty()) continue;
    machine().report.find(
      {FindingKind::kDeadlock,
       host->rank,
       "rank " + std::to_string(host->rank) + " waits for ever: " + text,
       lines}
    );
  }
}

}  // namespace weft::emulation
