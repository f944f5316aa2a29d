/** A stream: operations in the order in which they were issued, of which the first may run. */
#pragma once

#include <cuda_runtime.h>

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "emulation/operation.h"

struct CUstream_st {
  using Component = weft::emulation::Component;
  using Tick = weft::emulation::Tick;

  int rank;
  Component component;
  std::string name;
  /** Whether it and the legacy default stream wait for each other. */
  bool blocking;

  std::deque<std::shared_ptr<weft::emulation::Operation>> queue;
  weft::emulation::Clock clock;
  Tick tick = 0;
  /** The host's snapshot that the clock has learnt last. */
  weft::emulation::Snapshot known_host;
  /** Hosts that wait until it is idle. */
  std::vector<weft::emulation::Waiter> hosts;
  /** The graph that operations go to for now. */
  CUgraph_st* capture = nullptr;
  int lane = 0;
  /** Place among the ready streams; -1 where it is none. */
  int ready = -1;
  std::uint64_t priority = 0;
  bool destroyed = false;

  /** A tick for an operation that runs now. */
  Tick take_tick() {
    clock.learn(component, ++tick);
    return tick;
  }
};

struct CUevent_st {
  int rank;
  std::string name;
  unsigned flags;
  /** Null until it is recorded. */
  std::shared_ptr<weft::emulation::Record> latest;
  /** The number of the capture that the latest record belongs to, and what its stream knew there; 0 for none. */
  std::uint64_t capture = 0;
  weft::emulation::Clock captured_clock;
};
