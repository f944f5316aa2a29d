// Host memory that the device copies to without a detour.
#pragma once

#include <cuda_runtime.h>

#include <cstddef>

#include "runtime/check.h"

namespace weft {

/** An array of pinned memory; none where it has no elements. */
template <class T>
class Pinned {
 public:
  explicit Pinned(std::int64_t elements) {
    if (elements == 0) return;
    void* memory = nullptr;
    CUDA_CHECK(cudaMallocHost(&memory, static_cast<std::size_t>(elements) * sizeof(T)));
    data_ = static_cast<T*>(memory);
  }
  ~Pinned() {
    // Where the device has failed already there is nothing to be done about it here.
    if (data_ != nullptr) (void)cudaFreeHost(data_);
  }
  Pinned(const Pinned&) = delete;
  Pinned& operator=(const Pinned&) = delete;

  T* data() const { return data_; }

 private:
  T* data_ = nullptr;
};

}  // namespace weft
