// gqa_cache: turns queries and keys for their positions, and puts keys and values where they belong in the
// cache.
#pragma once

#include "operators/rope.cuh"
#include "operators/write_row.cuh"
#include "operators/segments.cuh"

namespace weft {

/** Widths of a projected row: queries, then keys, then values. */
struct GqaShape {
  int heads;
  int kv_heads;
  int head_dim;
  float theta;
};

/** Turns the queries of a row: a thread for each pair of components, in all heads. */
template <class X, class O>
__global__ void gqa_turn_kernel(Rows<X> qkv, Rows<O> q, int row_begin, Positions positions, GqaShape shape) {
  static_assert(!kScaled<X>, "activations are not Fp8");
  const int row = row_begin + static_cast<int>(blockIdx.x);
  const X* const from = reinterpret_cast<const X*>(qkv.data + row * row_bytes<X>(qkv.width));
  O* const to = reinterpret_cast<O*>(q.data + row * row_bytes<O>(q.width));
  for (int pair = static_cast<int>(threadIdx.x); pair < shape.head_dim / 2;
       pair += static_cast<int>(blockDim.x)) {
    const Turn turn = turn_of(positions.of(row), pair, shape.head_dim, shape.theta);
    for (int head = static_cast<int>(threadIdx.y); head < shape.heads; head += static_cast<int>(blockDim.y)) {
      const int column = head * shape.head_dim + 2 * pair;
      const float2 result =
        turned({static_cast<float>(from[column]), static_cast<float>(from[column + 1])}, turn);
      to[column] = static_cast<O>(result.x);
      to[column + 1] = static_cast<O>(result.y);
    }
  }
}

/** Writes a row's turned keys and its values into the cache. Heads are of even width, so that a quad is two
 * pairs of one kind each. */
template <class X, class C>
__global__ void gqa_cache_kernel(
  Reader<X> qkv, Rows<C> state, RowFormat<C> format, int row_begin, Positions positions, GqaShape shape
) {
  const int row = row_begin + static_cast<int>(blockIdx.x);
  const int keys = shape.kv_heads * shape.head_dim;
  const auto pair_at = [&](float2 pair, int column) {
    if (column >= keys) return pair;
    return turned(pair, turn_of(positions.of(row), column % shape.head_dim / 2, shape.head_dim, shape.theta));
  };
  const Reader<X> keys_and_values = qkv.from_column(shape.heads * shape.head_dim);
  write_row(
    format, state.data + positions.cached(row) * row_bytes<C>(state.width), [&](int column) -> float4 {
      const float4 four = keys_and_values.load(row, column).values();
      const float2 first = pair_at({four.x, four.y}, column);
      const float2 second = pair_at({four.z, four.w}, column + 2);
      return {first.x, first.y, second.x, second.y};
    }
  );
}

template <class X, class O, class C>
void gqa_cache(
  const Launch& launch,
  Rows<X> qkv,
  Rows<O> q,
  Rows<C> state,
  int length,
  int context,
  int heads,
  int kv_heads,
  int head_dim,
  float theta
) {
  if (launch.rows() == 0) return;
  require(!kScaled<C> || head_dim % 4 == 0, "the heads of Fp8 caches are multiples of 4 wide");
  const dim3 blocks(static_cast<unsigned>(launch.rows()));
  const Positions positions = {length, context};
  const GqaShape shape = {heads, kv_heads, head_dim, theta};
  weft::launch(
    gqa_turn_kernel<X, O>,
    blocks,
    dim3(head_dim <= 32 ? 16 : 32, heads < 8 ? 2 : 4),
    0,
    launch.stream,
    qkv,
    q,
    launch.row_begin,
    positions,
    shape
  );
  // Keys and values begin behind the queries of all heads, at a multiple of head_dim.
  const Reader<X> source = reader_of(qkv, 0, 2 * kv_heads * head_dim, head_dim);
  weft::launch(
    gqa_cache_kernel<X, C>,
    blocks,
    dim3(row_threads(state.width)),
    0,
    launch.stream,
    source,
    state,
    format_of(state),
    launch.row_begin,
    positions,
    shape
  );
}

}  // namespace weft
