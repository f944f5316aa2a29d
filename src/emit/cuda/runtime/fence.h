// Steps one after the other: what one step leaves behind, no launch of the next touches before it is done.
#pragma once

#include <memory>
#include <vector>

#include "runtime/stream.h"

namespace weft {

class Rank;

/** A stream that all streams of a rank start from and come back to. Made when all of them are there. */
class Fence {
 public:
  explicit Fence(Rank& rank);

  /** All streams wait for what is on the fence's own. */
  void fork();
  /** The fence's own waits for all streams. */
  void join();
  Stream& stream() { return stream_; }

 private:
  Rank& rank_;
  /** The streams that there were before. */
  const std::vector<cudaStream_t> others_;
  Stream stream_;
  Event begin_;
  std::vector<std::unique_ptr<Event>> ends_;
};

}  // namespace weft
