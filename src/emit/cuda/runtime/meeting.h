// Where the ranks of several processes meet: rank 0 keeps it. It hands out the id of the NCCL world when all
// are there, and afterwards knows where everybody is.
#pragma once

#include <nccl.h>

#include <atomic>
#include <chrono>
#include <list>
#include <string>
#include <thread>
#include <vector>

#include "runtime/connection.h"

namespace weft {

class Meeting {
 public:
  /** Ranks of another plan are sent away. Port 0 is any that is free. */
  Meeting(int port, int world, const std::string& plan, const ncclUniqueId& id);
  /** Stays until all ranks have left, but not for long. */
  ~Meeting();
  Meeting(const Meeting&) = delete;
  Meeting& operator=(const Meeting&) = delete;

  int port() const { return listener_.port(); }

 private:
  using Clock = std::chrono::steady_clock;
  struct Guest {
    Connection connection;
    int rank = -1;
    bool gone = false;
  };
  struct Seat {
    /** Where the rank was when it last told. */
    Note last;
    std::string failure;
    Clock::time_point heard;
    bool came = false;
    bool left = false;
  };

  void keep();
  /** Waits for something to arrive, for a short time. */
  void listen();
  void take(Guest& guest);
  void answer(Guest& guest, const Note& note);
  void seat(Guest& guest, const Note& note);
  void fail(int rank, const std::string& message);
  bool everybody_left() const;

  Listener listener_;
  const std::string plan_;
  const ncclUniqueId id_;
  std::list<Guest> guests_;
  std::vector<Seat> seats_;
  std::atomic<bool> closing_{false};
  std::thread thread_;
};

}  // namespace weft
