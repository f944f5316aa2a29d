#include "runtime/row_kernels.h"

#include <algorithm>

#include "runtime/device.h"

namespace weft::exchange {
namespace {

/** A block for each row. */
template <class Word>
__global__ void copy_kernel(const Word* pool, const Index* slots, Word* rows, std::int64_t words) {
  const Word* const from = pool + static_cast<std::int64_t>(slots[blockIdx.x]) * words;
  Word* const to = rows + static_cast<std::int64_t>(blockIdx.x) * words;
  for (std::int64_t word = threadIdx.x; word < words; word += blockDim.x) to[word] = from[word];
}

__global__ void add_kernel(
  const float* pool, const Index* begins, const Index* slots, float* rows, std::int64_t words
) {
  const Index begin = begins[blockIdx.x];
  const Index end = begins[blockIdx.x + 1];
  float* const to = rows + static_cast<std::int64_t>(blockIdx.x) * words;
  for (std::int64_t word = threadIdx.x; word < words; word += blockDim.x) {
    float sum = 0;
    for (Index at = begin; at < end; ++at) sum += pool[static_cast<std::int64_t>(slots[at]) * words + word];
    to[word] = sum;
  }
}

/** A thread for each word, in whole warps. */
dim3 threads_of(std::int64_t words) {
  return dim3(static_cast<unsigned>(std::min<std::int64_t>((words + 31) / 32 * 32, 256)));
}

template <class Word>
void copy_as(
  const void* pool,
  const Index* slots,
  void* rows,
  std::int64_t count,
  std::int64_t row_bytes,
  cudaStream_t stream
) {
  const std::int64_t words = row_bytes / static_cast<std::int64_t>(sizeof(Word));
  launch(
    copy_kernel<Word>,
    dim3(static_cast<unsigned>(count)),
    threads_of(words),
    0,
    stream,
    static_cast<const Word*>(pool),
    slots,
    static_cast<Word*>(rows),
    words
  );
}

}  // namespace

void copy_rows(
  const void* pool,
  const Index* slots,
  void* rows,
  std::int64_t count,
  std::int64_t row_bytes,
  cudaStream_t stream
) {
  if (count == 0) return;
  if (row_bytes % 16 == 0)
    copy_as<uint4>(pool, slots, rows, count, row_bytes, stream);
  else if (row_bytes % 4 == 0)
    copy_as<std::uint32_t>(pool, slots, rows, count, row_bytes, stream);
  else
    copy_as<std::uint8_t>(pool, slots, rows, count, row_bytes, stream);
}

void add_rows(
  const void* pool,
  const Index* begins,
  const Index* slots,
  void* rows,
  std::int64_t count,
  std::int64_t row_bytes,
  cudaStream_t stream
) {
  if (count == 0) return;
  const std::int64_t words = row_bytes / static_cast<std::int64_t>(sizeof(float));
  launch(
    add_kernel,
    dim3(static_cast<unsigned>(count)),
    threads_of(words),
    0,
    stream,
    static_cast<const float*>(pool),
    begins,
    slots,
    static_cast<float*>(rows),
    words
  );
}

}  // namespace weft::exchange
