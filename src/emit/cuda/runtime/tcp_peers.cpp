#include "runtime/tcp_peers.h"

#include <poll.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "runtime/check.h"

namespace weft {
namespace {

constexpr std::chrono::seconds kBeat{1};
constexpr std::chrono::seconds kAnswer{3};
constexpr int kPollMilliseconds = 100;
/** Calls that make connections may take longer than anything that merely runs. */
constexpr double kPatience = 4;

void wait_for_input(const Connection& connection) {
  pollfd socket{connection.socket(), POLLIN, 0};
  ::poll(&socket, 1, kPollMilliseconds);
}

}  // namespace

TcpPeers::TcpPeers(
  int rank, int world, const std::string& plan, const std::string& address, int port, double timeout_seconds
)
    : rank_(rank),
      timeout_(timeout_seconds),
      connection_(connect_to(address, port, timeout_seconds)),
      places_(static_cast<std::size_t>(world)) {
  connection_.send(Note::of(NoteKind::kHello, rank, plan));
  wait_for_welcome();
  thread_ = std::thread([this] { talk(); });
}

TcpPeers::~TcpPeers() {
  leave();
  thread_.join();
}

void TcpPeers::wait_for_welcome() {
  const Clock::time_point end =
    Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(timeout_));
  Clock::time_point beat = Clock::now();
  std::vector<Note> notes;
  while (Clock::now() < end) {
    wait_for_input(connection_);
    const bool open = connection_.receive(notes);
    for (const Note& note : notes) {
      if (note.kind == NoteKind::kFailure) throw Failure(format("rank %d: %s", note.rank, note.text));
      if (note.kind != NoteKind::kWelcome) continue;
      std::memcpy(&id_, note.text, sizeof id_);
      return;
    }
    if (!open) throw Failure(format("rank %d: rank 0 is gone before all ranks are there", rank_));
    if (Clock::now() < beat) continue;
    beat = Clock::now() + kBeat;
    connection_.send(Note::of_place(rank_, own_place()));
  }
  name_missing();
}

/** Not all ranks have come in time: asks which, and leaves; others who wait then name the same, and not this rank. */
void TcpPeers::name_missing() {
  std::vector<Note> notes;
  connection_.send(Note::of(NoteKind::kAsk, rank_));
  const Clock::time_point end = Clock::now() + kAnswer;
  std::string missing;
  std::size_t answered = 0;
  for (bool open = true; open && answered < places_.size() && Clock::now() < end; notes.clear()) {
    wait_for_input(connection_);
    open = connection_.receive(notes);
    for (const Note& note : notes) {
      // That others have failed meanwhile is told on the same connection.
      if (note.kind != NoteKind::kPlace) continue;
      ++answered;
      if (note.answers == 0)
        missing += format("%s %d", missing.empty() ? "; still missing:" : ",", note.rank);
    }
  }
  connection_.send(Note::of(NoteKind::kLeave, rank_));
  throw Failure(format(
    "rank %d: not all of %zu ranks are there after %g s%s", rank_, places_.size(), timeout_, missing.c_str()
  ));
}

void TcpPeers::watch(const Progress& own) {
  const std::lock_guard<std::mutex> lock(mutex_);
  own_ = &own;
}

std::vector<Place> TcpPeers::places() {
  std::unique_lock<std::mutex> lock(mutex_);
  awaited_ = places_.size();
  lock.unlock();
  send(Note::of(NoteKind::kAsk, rank_));
  lock.lock();
  changed_.wait_for(lock, kAnswer, [this] { return awaited_ == 0; });
  return places_;
}

void TcpPeers::tell_failure(const std::string& message) {
  send(Note::of(NoteKind::kFailure, rank_, message));
}

void TcpPeers::leave() {
  if (leaving_.exchange(true)) return;
  const std::lock_guard<std::mutex> lock(mutex_);
  own_ = nullptr;
  send(Note::of(NoteKind::kLeave, rank_));
}

/** The background thread: tells where this rank is, takes what others tell. */
void TcpPeers::talk() {
  Clock::time_point beat = Clock::now();
  std::vector<Note> notes;
  while (!leaving_) {
    wait_for_input(connection_);
    notes.clear();
    const bool open = connection_.receive(notes);
    for (const Note& note : notes) take(note);
    if (!open) {
      Note gone = Note::of(NoteKind::kFailure, 0, "it is gone: its connection closed");
      if (!leaving_) take(gone);
      return;
    }
    if (Clock::now() < beat) continue;
    beat = Clock::now() + kBeat;
    send(Note::of_place(rank_, own_place()));
    check_blocked();
  }
}

void TcpPeers::take(const Note& note) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (note.rank < 0 || static_cast<std::size_t>(note.rank) >= places_.size()) return;
  Place& place = places_[static_cast<std::size_t>(note.rank)];
  if (note.kind == NoteKind::kPlace) {
    place = note.place();
    if (awaited_ > 0 && --awaited_ == 0) changed_.notify_all();
  } else if (note.kind == NoteKind::kFailure) {
    place.failure = note.text;
    place.answers = false;
    failed_ = true;
  }
}

void TcpPeers::send(const Note& note) {
  const std::lock_guard<std::mutex> lock(sending_);
  connection_.send(note);
}

Place TcpPeers::own_place() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return own_ == nullptr ? Place{} : place_of(*own_);
}

void TcpPeers::check_blocked() {
  const char* call = nullptr;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (own_ != nullptr) call = own_->blocked_in;
  }
  if (call == nullptr || call != blocked_in_) {
    blocked_in_ = call;
    blocked_since_ = Clock::now();
    return;
  }
  const double seconds = std::chrono::duration<double>(Clock::now() - blocked_since_).count();
  if (seconds < kPatience * timeout_ && !(failed_ && seconds > timeout_)) return;
  const std::string message = format("the host has been in %s for %.0f s", call, seconds);
  std::fprintf(stderr, "weft: rank %d: %s\n", rank_, message.c_str());
  tell_failure(message);
  std::_Exit(EXIT_FAILURE);
}

}  // namespace weft
