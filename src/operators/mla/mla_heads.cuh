// mla_absorb and mla_value: a product with a matrix of each head, on either side of attention to latents.
#pragma once

#include "operators/gemm.cuh"
#include "operators/rope.cuh"

namespace weft {

/** The part of queries without position; w_uk lies along the sums. */
template <class Tile, class X, class W, class O>
__global__ void __launch_bounds__(Tile::kThreads) mla_absorb_kernel(Product<X, W, O, 1> product) {
  make_tile<Tile, Along::kDepth>(product);
}

template <class Tile, class X, class W, class O>
__global__ void __launch_bounds__(Tile::kThreads) mla_value_kernel(Product<X, W, O, 1> product) {
  make_tile<Tile, Along::kLength>(product);
}

/** The part of queries with position, turned: a thread for each pair of a row's components, in all heads. */
template <class X, class O>
__global__ void mla_turn_kernel(
  Rows<X> q,
  Rows<O> out,
  int row_begin,
  Positions positions,
  int heads,
  int kv_rank,
  int nope,
  int rope,
  float theta
) {
  static_assert(!kScaled<X>, "activations are not Fp8");
  const int row = row_begin + static_cast<int>(blockIdx.x);
  const X* const from = reinterpret_cast<const X*>(q.data + row * row_bytes<X>(q.width)) + nope;
  O* const to = reinterpret_cast<O*>(out.data + row * row_bytes<O>(out.width)) + kv_rank;
  for (int pair = static_cast<int>(threadIdx.x); pair < rope / 2; pair += static_cast<int>(blockDim.x)) {
    const Turn turn = turn_of(positions.of(row), pair, rope, theta);
    for (int head = static_cast<int>(threadIdx.y); head < heads; head += static_cast<int>(blockDim.y)) {
      const X* const two = from + head * (nope + rope) + 2 * pair;
      const float2 result = turned({static_cast<float>(two[0]), static_cast<float>(two[1])}, turn);
      O* const there = to + head * (kv_rank + rope) + 2 * pair;
      there[0] = static_cast<O>(result.x);
      there[1] = static_cast<O>(result.y);
    }
  }
}

template <class X, class W, class O>
void mla_absorb(
  const Launch& launch,
  Rows<X> q,
  Matrix<W> w_uk,
  Rows<O> out,
  int length,
  int context,
  int heads,
  int kv_rank,
  int nope,
  int rope,
  float theta
) {
  if (launch.rows() == 0) return;
  require(!kScaled<W> || nope % 4 == 0, "the parts of Fp8 weights that heads have are multiples of 4 wide");
  const Segments segments = {};
  const int query = nope + rope;
  const int cached = kv_rank + rope;
  const Product<X, W, O, 1> product = {
    reader_of(q, 0, nope, query),
    {reader_of(w_uk, nope, nope)},
    writer_of(out, 0, kv_rank, cached),
    nope,
    kv_rank,
    launch.row_begin,
    launch.row_end,
    segments,
    0,
    query,
    nope,
    cached,
    {}
  };
  launch_product<SmallTile, LargeTile>(
    launch, mla_absorb_kernel<SmallTile, X, W, O>, mla_absorb_kernel<LargeTile, X, W, O>, product, heads
  );
  if (rope == 0) return;
  const unsigned pairs = rope <= 32 ? 16 : 32;
  weft::launch(
    mla_turn_kernel<X, O>,
    dim3(static_cast<unsigned>(launch.rows())),
    dim3(pairs, heads < 8 ? 2 : 8),
    0,
    launch.stream,
    q,
    out,
    launch.row_begin,
    Positions{length, context},
    heads,
    kv_rank,
    nope,
    rope,
    theta
  );
}

template <class X, class W, class O>
void mla_value(
  const Launch& launch, Rows<X> latent, Matrix<W> w_uv, Rows<O> out, int heads, int kv_rank, int value
) {
  if (launch.rows() == 0) return;
  require(!kScaled<W> || value % 4 == 0, "the parts of Fp8 weights that heads have are multiples of 4 wide");
  const Segments segments = {};
  const Product<X, W, O, 1> product = {
    reader_of(latent, 0, kv_rank, kv_rank),
    {reader_of(w_uv, value, value)},
    writer_of(out, 0, value, value),
    kv_rank,
    value,
    launch.row_begin,
    launch.row_end,
    segments,
    0,
    kv_rank,
    value,
    value,
    {}
  };
  launch_product<SmallTile, LargeTile>(
    launch, mla_value_kernel<SmallTile, X, W, O>, mla_value_kernel<LargeTile, X, W, O>, product, heads
  );
}

}  // namespace weft
