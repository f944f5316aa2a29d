#include "emulation/capture.h"

#include <algorithm>

#include "emulation/api.h"
#include "emulation/leaving.h"
#include "emulation/machine.h"

namespace weft::emulation {
namespace {

/** The thread's capture with this number, if it is under way. */
CUgraph_st* capture_of(const Host& host, std::uint64_t id) {
  for (const auto& stream : host.streams) {
    if (stream->capture != nullptr && stream->capture->id == id) return stream->capture;
  }
  return nullptr;
}

void add_lane(CUgraph_st& graph, CUstream_st& stream) {
  stream.capture = &graph;
  stream.lane = static_cast<int>(graph.streams.size());
  graph.streams.push_back(&stream);
  graph.known.emplace_back();
  graph.ticks.push_back(0);
  graph.body->lanes.push_back(stream.name);
}

bool is_joined(const CUgraph_st& graph) {
  for (std::size_t lane = 1; lane < graph.streams.size(); ++lane) {
    if (!graph.known[0].knows(static_cast<Component>(lane), graph.ticks[lane])) return false;
  }
  return true;
}

}  // namespace

void append(CUgraph_st& graph, CUstream_st& stream, std::shared_ptr<Operation> operation) {
  const auto lane = static_cast<std::size_t>(stream.lane);
  graph.known[lane].learn(static_cast<Component>(lane), ++graph.ticks[lane]);
  graph.body->nodes.push_back({stream.lane, std::move(operation)});
}

void note_record(CUevent_st& event, const CUstream_st& stream) {
  event.capture = stream.capture == nullptr ? 0 : stream.capture->id;
  if (stream.capture != nullptr)
    event.captured_clock = stream.capture->known[static_cast<std::size_t>(stream.lane)];
}

cudaError_t join_capture(Host& host, CUstream_st& stream, CUevent_st& event) {
  if (event.capture == 0) {
    if (stream.capture == nullptr) return cudaSuccess;
    invalidate_captures(
      host, "a captured stream waits for an event that was recorded outside of the capture"
    );
    return cudaErrorStreamCaptureIsolation;
  }
  CUgraph_st* graph = capture_of(host, event.capture);
  if (graph == nullptr) {
    misuse(host, "cudaStreamWaitEvent for an event that was recorded in a capture which is over");
    return cudaErrorCapturedEvent;
  }
  if (stream.capture != nullptr && stream.capture != graph) {
    invalidate_captures(host, "a wait that would merge two captures");
    return cudaErrorStreamCaptureMerge;
  }
  if (stream.capture == nullptr) add_lane(*graph, stream);
  graph->known[static_cast<std::size_t>(stream.lane)].join(event.captured_clock);
  return cudaSuccess;
}

cudaError_t refuse_captured(Host& host, CUevent_st& event, const char* name) {
  if (event.capture == 0) return cudaSuccess;
  invalidate_captures(host, std::string(name) + " of an event that was recorded in a capture");
  return cudaErrorCapturedEvent;
}

void invalidate_captures(Host& host, const std::string& reason) {
  misuse(host, reason);
  for (const auto& stream : host.streams) {
    if (stream->capture != nullptr) stream->capture->invalid = true;
  }
}

}  // namespace weft::emulation

using namespace weft::emulation;

cudaError_t cudaStreamBeginCapture(cudaStream_t handle, cudaStreamCaptureMode) {
  Host& host = enter("cudaStreamBeginCapture");
  CUstream_st& stream = stream_of(host, handle);
  if (&stream == host.legacy.get()) {
    misuse(host, "cudaStreamBeginCapture of the default stream");
    return fail(host, cudaErrorStreamCaptureUnsupported);
  }
  if (stream.capture != nullptr) return fail(host, cudaErrorStreamCaptureUnmatched);
  static std::uint64_t captures = 0;
  auto* graph = new CUgraph_st();
  graph->id = ++captures;
  graph->body = std::make_shared<GraphBody>();
  add_lane(*graph, stream);
  ++host.captures;
  return cudaSuccess;
}

cudaError_t cudaStreamEndCapture(cudaStream_t handle, cudaGraph_t* result) {
  Host& host = enter("cudaStreamEndCapture");
  CUstream_st& stream = stream_of(host, handle);
  *result = nullptr;
  CUgraph_st* graph = stream.capture;
  if (graph == nullptr || graph->streams[0] != &stream) {
    misuse(host, "cudaStreamEndCapture of a stream that no capture began with");
    return fail(host, cudaErrorStreamCaptureUnmatched);
  }
  for (CUstream_st* lane : graph->streams) lane->capture = nullptr;
  --host.captures;
  if (graph->invalid) return fail(host, cudaErrorStreamCaptureInvalidated);
  if (!is_joined(*graph)) {
    misuse(host, "cudaStreamEndCapture while a stream that the capture forked to has not joined it again");
    return fail(host, cudaErrorStreamCaptureUnjoined);
  }
  *result = graph;
  return cudaSuccess;
}

cudaError_t cudaStreamIsCapturing(cudaStream_t handle, cudaStreamCaptureStatus* status) {
  const CUstream_st& stream = stream_of(enter("cudaStreamIsCapturing"), handle);
  *status = stream.capture == nullptr ? cudaStreamCaptureStatusNone
    : stream.capture->invalid         ? cudaStreamCaptureStatusInvalidated
                                      : cudaStreamCaptureStatusActive;
  return cudaSuccess;
}

cudaError_t cudaGraphInstantiate(cudaGraphExec_t* executable, cudaGraph_t graph, unsigned long long) {
  Host& host = enter("cudaGraphInstantiate");
  if (graph == nullptr) return fail(host, cudaErrorInvalidValue);
  *executable = new CUgraphExec_st();
  (*executable)->body = graph->body;
  for (std::size_t lane = 1; lane < graph->body->lanes.size(); ++lane) {
    (*executable)->lanes.push_back(add_stream(host, graph->body->lanes[lane] + " (captured)", false));
  }
  return cudaSuccess;
}

cudaError_t cudaGraphLaunch(cudaGraphExec_t executable, cudaStream_t handle) {
  Host& host = enter("cudaGraphLaunch");
  CUstream_st& stream = stream_of(host, handle);
  if (executable == nullptr) return fail(host, cudaErrorInvalidValue);
  if (stream.capture != nullptr) {
    misuse(host, "cudaGraphLaunch on a stream that is captured, which the emulation does not do");
    return fail(host, cudaErrorStreamCaptureUnsupported);
  }
  if (executable->last) enqueue(host, stream, std::make_shared<WaitOperation>(executable->last));
  Renewals renewals;
  for (const GraphNode& node : executable->body->nodes) {
    CUstream_st& lane = node.lane == 0 ? stream : *executable->lanes[static_cast<std::size_t>(node.lane) - 1];
    issue(host, lane, node.operation->again(renewals));
  }
  executable->last = std::make_shared<Record>();
  executable->last->event = "the end of the graph's last launch";
  issue(host, stream, std::make_shared<RecordOperation>(executable->last));
  return cudaSuccess;
}

cudaError_t cudaGraphDestroy(cudaGraph_t graph) {
  enter("cudaGraphDestroy");
  delete graph;
  return cudaSuccess;
}

cudaError_t cudaGraphExecDestroy(cudaGraphExec_t executable) {
  Host& host = enter("cudaGraphExecDestroy");
  if (executable == nullptr) return fail(host, cudaErrorInvalidValue);
  for (CUstream_st* lane : executable->lanes) {
    check_idle(host, *lane, "cudaGraphExecDestroy");
    lane->destroyed = true;
  }
  delete executable;
  return cudaSuccess;
}
