// One process for each GPU: finds out which rank it is, meets the others, and runs the program of its rank.
#include <cuda_runtime.h>
#include <nccl.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "runtime/check.h"
#include "runtime/launcher.h"
#include "runtime/meeting.h"
#include "runtime/options.h"
#include "runtime/run_rank.h"
#include "runtime/tcp_peers.h"
#include "runtime/versions.h"

#ifdef WEFT_WITH_MPI
#include "runtime/launcher_mpi.h"
#endif

namespace weft {
namespace {

constexpr int kUsageError = 2;

/** The GPU of the process, before anything else touches one. */
void take_device(const Seat& seat) {
  int devices = 0;
  CUDA_CHECK(cudaGetDeviceCount(&devices));
  if (devices == 0) throw Failure("there is no GPU");
  // Launchers that show each process its own GPU alone leave it no choice.
  const int device = devices == 1 ? 0 : seat.local_rank;
  if (device >= devices)
    throw Failure(
      format("rank %d is number %d on its host, which has %d GPUs", seat.rank, seat.local_rank, devices)
    );
  CUDA_CHECK(cudaSetDevice(device));
}

/** Rank 0 keeps the meeting that the others come to. */
std::unique_ptr<Meeting> open_meeting(const Seat& seat) {
  if (seat.rank != 0) return nullptr;
  ncclUniqueId id;
  NCCL_CHECK(ncclGetUniqueId(&id), nullptr);
  return std::make_unique<Meeting>(seat.port, seat.world, kPlanFacts.plan_sha256, id);
}

int run_process(Seat seat, const Options& options, const std::unique_ptr<Meeting>& meeting) {
  TcpPeers peers(
    seat.rank, seat.world, kPlanFacts.plan_sha256, seat.address, seat.port, options.timeout_seconds
  );
  if (seat.rank == 0 && meeting != nullptr) print_versions();
  return run_rank(seat.rank, seat.world, peers.id(), options, peers);
}

int start([[maybe_unused]] int& argc, [[maybe_unused]] char**& argv, const Options& options) {
#ifdef WEFT_WITH_MPI
  const Mpi mpi(&argc, &argv);
  Seat seat = mpi.seat();
  // Any port will do: all ranks are told.
  seat.port = 0;
#else
  Seat seat = find_seat();
#endif
  host_rank = seat.rank;
  if (seat.world != kPlanFacts.world)
    throw Failure(format("the plan is for %d ranks, and %d were launched", kPlanFacts.world, seat.world));
  check_versions();
  check_environment(seat.rank);
  take_device(seat);
  const std::unique_ptr<Meeting> meeting = open_meeting(seat);
#ifdef WEFT_WITH_MPI
  if (meeting != nullptr) seat.port = meeting->port();
  mpi.tell_meeting(seat);
#endif
  return run_process(seat, options, meeting);
}

}  // namespace
}  // namespace weft

int main(int argc, char** argv) {
  try {
    const weft::Options options = weft::Options::parse(std::vector<std::string>(argv + 1, argv + argc));
    if (options.help) {
      std::printf("usage: %s [options]\n%s", argv[0], weft::Options::usage());
      return EXIT_SUCCESS;
    }
    return weft::start(argc, argv, options);
  } catch (const weft::CommandLineError& error) {
    std::fprintf(stderr, "%s: %s\n%s", argv[0], error.what(), weft::Options::usage());
    return weft::kUsageError;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "weft: %s\n", error.what());
    return EXIT_FAILURE;
  }
}
