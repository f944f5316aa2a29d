/** NCCL's functions that move data: gathered until the outermost group ends, then put on their streams. */
#include <nccl.h>

#include <algorithm>
#include <utility>

#include "emulation/api.h"
#include "emulation/clique.h"
#include "emulation/machine.h"

namespace weft::emulation {
namespace {

/** The injected error: from this operation on the communicators of the rank do nothing, and everybody on them is told. */
void inject_fault(Host& host) {
  const Fault& fault = machine().settings.fault;
  if (fault.kind != FaultKind::kNccl || fault.rank != host.rank || ++host.transfers < fault.number) return;
  if (host.transfers == fault.number) {
    machine().report.find(
      {FindingKind::kFault,
       host.rank,
       "rank " + std::to_string(host.rank) + " has an asynchronous error of NCCL from its operation " +
         std::to_string(host.transfers) + " on (" + describe(current_site()) + ")",
       {line_of(current_site())}}
    );
  }
  for (const GroupedItem& grouped : host.group) {
    for (ncclComm* member : grouped.comm->clique->members) {
      member->error = member->rank == host.rank ? ncclSystemError : ncclRemoteError;
      member->last_error = "rank " + std::to_string(host.rank) + " has failed";
    }
  }
}

/** One operation for each communicator of the group, in the order in which they appear. */
void put_on_streams(Host& host) {
  if (host.group.empty()) return;
  inject_fault(host);
  std::vector<GroupedItem> group = std::exchange(host.group, {});
  while (!group.empty()) {
    ncclComm* comm = group.front().comm;
    const auto others = std::stable_partition(group.begin(), group.end(), [&](const GroupedItem& grouped) {
      return grouped.comm == comm;
    });
    std::vector<Item> items;
    std::vector<CUstream_st*> streams;
    for (auto grouped = group.begin(); grouped != others; ++grouped) {
      items.push_back(grouped->item);
      if (std::find(streams.begin(), streams.end(), grouped->stream) == streams.end())
        streams.push_back(grouped->stream);
    }
    group.erase(group.begin(), others);
    const bool captured = streams.front()->capture != nullptr;
    const auto operation = std::make_shared<TransferOperation>(
      *comm, std::move(items), static_cast<int>(streams.size()), captured
    );
    operation->site = operation->items().front().site;
    for (CUstream_st* stream : streams) {
      if ((stream->capture != nullptr) != captured)
        misuse(host, "a group of streams of which only some are captured");
      enqueue(host, *stream, operation);
    }
  }
}

bool is_usable(const Host& host, const ncclComm* comm, const char* name, int peer) {
  if (comm->gone || comm->finalized) {
    misuse(host, std::string(name) + " on " + describe(*comm->clique) + ", which is gone");
    return false;
  }
  if (peer < 0 || static_cast<std::size_t>(peer) >= comm->clique->size()) {
    misuse(host, std::string(name) + " with peer " + std::to_string(peer) + " on " + describe(*comm->clique));
    return false;
  }
  return true;
}

ncclResult_t add(const char* name, ncclComm_t comm, cudaStream_t stream, Item item) {
  Host& host = enter(name);
  if (!is_usable(host, comm, name, item.peer)) return ncclInvalidArgument;
  item.name = name;
  item.site = current_site();
  host.group.push_back({comm, &stream_of(host, stream), item});
  if (host.group_depth == 0) put_on_streams(host);
  return ncclSuccess;
}

}  // namespace
}  // namespace weft::emulation

using namespace weft::emulation;

ncclResult_t ncclGroupStart() {
  ++enter("ncclGroupStart").group_depth;
  return ncclSuccess;
}

ncclResult_t ncclGroupEnd() {
  Host& host = enter("ncclGroupEnd");
  if (host.group_depth == 0) {
    misuse(host, "ncclGroupEnd without ncclGroupStart");
    return ncclInvalidUsage;
  }
  if (--host.group_depth == 0) put_on_streams(host);
  return ncclSuccess;
}

ncclResult_t ncclSend(
  const void* data, std::size_t count, ncclDataType_t type, int peer, ncclComm_t comm, cudaStream_t stream
) {
  return add("ncclSend", comm, stream, {ItemKind::kSend, data, nullptr, count, type, ncclSum, peer, "", 0});
}

ncclResult_t ncclRecv(
  void* data, std::size_t count, ncclDataType_t type, int peer, ncclComm_t comm, cudaStream_t stream
) {
  return add(
    "ncclRecv", comm, stream, {ItemKind::kReceive, nullptr, data, count, type, ncclSum, peer, "", 0}
  );
}

ncclResult_t ncclAllReduce(
  const void* from,
  void* to,
  std::size_t count,
  ncclDataType_t type,
  ncclRedOp_t reduction,
  ncclComm_t comm,
  cudaStream_t stream
) {
  return add(
    "ncclAllReduce", comm, stream, {ItemKind::kAllReduce, from, to, count, type, reduction, 0, "", 0}
  );
}

ncclResult_t ncclAllGather(
  const void* from, void* to, std::size_t count, ncclDataType_t type, ncclComm_t comm, cudaStream_t stream
) {
  return add("ncclAllGather", comm, stream, {ItemKind::kAllGather, from, to, count, type, ncclSum, 0, "", 0});
}

#if NCCL_VERSION_CODE >= NCCL_VERSION(2, 28, 0)
ncclResult_t ncclAlltoAll(
  const void* from, void* to, std::size_t count, ncclDataType_t type, ncclComm_t comm, cudaStream_t stream
) {
  Host& host = enter("ncclAlltoAll");
  ++host.group_depth;
  const std::size_t bytes = count * bytes_of(type);
  const auto* sends = static_cast<const std::byte*>(from);
  auto* receives = static_cast<std::byte*>(to);
  ncclResult_t result = ncclSuccess;
  for (std::size_t peer = 0; peer < comm->clique->size() && result == ncclSuccess; ++peer) {
    const int rank = static_cast<int>(peer);
    result = add(
      "ncclAlltoAll",
      comm,
      stream,
      {ItemKind::kSend, sends + peer * bytes, nullptr, count, type, ncclSum, rank, "", 0}
    );
    if (result != ncclSuccess) break;
    result = add(
      "ncclAlltoAll",
      comm,
      stream,
      {ItemKind::kReceive, nullptr, receives + peer * bytes, count, type, ncclSum, rank, "", 0}
    );
  }
  if (--host.group_depth == 0) put_on_streams(host);
  return result;
}
#endif
