// A step as a CUDA graph: captured once, replayed as often as wanted.
#pragma once

#include <cuda_runtime.h>

namespace weft {

class Fence;
class Rank;
class Steps;

class Graph {
 public:
  /** Captures a step, which has run before outside of any capture. Every rank does so. */
  Graph(Rank& rank, Steps& program, Fence& fence);
  ~Graph();
  Graph(const Graph&) = delete;
  Graph& operator=(const Graph&) = delete;

  /** Issues a step on the fence's stream. */
  void launch();

 private:
  Fence& fence_;
  cudaGraph_t graph_ = nullptr;
  cudaGraphExec_t executable_ = nullptr;
};

}  // namespace weft
