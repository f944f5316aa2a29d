// What functions of program/ use to issue a launch.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "operators/views.h"
#include "runtime/nvtx.h"
#include "runtime/rank.h"
#include "runtime/stream.h"

namespace weft {

/** A launch being issued: its range in a profile, and where the host is if nothing moves. */
class At {
 public:
  /** `launch` is a string literal that names the launch and the line of the schedule file that it implements. */
  At(Rank& rank, int layer, const char* launch, Source source = Source::here()) : range_(launch, layer) {
    rank.at(layer, launch, source);
  }

 private:
  Range range_;
};

/** Tokens [begin, end) of a micro-batch: all of them, or in rounds those of one. */
struct Tokens {
  std::int64_t begin;
  std::int64_t end;
  bool in_round;
};

/** Those of a round, of `size` tokens each. */
inline Tokens tokens_of_round(std::int64_t round, std::int64_t size, std::int64_t tokens) {
  return {round * size, std::min(tokens, (round + 1) * size), true};
}

/** Rows [begin, end) on a stream. */
inline Launch on(const Stream& stream, std::int64_t begin, std::int64_t end) {
  return {stream.handle(), static_cast<int>(begin), static_cast<int>(end)};
}

/** What attention scales its scores by. */
inline float inverse_root(std::int64_t size) {
  return static_cast<float>(1.0 / std::sqrt(static_cast<double>(size)));
}

}  // namespace weft
