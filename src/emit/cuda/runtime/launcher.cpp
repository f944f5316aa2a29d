#include "runtime/launcher.h"

#include <cstdlib>
#include <initializer_list>
#include <optional>

#include "runtime/check.h"

namespace weft {
namespace {

/** torchrun's default. */
constexpr int kDefaultPort = 29500;
constexpr int kMostPort = 65535;

std::optional<std::string> variable(const char* name) {
  const char* const value = std::getenv(name);
  if (value == nullptr || *value == '\0') return std::nullopt;
  return value;
}

/** The first of some variables that is set, as a whole number. */
std::optional<int> number(std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const std::optional<std::string> text = variable(name);
    if (!text) continue;
    char* end = nullptr;
    const long value = std::strtol(text->c_str(), &end, 10);
    if (*end != '\0' || value < 0 || value > 1'000'000)
      throw Failure(format("%s is %s, which is no number of a rank or port", name, text->c_str()));
    return static_cast<int>(value);
  }
  return std::nullopt;
}

/** Whether all ranks are on this host, as far as the launcher says so. */
bool on_one_host(int world) {
  return number({"LOCAL_WORLD_SIZE", "OMPI_COMM_WORLD_LOCAL_SIZE", "MPI_LOCALNRANKS"}).value_or(0) == world ||
    number({"SLURM_NNODES"}).value_or(0) == 1;
}

std::string meeting_address(int world) {
  if (const auto address = variable("MASTER_ADDR")) return *address;
  if (world == 1 || on_one_host(world)) return "127.0.0.1";
  if (const auto address = variable("SLURM_LAUNCH_NODE_IPADDR")) return *address;
  throw Failure("MASTER_ADDR is not set: ranks on several hosts need the address of rank 0 to meet");
}

int meeting_port() {
  const int port = number({"MASTER_PORT"}).value_or(kDefaultPort);
  // torchrun itself may listen there.
  const bool taken = variable("TORCHELASTIC_USE_AGENT_STORE").value_or("") == "True";
  if (port + 1 > kMostPort) throw Failure(format("MASTER_PORT is %d, too large for a port", port));
  return taken ? port + 1 : port;
}

}  // namespace

Seat find_seat() {
  Seat seat;
  const auto rank = number({"RANK", "OMPI_COMM_WORLD_RANK", "PMI_RANK", "PMIX_RANK", "SLURM_PROCID"});
  const auto world = number({"WORLD_SIZE", "OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_NTASKS"});
  if (rank.has_value() != world.has_value())
    throw Failure(
      "the launcher tells only one of this process' rank and their number; use mpirun, torchrun or srun"
    );
  seat.rank = rank.value_or(0);
  seat.world = world.value_or(1);
  const auto local = number({"LOCAL_RANK", "OMPI_COMM_WORLD_LOCAL_RANK", "MPI_LOCALRANKID", "SLURM_LOCALID"});
  if (!local && seat.world > 1)
    throw Failure("the launcher does not tell this process' rank on its host; set LOCAL_RANK");
  seat.local_rank = local.value_or(0);
  if (seat.rank >= seat.world) throw Failure(format("there is no rank %d of %d", seat.rank, seat.world));
  seat.address = meeting_address(seat.world);
  seat.port = meeting_port();
  return seat;
}

}  // namespace weft
