/** Sends and receives that meet, and collectives that everybody has come to. */
#include <algorithm>
#include <cstring>
#include <utility>

#include "emulation/clique.h"
#include "emulation/machine.h"
#include "emulation/marks.h"
#include "emulation/transfer.h"

namespace weft::emulation {
namespace {

void find_mismatch(const Posted& first, const Posted& second, const std::string& what) {
  const auto end = [](const Posted& posted) {
    return "rank " + std::to_string(posted.operation->comm().rank) + " " +
      posted.operation->describe(posted.item()) + " (" + describe(posted.item().site) + ")";
  };
  machine().report.find(
    {FindingKind::kMismatch,
     second.operation->comm().rank,
     what + ": " + end(first) + ", but " + end(second),
     {line_of(first.item().site), line_of(second.item().site)}}
  );
}

void check_captured(const Posted& first, const Posted& second) {
  if (first.operation->captured() == second.operation->captured()) return;
  const bool is_first = first.operation->captured();
  find_mismatch(is_first ? first : second, is_first ? second : first, "captured in a graph on one side only");
}

void transfer(const Posted& send, const Posted& receive) {
  Item& from = send.item();
  Item& to = receive.item();
  if (from.bytes() != to.bytes() || from.type != to.type) {
    find_mismatch(send, receive, from.type == to.type ? "sizes differ" : "types differ");
  }
  check_captured(send, receive);
  const std::size_t bytes = std::min(from.bytes(), to.bytes());
  Detector& detector = machine().detector;
  const Clock& sender = send.operation->known();
  detector.access(from.from, bytes, Mode::kRead, send.operation->act(from), Known{sender});
  detector.access(
    to.to, to.bytes(), Mode::kWrite, receive.operation->act(to), Known{receive.operation->known(), &sender}
  );
  {
    const Quiet quiet;
    std::memmove(to.to, from.from, bytes);
  }
  ++machine().report.transfers;
  machine().report.bytes += bytes;
  send.operation->item_done(from, nullptr);
  receive.operation->item_done(to, &sender);
}

/** `bytes`: what each end has at least. `all`: what their devices know together. */
void all_reduce(const std::vector<Posted>& ends, std::size_t bytes, const Clock& all) {
  const Posted& first = ends.front();
  const Item& model = first.item();
  Detector& detector = machine().detector;
  std::vector<std::byte> sum;
  std::vector<ActId> acts;
  const std::size_t count = bytes / bytes_of(model.type);
  const Quiet quiet;
  for (const Posted& end : ends) {
    const Item& item = end.item();
    // One act reads and writes: the result may take the place of the input.
    acts.push_back(end.operation->act(item));
    detector.access(item.from, bytes, Mode::kRead, acts.back(), Known{end.operation->known()});
    const auto* values = static_cast<const std::byte*>(item.from);
    if (sum.empty()) {
      sum.assign(values, values + bytes);
    } else if (!reduce_into(sum.data(), values, count, model.type, model.reduction)) {
      find_mismatch(first, end, "the emulation does not reduce such values");
    }
  }
  if (model.reduction == ncclAvg) divide(sum.data(), count, model.type, ends.size());
  for (std::size_t i = 0; i < ends.size(); ++i) {
    const Item& item = ends[i].item();
    detector.access(item.to, bytes, Mode::kWrite, acts[i], Known{ends[i].operation->known(), &all});
    std::memcpy(item.to, sum.data(), bytes);
  }
}

/** Everybody gets what everybody has, in order of the ranks. */
void all_gather(std::vector<Posted> ends, std::size_t bytes, const Clock& all) {
  std::sort(ends.begin(), ends.end(), [](const Posted& one, const Posted& other) {
    return one.operation->comm().self < other.operation->comm().self;
  });
  Detector& detector = machine().detector;
  std::vector<std::byte> gathered;
  std::vector<ActId> acts;
  const Quiet quiet;
  for (const Posted& end : ends) {
    const Item& item = end.item();
    acts.push_back(end.operation->act(item));
    detector.access(item.from, bytes, Mode::kRead, acts.back(), Known{end.operation->known()});
    const auto* values = static_cast<const std::byte*>(item.from);
    gathered.insert(gathered.end(), values, values + bytes);
  }
  for (std::size_t i = 0; i < ends.size(); ++i) {
    const Item& item = ends[i].item();
    detector.access(item.to, gathered.size(), Mode::kWrite, acts[i], Known{ends[i].operation->known(), &all});
    std::memcpy(item.to, gathered.data(), gathered.size());
  }
}

/** A collective that everybody has come to. */
void meet_all(Clique& clique) {
  const std::vector<Posted> ends = std::exchange(clique.arrived, {});
  const Posted& first = ends.front();
  const Item& model = first.item();
  std::size_t bytes = model.bytes();
  Clock all;
  for (const Posted& end : ends) {
    const Item& item = end.item();
    if (
      item.kind != model.kind || item.count != model.count || item.type != model.type ||
      item.reduction != model.reduction
    ) {
      find_mismatch(first, end, "collectives differ");
    }
    check_captured(first, end);
    bytes = std::min(bytes, item.bytes());
    all.join(end.operation->known());
  }
  if (model.kind == ItemKind::kAllReduce)
    all_reduce(ends, bytes, all);
  else
    all_gather(ends, bytes, all);
  ++machine().report.transfers;
  machine().report.bytes += bytes;
  for (const Posted& end : ends) end.operation->item_done(end.item(), &all);
  for (const Posted& end : ends) end.operation->finish_if_done();
}

}  // namespace

void post(TransferOperation& operation, std::size_t index) {
  const Item& item = operation.item(index);
  ncclComm& comm = operation.comm();
  Clique& clique = *comm.clique;
  const Posted own{&operation, index};
  if (is_collective(item.kind)) {
    clique.arrived.push_back(own);
    if (clique.arrived.size() == clique.size()) meet_all(clique);
    return;
  }
  const bool sends = item.kind == ItemKind::kSend;
  Channel& channel = sends ? clique.channel(comm.self, item.peer) : clique.channel(item.peer, comm.self);
  std::deque<Posted>& others = sends ? channel.receives : channel.sends;
  if (others.empty()) {
    (sends ? channel.sends : channel.receives).push_back(own);
    return;
  }
  const Posted other = others.front();
  others.pop_front();
  if (sends) {
    transfer(own, other);
  } else {
    transfer(other, own);
  }
  if (other.operation != &operation) other.operation->finish_if_done();
}

void withdraw(TransferOperation& operation) {
  Clique& clique = *operation.comm().clique;
  const auto is_own = [&](const Posted& posted) { return posted.operation == &operation; };
  const auto erase = [&](auto& list) {
    list.erase(std::remove_if(list.begin(), list.end(), is_own), list.end());
  };
  for (Channel& channel : clique.channels) {
    erase(channel.sends);
    erase(channel.receives);
  }
  erase(clique.arrived);
}

}  // namespace weft::emulation
