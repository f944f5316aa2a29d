#include "runtime/meeting.h"

#include <poll.h>

#include <algorithm>
#include <cstring>

#include "runtime/check.h"

namespace weft {
namespace {

/** Whoever is not heard of for so long does not answer; ranks tell where they are each second. */
constexpr std::chrono::seconds kSilence{4};
/** How long rank 0 stays for those who have not left when it does. */
constexpr std::chrono::seconds kFarewell{10};
constexpr int kPollMilliseconds = 100;

static_assert(sizeof(ncclUniqueId) < sizeof(Note::text), "the id fits in a note");

}  // namespace

Meeting::Meeting(int port, int world, const std::string& plan, const ncclUniqueId& id)
    : listener_(port), plan_(plan), id_(id), seats_(static_cast<std::size_t>(world)), thread_([this] {
        keep();
      }) {}

Meeting::~Meeting() {
  closing_ = true;
  thread_.join();
}

void Meeting::keep() {
  Clock::time_point end = Clock::time_point::max();
  while (!everybody_left() && Clock::now() < end) {
    listen();
    for (Guest& guest : guests_) take(guest);
    guests_.remove_if([](const Guest& each) { return each.gone; });
    if (closing_ && end == Clock::time_point::max()) end = Clock::now() + kFarewell;
  }
}

void Meeting::listen() {
  std::vector<pollfd> sockets{{listener_.socket(), POLLIN, 0}};
  for (const Guest& each : guests_) sockets.push_back({each.connection.socket(), POLLIN, 0});
  if (::poll(sockets.data(), sockets.size(), kPollMilliseconds) > 0 && (sockets[0].revents & POLLIN) != 0)
    guests_.push_back(Guest{listener_.accept()});
}

void Meeting::take(Guest& guest) {
  std::vector<Note> notes;
  const bool open = guest.connection.receive(notes);
  for (const Note& note : notes) answer(guest, note);
  if (open) return;
  guest.gone = true;
  if (guest.rank < 0) return;
  Seat& seat = seats_[static_cast<std::size_t>(guest.rank)];
  if (!seat.left && seat.failure.empty()) fail(guest.rank, "it is gone: its connection closed");
  seat.left = true;
}

void Meeting::answer(Guest& guest, const Note& note) {
  if (note.kind == NoteKind::kHello) {
    this->seat(guest, note);
    return;
  }
  if (guest.rank < 0) return;
  Seat& seat = seats_[static_cast<std::size_t>(guest.rank)];
  seat.heard = Clock::now();
  switch (note.kind) {
    case NoteKind::kPlace:
      seat.last = note;
      break;
    case NoteKind::kAsk:
      for (std::size_t rank = 0; rank < seats_.size(); ++rank) {
        Place place = seats_[rank].last.place();
        place.answers = seats_[rank].came && Clock::now() - seats_[rank].heard < kSilence;
        place.failure = seats_[rank].failure;
        guest.connection.send(Note::of_place(static_cast<int>(rank), place));
      }
      break;
    case NoteKind::kFailure:
      fail(guest.rank, note.text);
      break;
    case NoteKind::kLeave:
      seat.left = true;
      break;
    case NoteKind::kHello:
    case NoteKind::kWelcome:
      break;
  }
}

/** Gives a rank its place; when all have one, welcomes them. */
void Meeting::seat(Guest& guest, const Note& note) {
  const auto send_away = [&](const std::string& why) {
    guest.connection.send(Note::of(NoteKind::kFailure, note.rank, why));
  };
  if (note.rank < 0 || static_cast<std::size_t>(note.rank) >= seats_.size())
    return send_away(format("rank 0 expects %zu ranks", seats_.size()));
  Seat& seat = seats_[static_cast<std::size_t>(note.rank)];
  if (seat.came) return send_away(format("there are two processes of rank %d", note.rank));
  if (plan_ != note.text) return send_away("it runs another plan than rank 0");
  seat.came = true;
  seat.heard = Clock::now();
  guest.rank = note.rank;
  if (!std::all_of(seats_.begin(), seats_.end(), [](const Seat& each) { return each.came; })) return;
  Note welcome = Note::of(NoteKind::kWelcome, 0);
  std::memcpy(welcome.text, &id_, sizeof id_);
  for (Guest& each : guests_)
    if (each.rank >= 0) each.connection.send(welcome);
}

void Meeting::fail(int rank, const std::string& message) {
  const Note note = Note::of(NoteKind::kFailure, rank, message);
  seats_[static_cast<std::size_t>(rank)].failure = message;
  for (Guest& each : guests_)
    if (each.rank >= 0 && each.rank != rank && !each.gone) each.connection.send(note);
}

bool Meeting::everybody_left() const {
  // Whoever has not come when rank 0 closes is not waited for.
  const bool closing = closing_;
  return std::all_of(seats_.begin(), seats_.end(), [closing](const Seat& each) {
    return each.left || (closing && !each.came);
  });
}

}  // namespace weft
