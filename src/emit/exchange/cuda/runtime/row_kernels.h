// Makes rows out of rows of a pool: of messages before they leave, of the result at the end.
#pragma once

#include <cuda_runtime.h>

#include <cstdint>

#include "runtime/facts.h"

namespace weft::exchange {

/** Row i is a copy of row slots[i] of the pool. */
void copy_rows(
  const void* pool,
  const Index* slots,
  void* rows,
  std::int64_t count,
  std::int64_t row_bytes,
  cudaStream_t stream
);

/** Row i is the sum, in floats, of rows slots[begins[i]] up to slots[begins[i + 1]] of the pool; 0 of none. */
void add_rows(
  const void* pool,
  const Index* begins,
  const Index* slots,
  void* rows,
  std::int64_t count,
  std::int64_t row_bytes,
  cudaStream_t stream
);

}  // namespace weft::exchange
