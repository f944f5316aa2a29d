/** Launches of kernels. */
#include <cuda_runtime.h>

#include "emulation/api.h"
#include "emulation/blocks.h"
#include "emulation/launch.h"
#include "emulation/machine.h"
#include "emulation/marks.h"
#include "emulation/symbol.h"

namespace weft::emulation {
namespace {

class KernelOperation final : public Operation {
 public:
  KernelOperation(const void* function, std::shared_ptr<const KernelCall> call, dim3 grid, dim3 block)
      : function_(function), call_(std::move(call)), grid_(grid), block_(block) {}

  bool run(CUstream_st& stream) override {
    ++machine().report.launches;
    const ActId act =
      machine().detector.add({stream.component, stream.take_tick(), site, nullptr, function_});
    mark_accesses(true);
    const GridResult result = run_grid(*call_, grid_, block_);
    mark_accesses(false);
    if (result == GridResult::kDivergentBarrier) {
      machine().report.find(
        {FindingKind::kMisuse,
         stream.rank,
         machine().detector.describe(act) + ": some threads of a block wait for others in vain",
         machine().detector.lines(act, act)}
      );
    }
    machine().detector.finish_launch(act, stream.clock);
    return true;
  }

  std::string describe() const override { return function_name(function_); }

  std::shared_ptr<Operation> again(Renewals&) const override {
    auto copy = std::make_shared<KernelOperation>(function_, call_, grid_, block_);
    copy->site = site;
    return copy;
  }

 private:
  const void* function_;
  std::shared_ptr<const KernelCall> call_;
  dim3 grid_;
  dim3 block_;
};

constexpr unsigned kMostThreads = 1024;

bool fits(dim3 grid, dim3 block) {
  const std::uint64_t threads = std::uint64_t{block.x} * block.y * block.z;
  return threads > 0 && threads <= kMostThreads && block.z <= 64 && grid.x > 0 && grid.y > 0 && grid.z > 0 &&
    grid.x <= 0x7fffffff && grid.y <= 65535 && grid.z <= 65535;
}

}  // namespace

cudaError_t enqueue_kernel(
  const void* function, std::shared_ptr<const KernelCall> call, dim3 grid, dim3 block, cudaStream_t stream
) {
  Host& host = enter("cudaLaunchKernel");
  if (!fits(grid, block)) return fail(host, cudaErrorInvalidConfiguration);
  enqueue(
    host, stream_of(host, stream), std::make_shared<KernelOperation>(function, std::move(call), grid, block)
  );
  return cudaSuccess;
}

}  // namespace weft::emulation

// By pointers of no type the emulation cannot call a kernel; programs use the typed overload (launch.h).
cudaError_t cudaLaunchKernel(const void*, dim3, dim3, void**, std::size_t, cudaStream_t) {
  using namespace weft::emulation;
  Host& host = enter("cudaLaunchKernel");
  misuse(host, "cudaLaunchKernel of a kernel whose type the emulation does not see");
  return fail(host, cudaErrorInvalidDeviceFunction);
}
