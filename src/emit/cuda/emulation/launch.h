/**
 * A launch with its arguments, kept until the device comes to it.
 *
 * CUDA copies arguments when a kernel is launched; which bytes those are, only the kernel's type says. The overload of
 * cudaLaunchKernel below is a better match for a kernel of known type than CUDA's own template, and so sees the type.
 */
#pragma once

#include <cuda_runtime.h>

#include <cstddef>
#include <memory>
#include <tuple>
#include <type_traits>
#include <utility>

namespace weft::emulation {

/** One thread of a kernel, ready to be called. */
class KernelCall {
 public:
  virtual ~KernelCall() = default;
  virtual void run_thread() const = 0;
};

template <class... Parameters>
class TypedKernelCall final : public KernelCall {
 public:
  using Function = void (*)(Parameters...);
  template <std::size_t... Index>
  TypedKernelCall(Function function, [[maybe_unused]] void** arguments, std::index_sequence<Index...>)
      : function_(function), arguments_(*static_cast<std::decay_t<Parameters>*>(arguments[Index])...) {}
  void run_thread() const override { std::apply(function_, arguments_); }

 private:
  Function function_;
  std::tuple<std::decay_t<Parameters>...> arguments_;
};

/** Puts the launch of `call` on the stream; `function` names it in reports. */
cudaError_t enqueue_kernel(
  const void* function, std::shared_ptr<const KernelCall> call, dim3 grid, dim3 block, cudaStream_t stream
);

}  // namespace weft::emulation

template <class... Parameters>
cudaError_t cudaLaunchKernel(
  void (*function)(Parameters...), dim3 grid, dim3 block, void** arguments, std::size_t, cudaStream_t stream
) {
  using Call = weft::emulation::TypedKernelCall<Parameters...>;
  auto call = std::make_shared<const Call>(function, arguments, std::index_sequence_for<Parameters...>{});
  return weft::emulation::enqueue_kernel(
    reinterpret_cast<const void*>(function), std::move(call), grid, block, stream
  );
}
