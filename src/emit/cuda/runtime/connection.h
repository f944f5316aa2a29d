// Notes over TCP between ranks that have no other way to talk yet, or no longer.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/peers.h"

namespace weft {

enum class NoteKind : std::int32_t {
  /** A rank introduces itself; the plan's hash is in `text`. */
  kHello,
  /** The answer when all have: an ncclUniqueId in `text`. */
  kWelcome,
  /** Where a rank is. */
  kPlace,
  /** Asks where all are; the answer is a kPlace of each. */
  kAsk,
  /** A rank ends with an error, which is in `text`. */
  kFailure,
  /** A rank is at its end. */
  kLeave,
};

/** What travels, in the memory format that all ranks share. */
struct Note {
  NoteKind kind = NoteKind::kPlace;
  std::int32_t rank = -1;
  std::uint64_t launches = 0;
  std::int32_t layer = -1;
  std::int32_t answers = 0;
  char launch[104] = {};
  char text[512] = {};

  static Note of(NoteKind kind, int rank, const std::string& text = "");
  static Note of_place(int rank, const Place& place);
  Place place() const;
};

/** One end of a connection. */
class Connection {
 public:
  explicit Connection(int socket);
  ~Connection();
  Connection(Connection&& other) noexcept;
  Connection& operator=(Connection&&) = delete;

  int socket() const { return socket_; }
  /** False where the other end is gone. */
  bool send(const Note& note);
  /** Takes what has arrived; false where the other end is gone. */
  bool receive(std::vector<Note>& notes);

 private:
  int socket_;
  std::vector<char> buffer_;
};

/** Connects, again and again until somebody listens there. @throws Failure when the time is over */
Connection connect_to(const std::string& address, int port, double timeout_seconds);

/** Listens at a port of this host. */
class Listener {
 public:
  /** Port 0 is any that is free. @throws Failure */
  explicit Listener(int port);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  int port() const { return port_; }
  int socket() const { return socket_; }
  Connection accept();

 private:
  int socket_ = -1;
  int port_ = 0;
};

}  // namespace weft
