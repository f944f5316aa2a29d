// Peers whose ranks are processes: each tells the meeting where it is, and asks it about the others.
#pragma once

#include <nccl.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "runtime/connection.h"
#include "runtime/peers.h"

namespace weft {

class TcpPeers final : public Peers {
 public:
  /** Returns when all ranks are there. @throws Failure when they are not in time */
  TcpPeers(
    int rank, int world, const std::string& plan, const std::string& address, int port, double timeout_seconds
  );
  ~TcpPeers() override;

  /** The id of the NCCL world, which all ranks have got. */
  const ncclUniqueId& id() const { return id_; }

  void watch(const Progress& own) override;
  std::vector<Place> places() override;
  void tell_failure(const std::string& message) override;
  bool somebody_failed() const override { return failed_; }
  void leave() override;

 private:
  using Clock = std::chrono::steady_clock;

  void wait_for_welcome();
  [[noreturn]] void name_missing();
  void talk();
  void take(const Note& note);
  void send(const Note& note);
  Place own_place();
  /**
   * Ends the process where its host has been inside of one call for too long: it cannot be called back from
   * there.
   */
  void check_blocked();

  const int rank_;
  const double timeout_;
  Connection connection_;
  ncclUniqueId id_ = {};
  std::mutex sending_;
  std::mutex mutex_;
  std::condition_variable changed_;
  const Progress* own_ = nullptr;
  std::vector<Place> places_;
  /** Answers to a question that have not come yet. */
  std::size_t awaited_ = 0;
  const char* blocked_in_ = nullptr;
  Clock::time_point blocked_since_;
  std::atomic<bool> failed_{false};
  std::atomic<bool> leaving_{false};
  std::thread thread_;
};

}  // namespace weft
