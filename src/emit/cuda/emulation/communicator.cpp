/** NCCL's functions that make communicators and let them go. */
#include <nccl.h>

#include <cstdio>
#include <cstring>
#include <map>
#include <utility>

#include "emulation/api.h"
#include "emulation/clique.h"
#include "emulation/machine.h"
#include "emulation/memory.h"
#include "emulation/rendezvous.h"

namespace weft::emulation {
namespace {

std::string last_error;

ncclResult_t fail_nccl(ncclResult_t result, const std::string& why) {
  last_error = why;
  return result;
}

std::shared_ptr<Rendezvous> place(const std::string& name, int size) {
  static std::map<std::string, std::shared_ptr<Rendezvous>> places;
  std::shared_ptr<Rendezvous>& found = places[name];
  if (!found) {
    found = std::make_shared<Rendezvous>();
    found->arrivals.resize(static_cast<std::size_t>(size));
  }
  return found;
}

/** Ranks of `clique`, or all, that will never come. */
std::string who_is_missing(const Rendezvous& rendezvous) {
  std::string ranks;
  for (std::size_t i = 0; i < rendezvous.arrivals.size(); ++i) {
    if (rendezvous.arrivals[i].host == nullptr)
      ranks += (ranks.empty() ? "rank " : ", rank ") + std::to_string(i);
  }
  return ranks;
}

ncclResult_t make(
  Host& host,
  const char* name,
  const std::shared_ptr<Rendezvous>& where,
  int self,
  Arrival arrival,
  const ncclConfig_t* config,
  ncclComm_t* result
) {
  *result = nullptr;
  if (refuse_while_capturing(host, name) != cudaSuccess)
    return fail_nccl(ncclInvalidUsage, "a stream is being captured");
  if (config != nullptr) {
    if (config->commName != nullptr) arrival.name = config->commName;
    arrival.least_ctas = config->minCTAs;
    arrival.most_ctas = config->maxCTAs;
  }
  arrival.host = &host;
  arrival.site = current_site();
  if (!meet(where, self, arrival, name)) {
    return fail_nccl(ncclRemoteError, std::string(name) + ": nobody has heard of " + who_is_missing(*where));
  }
  *result = where->arrivals[static_cast<std::size_t>(self)].made;
  return ncclSuccess;
}

void check_unused(Host& host, const ncclComm& comm, const char* name) {
  if (comm.queue.empty()) return;
  misuse(
    host,
    std::string(name) + " of " + describe(*comm.clique) + ", which still has to do " +
      comm.queue.front()->describe()
  );
}

}  // namespace
}  // namespace weft::emulation

using namespace weft::emulation;

ncclResult_t ncclGetVersion(int* version) {
  *version = NCCL_VERSION_CODE;
  return ncclSuccess;
}

ncclResult_t ncclGetUniqueId(ncclUniqueId* id) {
  static int ids = 0;
  std::memset(id, 0, sizeof *id);
  std::snprintf(id->internal, sizeof id->internal, "emulated %d", ++ids);
  return ncclSuccess;
}

ncclResult_t ncclCommInitRankConfig(
  ncclComm_t* comm, int ranks, ncclUniqueId id, int rank, ncclConfig_t* config
) {
  Host& host = enter("ncclCommInitRankConfig");
  if (ranks < 1 || rank < 0 || rank >= ranks) return fail_nccl(ncclInvalidArgument, "no such rank");
  const std::string key(id.internal, sizeof id.internal);
  const std::shared_ptr<Rendezvous> where = place(key, ranks);
  if (where->arrivals.size() != static_cast<std::size_t>(ranks)) {
    machine().report.find(
      {FindingKind::kMismatch,
       host.rank,
       "rank " + std::to_string(host.rank) + " makes a communicator of " + std::to_string(ranks) +
         " ranks where others make one of " + std::to_string(where->arrivals.size()),
       {line_of(current_site())}}
    );
    return fail_nccl(ncclInvalidArgument, "the number of ranks differs between ranks");
  }
  Arrival arrival;
  arrival.key = rank;
  arrival.name = "world";
  return make(host, "ncclCommInitRankConfig", where, rank, arrival, config, comm);
}

ncclResult_t ncclCommInitRank(ncclComm_t* comm, int ranks, ncclUniqueId id, int rank) {
  return ncclCommInitRankConfig(comm, ranks, id, rank, nullptr);
}

ncclResult_t ncclCommSplit(ncclComm_t comm, int color, int key, ncclComm_t* part, ncclConfig_t* config) {
  Host& host = enter("ncclCommSplit");
  char address[32];
  std::snprintf(address, sizeof address, "%p", static_cast<void*>(comm->clique.get()));
  const std::string name = std::string("split ") + address + " " + std::to_string(comm->splits++);
  Arrival arrival;
  arrival.color = color;
  arrival.key = key;
  arrival.name = "a part of " + comm->clique->name;
  return make(
    host,
    "ncclCommSplit",
    place(name, static_cast<int>(comm->clique->size())),
    comm->self,
    arrival,
    config,
    part
  );
}

ncclResult_t ncclCommFinalize(ncclComm_t comm) {
  Host& host = enter("ncclCommFinalize");
  while (!comm->queue.empty()) {
    comm->hosts.push_back(host.waiter());
    if (!machine().hosts.block(host, "ncclCommFinalize of " + describe(*comm->clique))) {
      return fail_nccl(ncclRemoteError, "operations of the communicator do not end");
    }
  }
  comm->finalized = true;
  return ncclSuccess;
}

ncclResult_t ncclCommDestroy(ncclComm_t comm) {
  Host& host = enter("ncclCommDestroy");
  if (comm->gone) {
    misuse(host, "ncclCommDestroy of a communicator that is gone");
    return fail_nccl(ncclInvalidArgument, "the communicator is gone");
  }
  check_unused(host, *comm, "ncclCommDestroy");
  // Others may still have operations that name it; the object stays.
  comm->gone = true;
  return ncclSuccess;
}

ncclResult_t ncclCommAbort(ncclComm_t comm) {
  Host& host = enter("ncclCommAbort");
  // What has been issued and can run does so first: a rank that fails for what a race did to it would else hide the race.
  if (!host.aborted) {
    while (machine().scheduler.step()) {
    }
  }
  host.aborted = true;
  machine().detector.forgive(host.rank);
  comm->gone = true;
  for (TransferOperation* operation : std::exchange(comm->queue, {})) operation->drop();
  return ncclSuccess;
}

ncclResult_t ncclCommGetAsyncError(ncclComm_t comm, ncclResult_t* error) {
  enter("ncclCommGetAsyncError");
  *error = comm->error;
  if (comm->error != ncclSuccess) last_error = comm->last_error;
  return ncclSuccess;
}

ncclResult_t ncclCommCount(const ncclComm_t comm, int* count) {
  *count = static_cast<int>(comm->clique->size());
  return ncclSuccess;
}

ncclResult_t ncclCommCuDevice(const ncclComm_t, int* device) {
  *device = 0;
  return ncclSuccess;
}

ncclResult_t ncclCommUserRank(const ncclComm_t comm, int* rank) {
  *rank = comm->self;
  return ncclSuccess;
}

ncclResult_t ncclCommRegister(const ncclComm_t, void* buffer, std::size_t bytes, void** handle) {
  Host& host = enter("ncclCommRegister");
  const Allocation* allocation = machine().region.find(buffer);
  if (
    allocation == nullptr || allocation->freed || static_cast<std::byte*>(buffer) + bytes > allocation->end()
  ) {
    misuse(host, "ncclCommRegister of memory that is not allocated");
    return fail_nccl(ncclInvalidArgument, "the memory is not allocated");
  }
  *handle = buffer;
  return ncclSuccess;
}

ncclResult_t ncclCommDeregister(const ncclComm_t, void*) {
  enter("ncclCommDeregister");
  return ncclSuccess;
}

ncclResult_t ncclMemAlloc(void** pointer, std::size_t bytes) {
  return allocate(enter("ncclMemAlloc"), "ncclMemAlloc", pointer, bytes, MemoryKind::kDevice) == cudaSuccess
    ? ncclSuccess
    : fail_nccl(ncclUnhandledCudaError, "out of memory");
}

ncclResult_t ncclMemFree(void* pointer) {
  return release(enter("ncclMemFree"), "ncclMemFree", pointer, MemoryKind::kDevice) == cudaSuccess
    ? ncclSuccess
    : ncclInvalidArgument;
}

const char* ncclGetErrorString(ncclResult_t result) {
  constexpr const char* kTexts[] = {
    "no error",
    "unhandled cuda error",
    "unhandled system error",
    "internal error",
    "invalid argument",
    "invalid usage",
    "remote process exited or there was a network error",
    "NCCL operation in progress"
  };
  const auto index = static_cast<std::size_t>(result);
  return index < sizeof kTexts / sizeof kTexts[0] ? kTexts[index] : "unknown result code";
}

const char* ncclGetLastError(ncclComm_t) {
  return last_error.c_str();
}
