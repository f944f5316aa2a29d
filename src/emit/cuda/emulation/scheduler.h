/**
 * The device side of all ranks: which stream's head runs next.
 *
 * It moves only while all hosts wait, so that a seed decides everything.
 */
#pragma once

#include <cstdint>
#include <vector>

#include "emulation/random.h"
#include "emulation/settings.h"
#include "emulation/stream.h"

namespace weft::emulation {

class Scheduler {
 public:
  explicit Scheduler(const Settings& settings);

  /** A stream that there is from now on. */
  void welcome(CUstream_st& stream);
  /** Its head has changed, or what it waits for has happened. */
  void look(CUstream_st& stream);
  /** The head of the stream is over. */
  void complete(CUstream_st& stream);
  /** Runs one operation; false where none can. */
  bool step();
  /** Lets the stream learn what the host knew that issued its head. */
  void absorb_host(CUstream_st& stream);

 private:
  CUstream_st& choose();
  CUstream_st& oldest();
  CUstream_st& most_urgent();
  void set_ready(CUstream_st& stream, bool ready);
  bool is_slow(const CUstream_st& stream) const;

  const Settings& settings_;
  Random random_;
  std::vector<CUstream_st*> ready_;
};

}  // namespace weft::emulation
