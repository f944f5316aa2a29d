// Where the hosts of all ranks are, for the message when nothing moves any more, and who has failed.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

namespace weft {

/** Where the host of a rank is, written by its own thread and read by others. */
struct Progress {
  /** Launches issued since the start. */
  std::atomic<std::uint64_t> launches{0};
  std::atomic<int> layer{-1};
  /** A string literal. */
  std::atomic<const char*> launch{"the start"};
  /** Inside of a call that returns when other ranks make it too: which, a string literal; null elsewhere. */
  std::atomic<const char*> blocked_in{nullptr};
};

/** The same as others learn it. */
struct Place {
  std::uint64_t launches = 0;
  int layer = -1;
  std::string launch;
  bool answers = false;
  /** What ended its program; empty while it runs. */
  std::string failure;
};

/** One rank's view of the others. Nothing here waits for them for long. */
class Peers {
 public:
  virtual ~Peers() = default;
  /** This rank's own progress, which others ask for from now on. */
  virtual void watch(const Progress& own) = 0;
  /** [rank] where everybody is, as far as they answer within a short time. */
  virtual std::vector<Place> places() = 0;
  /** Tells everybody that this rank ends with an error. */
  virtual void tell_failure(const std::string& message) = 0;
  /** Whether another rank has told of a failure, or is gone. Cheap: asked in every loop that waits. */
  virtual bool somebody_failed() const = 0;
  /** This rank's program is at its end; from now on nobody waits for it. */
  virtual void leave() = 0;
};

/** Where a host is right now. */
Place place_of(const Progress& progress);
/**
 * Who holds the others up, as a sentence: "rank 5 is behind all others: ...". Empty where nobody stands out.
 */
std::string who_is_behind(const std::vector<Place>& places, int self);
/** The first failure among places, as a sentence; empty where there is none. */
std::string who_failed(const std::vector<Place>& places, int self);

}  // namespace weft
