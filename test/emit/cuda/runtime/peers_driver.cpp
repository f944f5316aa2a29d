// Ranks as processes that meet over TCP: what each of them learns, by the scenario that stdin names.
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "runtime/check.h"
#include "runtime/meeting.h"
#include "runtime/tcp_peers.h"

namespace {

constexpr int kWorld = 4;
constexpr double kTimeout = 4;

ncclUniqueId some_id() {
  ncclUniqueId id = {};
  for (std::size_t at = 0; at < sizeof id; ++at) reinterpret_cast<char*>(&id)[at] = static_cast<char>(at);
  return id;
}

void sleep_for(double seconds) {
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
}

/** A port that nobody listens at. */
int free_port() {
  return weft::Listener(0).port();
}

/** Runs each rank as a process; this one is that of rank 0. */
int run(const std::function<void(int rank, int port)>& of_rank) {
  const int port = free_port();
  std::vector<pid_t> children;
  for (int rank = 1; rank < kWorld; ++rank) {
    const pid_t child = fork();
    if (child == 0) {
      of_rank(rank, port);
      std::fflush(stdout);
      _exit(0);
    }
    children.push_back(child);
  }
  of_rank(0, port);
  for (const pid_t child : children) waitpid(child, nullptr, 0);
  return 0;
}

/** One rank, from the meeting on; what is thrown is printed. */
void take_part(
  int rank,
  int port,
  const char* plan,
  const std::function<void(weft::TcpPeers&)>& act,
  double timeout = kTimeout
) {
  try {
    std::unique_ptr<weft::Meeting> meeting;
    const ncclUniqueId id = some_id();
    if (rank == 0) meeting = std::make_unique<weft::Meeting>(port, kWorld, "a plan", id);
    weft::TcpPeers peers(rank, kWorld, plan, "127.0.0.1", port, timeout);
    if (std::memcmp(&peers.id(), &id, sizeof id) != 0) std::printf("rank %d has another id\n", rank);
    weft::Progress progress;
    progress.launches = static_cast<std::uint64_t>(100 - rank);
    progress.layer = 7;
    progress.launch = "moe.dispatch";
    peers.watch(progress);
    act(peers);
  } catch (const weft::Failure& failure) {
    std::printf("%d: %s\n", rank, failure.what());
  }
}

/** Waits until another rank has failed, and prints why. */
void print_failure(weft::TcpPeers& peers, int rank) {
  for (int tenth = 0; tenth < 50 && !peers.somebody_failed(); ++tenth) sleep_for(0.1);
  std::printf("%d: %s\n", rank, weft::who_failed(peers.places(), rank).c_str());
}

int run_scenario(const std::string& scenario) {
  return run([&](int rank, int port) {
    if (scenario == "another plan" && rank == 3) {
      take_part(rank, port, "another plan", [](weft::TcpPeers&) {});
      return;
    }
    if (scenario == "missing" && rank == 3) return;
    if (scenario == "giving up") {
      // Rank 2 goes while the others still wait for rank 3.
      if (rank != 3)
        take_part(rank, port, "a plan", [](weft::TcpPeers&) {}, rank == 2 ? kTimeout / 4 : kTimeout);
      return;
    }
    take_part(rank, port, "a plan", [&](weft::TcpPeers& peers) {
      if (scenario == "behind") {
        sleep_for(2);
        std::printf("%d: %s\n", rank, weft::who_is_behind(peers.places(), rank).c_str());
        sleep_for(1);
      } else if (scenario == "failure") {
        if (rank == 2)
          peers.tell_failure("out of memory");
        else
          print_failure(peers, rank);
        sleep_for(1);
      } else if (scenario == "killed") {
        if (rank == 2) _exit(9);
        print_failure(peers, rank);
        sleep_for(1);
      }
    });
  });
}

}  // namespace

int main() {
  char line[64] = {};
  if (std::fgets(line, sizeof line, stdin) == nullptr) return 2;
  std::string scenario = line;
  while (!scenario.empty() && scenario.back() == '\n') scenario.pop_back();
  return run_scenario(scenario);
}
