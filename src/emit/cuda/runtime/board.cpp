#include "runtime/board.h"

#include <algorithm>

namespace weft {

void BoardPeers::watch(const Progress& own) {
  const std::lock_guard<std::mutex> lock(board_.mutex_);
  board_.notes_[static_cast<std::size_t>(rank_)].progress = &own;
}

std::vector<Place> BoardPeers::places() {
  const std::lock_guard<std::mutex> lock(board_.mutex_);
  std::vector<Place> places;
  places.reserve(board_.notes_.size());
  for (const Board::Note& note : board_.notes_) {
    Place place = note.last;
    if (note.progress != nullptr) place = place_of(*note.progress);
    place.failure = note.failure;
    places.push_back(place);
  }
  return places;
}

void BoardPeers::tell_failure(const std::string& message) {
  const std::lock_guard<std::mutex> lock(board_.mutex_);
  board_.notes_[static_cast<std::size_t>(rank_)].failure = message;
  if (!failed_) ++board_.failures_;
  failed_ = true;
}

bool BoardPeers::somebody_failed() const {
  return board_.failures_ > (failed_ ? 1 : 0);
}

void BoardPeers::leave() {
  const std::lock_guard<std::mutex> lock(board_.mutex_);
  Board::Note& note = board_.notes_[static_cast<std::size_t>(rank_)];
  if (note.progress != nullptr) note.last = place_of(*note.progress);
  note.progress = nullptr;
}

}  // namespace weft
