#include "runtime/graph.h"

#include "runtime/check.h"
#include "runtime/fence.h"
#include "runtime/nvtx.h"
#include "runtime/rank.h"
#include "runtime/run.h"

namespace weft {

Graph::Graph(Rank& rank, Steps& program, Fence& fence) : fence_(fence) {
  const Range range("capture");
  rank.set_capture(rank.capture() + 1);
  // Other threads of the process, such as those of other ranks, may call CUDA meanwhile.
  CUDA_CHECK(cudaStreamBeginCapture(fence.stream().handle(), cudaStreamCaptureModeThreadLocal));
  fence.fork();
  program.step();
  fence.join();
  CUDA_CHECK(cudaStreamEndCapture(fence.stream().handle(), &graph_));
  rank.set_capture(0);
  CUDA_CHECK(cudaGraphInstantiate(&executable_, graph_, 0));
}

Graph::~Graph() {
  if (executable_ != nullptr) (void)cudaGraphExecDestroy(executable_);
  if (graph_ != nullptr) (void)cudaGraphDestroy(graph_);
}

void Graph::launch() {
  const Range range("replay");
  CUDA_CHECK(cudaGraphLaunch(executable_, fence_.stream().handle()));
}

}  // namespace weft
