#include "runtime/connection.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <memory>
#include <thread>
#include <type_traits>
#include <utility>

#include "runtime/check.h"

namespace weft {
namespace {

static_assert(std::is_trivially_copyable_v<Note>, "notes travel as they lie in memory");

/** A send that takes longer has nobody at the other end. */
constexpr timeval kSendTimeout{5, 0};

/** Copies as much of a text as fits, and a zero. */
template <std::size_t size>
void copy_text(char (&to)[size], const std::string& from) {
  const std::size_t length = std::min(from.size(), size - 1);
  std::memcpy(to, from.data(), length);
  to[length] = '\0';
}

/** A socket that is connected to one of the addresses of a host, or -1. */
int try_to_connect(const std::string& address, int port) {
  addrinfo hints = {};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(address.c_str(), std::to_string(port).c_str(), &hints, &found) != 0) return -1;
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner(found, freeaddrinfo);
  for (const addrinfo* each = found; each != nullptr; each = each->ai_next) {
    const int candidate = ::socket(each->ai_family, each->ai_socktype | SOCK_CLOEXEC, each->ai_protocol);
    if (candidate < 0) continue;
    if (::connect(candidate, each->ai_addr, each->ai_addrlen) == 0) return candidate;
    ::close(candidate);
  }
  return -1;
}

}  // namespace

Note Note::of(NoteKind kind, int rank, const std::string& text) {
  Note note;
  note.kind = kind;
  note.rank = rank;
  copy_text(note.text, text);
  return note;
}

Note Note::of_place(int rank, const Place& place) {
  Note note = of(NoteKind::kPlace, rank, place.failure);
  note.launches = place.launches;
  note.layer = place.layer;
  note.answers = place.answers ? 1 : 0;
  copy_text(note.launch, place.launch);
  return note;
}

Place Note::place() const {
  Place place;
  place.launches = launches;
  place.layer = layer;
  place.launch = launch;
  place.answers = answers != 0;
  place.failure = text;
  return place;
}

Connection::Connection(int socket) : socket_(socket) {
  const int yes = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &kSendTimeout, sizeof kSendTimeout);
}

Connection::~Connection() {
  if (socket_ >= 0) ::close(socket_);
}

Connection::Connection(Connection&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), buffer_(std::move(other.buffer_)) {}

bool Connection::send(const Note& note) {
  const char* data = reinterpret_cast<const char*>(&note);
  std::size_t left = sizeof note;
  while (left > 0) {
    const ssize_t sent = ::send(socket_, data, left, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    data += sent;
    left -= static_cast<std::size_t>(sent);
  }
  return true;
}

bool Connection::receive(std::vector<Note>& notes) {
  char chunk[8 * sizeof(Note)];
  bool open = true;
  while (true) {
    const ssize_t received = ::recv(socket_, chunk, sizeof chunk, MSG_DONTWAIT);
    if (received < 0 && errno == EINTR) continue;
    if (received < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) break;
    open = received > 0;
    if (!open) break;
    buffer_.insert(buffer_.end(), chunk, chunk + received);
  }
  std::size_t begin = 0;
  for (; begin + sizeof(Note) <= buffer_.size(); begin += sizeof(Note))
    std::memcpy(&notes.emplace_back(), buffer_.data() + begin, sizeof(Note));
  buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(begin));
  return open;
}

Connection connect_to(const std::string& address, int port, double timeout_seconds) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::duration<double>(timeout_seconds);
  while (true) {
    const int found = try_to_connect(address, port);
    if (found >= 0) return Connection(found);
    if (std::chrono::steady_clock::now() > deadline)
      throw Failure(format(
        "nobody listens at %s:%d: rank 0 is not there, or MASTER_ADDR and MASTER_PORT are not its own",
        address.c_str(),
        port
      ));
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
}

Listener::Listener(int port) {
  socket_ = ::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
  // Hosts without IPv6 have addresses of the older kind alone.
  const bool six = socket_ >= 0;
  if (!six) socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int yes = 1;
  const int no = 0;
  ::setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (six) ::setsockopt(socket_, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no);
  sockaddr_in6 any_six = {};
  any_six.sin6_family = AF_INET6;
  any_six.sin6_port = htons(static_cast<std::uint16_t>(port));
  sockaddr_in any = {};
  any.sin_family = AF_INET;
  any.sin_port = any_six.sin6_port;
  auto* const address = six ? reinterpret_cast<sockaddr*>(&any_six) : reinterpret_cast<sockaddr*>(&any);
  socklen_t length = six ? sizeof any_six : sizeof any;
  if (
    ::bind(socket_, address, length) != 0 || ::listen(socket_, SOMAXCONN) != 0 ||
    ::getsockname(socket_, address, &length) != 0
  ) {
    const std::string why = std::strerror(errno);
    if (socket_ >= 0) ::close(socket_);
    throw Failure(
      format("rank 0 cannot listen at port %d: %s; choose another MASTER_PORT", port, why.c_str())
    );
  }
  port_ = ntohs(six ? any_six.sin6_port : any.sin_port);
}

Listener::~Listener() {
  ::close(socket_);
}

Connection Listener::accept() {
  return Connection(::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC));
}

}  // namespace weft
