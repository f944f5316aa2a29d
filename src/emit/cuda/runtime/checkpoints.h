// Values copied aside as soon as they are computed, since the memory they are in is used again.
#pragma once

#include <cuda_runtime.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "runtime/facts.h"

namespace weft {

/** Layer after layer, each captured value of its block, each micro-batch: rows of all tokens. */
class Checkpoints {
 public:
  explicit Checkpoints(const PlanFacts& facts);
  ~Checkpoints();
  Checkpoints(const Checkpoints&) = delete;
  Checkpoints& operator=(const Checkpoints&) = delete;

  void copy(
    cudaStream_t stream,
    int layer,
    int value,
    int micro_batch,
    const void* first_row,
    std::int64_t begin,
    std::int64_t end
  );
  /** All of it, on the host; everything has finished. */
  std::vector<std::byte> read() const;
  /** Where the rows of a value of a micro-batch begin. */
  std::int64_t offset(int layer, int value, int micro_batch) const;
  /** Writes what read() gave to a file. */
  static void write(const std::vector<std::byte>& values, const std::string& file);

 private:
  const CapturedValue& value(int layer, int value) const;

  const PlanFacts& facts_;
  /** [layer] */
  std::vector<std::int64_t> begins_;
  std::int64_t bytes_ = 0;
  std::byte* memory_ = nullptr;
};

}  // namespace weft
