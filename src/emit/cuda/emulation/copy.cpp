/** Copies and fills, within a rank's memory and between it and its host's. */
#include <cuda_runtime.h>

#include <cstring>
#include <vector>

#include "emulation/api.h"
#include "emulation/machine.h"
#include "emulation/marks.h"

namespace weft::emulation {
namespace {

class CopyOperation final : public Operation {
 public:
  CopyOperation(void* to, const void* from, std::size_t bytes, const char* name)
      : to_(to), from_(from), bytes_(bytes), name_(name) {}

  bool run(CUstream_st& stream) override {
    Detector& detector = machine().detector;
    const ActId act = detector.add({stream.component, stream.take_tick(), site, name_, nullptr});
    detector.access(from_, bytes_, Mode::kRead, act, Known{stream.clock});
    detector.access(to_, bytes_, Mode::kWrite, act, Known{stream.clock});
    const Quiet quiet;
    std::memmove(to_, from_, bytes_);
    return true;
  }
  std::string describe() const override {
    return std::string(name_) + " of " + std::to_string(bytes_) + " bytes";
  }
  std::shared_ptr<Operation> again(Renewals&) const override {
    auto copy = std::make_shared<CopyOperation>(to_, from_, bytes_, name_);
    copy->site = site;
    return copy;
  }

  /** Takes the bytes from pageable memory now, as the driver stages them. */
  void stage() {
    const Quiet quiet;
    staged_.assign(static_cast<const std::byte*>(from_), static_cast<const std::byte*>(from_) + bytes_);
    from_ = staged_.data();
  }

 private:
  void* to_;
  const void* from_;
  std::size_t bytes_;
  const char* name_;
  std::vector<std::byte> staged_;
};

class FillOperation final : public Operation {
 public:
  FillOperation(void* to, int value, std::size_t bytes, const char* name)
      : to_(to), value_(value), bytes_(bytes), name_(name) {}

  bool run(CUstream_st& stream) override {
    Detector& detector = machine().detector;
    const ActId act = detector.add({stream.component, stream.take_tick(), site, name_, nullptr});
    detector.access(to_, bytes_, Mode::kWrite, act, Known{stream.clock});
    const Quiet quiet;
    std::memset(to_, value_, bytes_);
    return true;
  }
  std::string describe() const override {
    return std::string(name_) + " of " + std::to_string(bytes_) + " bytes";
  }
  std::shared_ptr<Operation> again(Renewals&) const override {
    auto copy = std::make_shared<FillOperation>(to_, value_, bytes_, name_);
    copy->site = site;
    return copy;
  }

 private:
  void* to_;
  int value_;
  std::size_t bytes_;
  const char* name_;
};

bool is_device(const void* at) {
  const Allocation* allocation = machine().region.find(at);
  return allocation != nullptr && allocation->kind == MemoryKind::kDevice;
}

bool is_pageable(const void* at) {
  return !machine().region.contains(at);
}

bool matches(cudaMemcpyKind kind, const void* to, const void* from) {
  switch (kind) {
    case cudaMemcpyHostToHost:
      return !is_device(to) && !is_device(from);
    case cudaMemcpyHostToDevice:
      return is_device(to) && !is_device(from);
    case cudaMemcpyDeviceToHost:
      return !is_device(to) && is_device(from);
    case cudaMemcpyDeviceToDevice:
      return is_device(to) && is_device(from);
    case cudaMemcpyDefault:
      return true;
  }
  return false;
}

cudaError_t copy(
  Host& host,
  const char* name,
  void* to,
  const void* from,
  std::size_t bytes,
  cudaMemcpyKind kind,
  cudaStream_t handle,
  bool synchronous
) {
  if (bytes == 0) return cudaSuccess;
  if (!matches(kind, to, from)) {
    misuse(host, std::string(name) + " of memory that is not of the kind it names");
    return fail(host, cudaErrorInvalidValue);
  }
  CUstream_st& stream = stream_of(host, handle);
  const bool pageable = is_pageable(to) || is_pageable(from);
  if (stream.capture != nullptr && pageable) {
    misuse(host, std::string(name) + " of pageable memory while the stream is captured");
    return fail(host, cudaErrorStreamCaptureUnsupported);
  }
  auto operation = std::make_shared<CopyOperation>(to, from, bytes, name);
  // Pageable memory is staged: the host may write the source again at once, and waits for the destination.
  if (is_pageable(from)) operation->stage();
  enqueue(host, stream, operation);
  if (!synchronous && !is_pageable(to)) return cudaSuccess;
  return wait_until_idle(host, stream, name) ? cudaSuccess : fail(host, cudaErrorUnknown);
}

cudaError_t fill(Host& host, const char* name, void* to, int value, std::size_t bytes, cudaStream_t handle) {
  if (bytes == 0) return cudaSuccess;
  if (!is_device(to)) {
    misuse(host, std::string(name) + " of memory that is not the device's");
    return fail(host, cudaErrorInvalidValue);
  }
  enqueue(host, stream_of(host, handle), std::make_shared<FillOperation>(to, value, bytes, name));
  return cudaSuccess;
}

}  // namespace
}  // namespace weft::emulation

using namespace weft::emulation;

cudaError_t cudaMemcpy(void* to, const void* from, std::size_t bytes, cudaMemcpyKind kind) {
  Host& host = enter("cudaMemcpy");
  if (const cudaError_t error = refuse_while_capturing(host, "cudaMemcpy")) return error;
  return copy(host, "cudaMemcpy", to, from, bytes, kind, nullptr, true);
}

cudaError_t cudaMemcpyAsync(
  void* to, const void* from, std::size_t bytes, cudaMemcpyKind kind, cudaStream_t stream
) {
  return copy(enter("cudaMemcpyAsync"), "cudaMemcpyAsync", to, from, bytes, kind, stream, false);
}

cudaError_t cudaMemset(void* to, int value, std::size_t bytes) {
  Host& host = enter("cudaMemset");
  if (const cudaError_t error = refuse_while_capturing(host, "cudaMemset")) return error;
  // Not waited for: the host goes on while the default stream fills device memory.
  return fill(host, "cudaMemset", to, value, bytes, nullptr);
}

cudaError_t cudaMemsetAsync(void* to, int value, std::size_t bytes, cudaStream_t stream) {
  return fill(enter("cudaMemsetAsync"), "cudaMemsetAsync", to, value, bytes, stream);
}
