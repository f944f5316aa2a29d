// Names for profilers: ranges of the host's issue order, and streams.
#pragma once

#include <cuda_runtime.h>
#include <nvtx3/nvToolsExt.h>
#include <nvtx3/nvToolsExtCudaRt.h>

#include <cstdio>

namespace weft {

/** A range of a host thread for as long as it lives: "NAME", or "layer L NAME". */
class Range {
 public:
  explicit Range(const char* name) { nvtxRangePushA(name); }
  Range(const char* name, int layer) {
    char text[160];
    std::snprintf(text, sizeof text, "layer %d %s", layer, name);
    nvtxRangePushA(text);
  }
  ~Range() { nvtxRangePop(); }
  Range(const Range&) = delete;
  Range& operator=(const Range&) = delete;
};

inline void name_stream(cudaStream_t stream, const char* name) {
  nvtxNameCudaStreamA(stream, name);
}

}  // namespace weft
