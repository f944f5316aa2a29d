// Peers whose ranks are threads of one process.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "runtime/peers.h"

namespace weft {

/** What the ranks of a process share. It outlives them. */
class Board {
 public:
  explicit Board(int world) : notes_(static_cast<std::size_t>(world)) {}

 private:
  friend class BoardPeers;
  struct Note {
    /** Null before it begins and when it has left. */
    const Progress* progress = nullptr;
    Place last;
    std::string failure;
  };
  std::mutex mutex_;
  std::vector<Note> notes_;
  std::atomic<int> failures_{0};
};

class BoardPeers final : public Peers {
 public:
  BoardPeers(Board& board, int rank) : board_(board), rank_(rank) {}
  ~BoardPeers() override { leave(); }
  void watch(const Progress& own) override;
  std::vector<Place> places() override;
  void tell_failure(const std::string& message) override;
  bool somebody_failed() const override;
  void leave() override;

 private:
  Board& board_;
  const int rank_;
  bool failed_ = false;
};

}  // namespace weft
