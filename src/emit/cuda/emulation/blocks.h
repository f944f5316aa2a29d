/** Runs a kernel: blocks in order, the threads of a block as a loop until one of them waits for another. */
#pragma once

#include <cuda_runtime.h>

#include "emulation/launch.h"

namespace weft::emulation {

/** Whether threads of a block waited for each other in vain: a barrier that some of them never reach. */
enum class GridResult { kDone, kDivergentBarrier };

GridResult run_grid(const KernelCall& call, dim3 grid, dim3 block);

}  // namespace weft::emulation
