/**
 * Graphs: what streams would have run, kept to be run many times.
 *
 * A graph is the list of what was issued to the captured streams, its lanes. Launching it issues the same again: lane 0 to
 * the stream of the launch, the others to streams of the executable graph's own.
 */
#pragma once

#include <cuda_runtime.h>

#include <memory>
#include <string>
#include <vector>

#include "emulation/host.h"
#include "emulation/stream.h"

namespace weft::emulation {

struct GraphNode {
  int lane;
  std::shared_ptr<Operation> operation;
};

struct GraphBody {
  std::vector<GraphNode> nodes;
  std::vector<std::string> lanes;
};

void append(CUgraph_st& graph, CUstream_st& stream, std::shared_ptr<Operation> operation);

/** The event has been recorded on the stream: captured or not. */
void note_record(CUevent_st& event, const CUstream_st& stream);
/** The stream is about to wait for the event: which may make it part of a capture, or be an error. */
cudaError_t join_capture(Host& host, CUstream_st& stream, CUevent_st& event);
/** Hosts cannot wait for what has only been captured. */
cudaError_t refuse_captured(Host& host, CUevent_st& event, const char* name);
/** `reason` has spoiled the captures of this thread: ending them is an error. */
void invalidate_captures(Host& host, const std::string& reason);

}  // namespace weft::emulation

struct CUgraph_st {
  std::uint64_t id;
  bool invalid = false;
  std::vector<CUstream_st*> streams;
  /** What each lane knows of the others, and how many nodes it has. */
  std::vector<weft::emulation::Clock> known;
  std::vector<weft::emulation::Tick> ticks;
  std::shared_ptr<weft::emulation::GraphBody> body;
};

struct CUgraphExec_st {
  std::shared_ptr<const weft::emulation::GraphBody> body;
  std::vector<CUstream_st*> lanes;
  /** A launch waits for the launch before it, whatever stream that was on. */
  std::shared_ptr<weft::emulation::Record> last;
};
