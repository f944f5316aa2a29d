// dispatch_forward: gives each copy that arrived its rows of forward_rows, one for each of its pairs on this
// node.
#pragma once

#include "operators/copy_format.cuh"
#include "operators/move_rows.cuh"
#include "operators/relay.cuh"

namespace weft {

/** A block's copies; each has at most kMostTopK places among forwarded rows. */
inline constexpr int kForwardedCopies = 16;

template <class D>
__global__ void __launch_bounds__(kMoveThreads) dispatch_forward_kernel(
  Rows<D> relay_copies,
  Relay received,
  Rows<D> forward_rows,
  Index* relay_tags,
  CopyFormat format,
  int row_begin,
  int row_end
) {
  const std::byte* const copies = relay_copies.data;
  __shared__ RelayRuns runs;
  __shared__ Index places[kForwardedCopies * kMostTopK];
  find_runs(received, runs);
  const int first = row_begin + static_cast<int>(blockIdx.x) * kForwardedCopies;
  const int count = smaller(kForwardedCopies, row_end - first);

  for (int i = static_cast<int>(threadIdx.x); i < count * format.top_k; i += static_cast<int>(blockDim.x)) {
    const std::int64_t copy = first + i / format.top_k;
    const Index pair = read_tag(copies + copy * format.bytes, format, i % format.top_k);
    const int source = source_of_copy(received, static_cast<Index>(copy));
    places[i] = pair == kNoCopy ? kNoCopy : forwarded_row(received, runs, source, pair);
    if (relay_tags != nullptr)
      relay_tags[copy * format.tags + i % format.top_k] = places[i] == kNoCopy ? pair : places[i];
  }
  const int weights = format.tags - format.top_k;
  for (int i = static_cast<int>(threadIdx.x); relay_tags != nullptr && i < count * weights;
       i += static_cast<int>(blockDim.x)) {
    const std::int64_t copy = first + i / weights;
    const int tag = format.top_k + i % weights;
    relay_tags[copy * format.tags + tag] = read_tag(copies + copy * format.bytes, format, tag);
  }
  __syncthreads();

  const int lane = static_cast<int>(threadIdx.x) % 32;
  for (int i = static_cast<int>(threadIdx.x) / 32; i < count * format.top_k;
       i += static_cast<int>(blockDim.x) / 32) {
    if (places[i] == kNoCopy) continue;
    const std::byte* const from = copies + (first + i / format.top_k) * format.bytes;
    std::byte* const to = forward_rows.data + places[i] * format.row_bytes;
    copy_bytes(to, from, format.value_bytes, lane);
    copy_bytes(
      to + format.value_bytes, from + format.scale_begin, format.row_bytes - format.value_bytes, lane
    );
  }
}

template <class D>
void dispatch_forward(
  const Launch& launch,
  Rows<D> relay_copies,
  Relay received,
  Rows<D> forward_rows,
  Index* relay_tags,
  int top_k,
  int tags
) {
  if (launch.rows() == 0) return;
  require_room(received);
  require(top_k <= kMostTopK, "default kernels serve at most 64 experts for a token");
  const dim3 grid(static_cast<unsigned>(ceil_divide(launch.rows(), kForwardedCopies)));
  weft::launch(
    dispatch_forward_kernel<D>,
    grid,
    dim3(move_threads(launch)),
    0,
    launch.stream,
    relay_copies,
    received,
    forward_rows,
    tags > top_k ? relay_tags : nullptr,
    format_of_copies(relay_copies, forward_rows.width, top_k, tags),
    launch.row_begin,
    launch.row_end
  );
}

}  // namespace weft
