// mla_cache: puts rows' normed latents and turned keys where they belong in the cache.
#pragma once

#include "operators/rope.cuh"
#include "operators/segments.cuh"
#include "operators/write_row.cuh"

namespace weft {

template <class X, class W, class C>
__global__ void mla_cache_kernel(
  Reader<X> latent,
  Reader<W> gain,
  Rows<C> state,
  RowFormat<C> format,
  int row_begin,
  Positions positions,
  int kv_rank,
  int rope,
  float theta,
  float epsilon
) {
  static_assert(!kScaled<X>, "activations are not Fp8");
  const int row = row_begin + static_cast<int>(blockIdx.x);
  // The norm is of the latent alone, the key behind it is as it is.
  Reader<X> normed = latent;
  normed.columns = kv_rank;
  float squares = 0.0f;
  for (int column = 4 * static_cast<int>(threadIdx.x); column < kv_rank;
       column += 4 * static_cast<int>(blockDim.x)) {
    const float4 values = normed.load(row, column).values();
    squares += dot(values, values);
  }
  const float factor = 1.0f / sqrtf(block_sum(squares) / static_cast<float>(kv_rank) + epsilon);

  const X* const key = reinterpret_cast<const X*>(latent.data + row * latent.pitch) + latent.begin + kv_rank;
  const auto turned_key = [&](int component) {
    const int even = component / 2 * 2;
    const Turn turn = turn_of(positions.of(row), component / 2, rope, theta);
    const float2 pair = turned({static_cast<float>(key[even]), static_cast<float>(key[even + 1])}, turn);
    return component % 2 == 0 ? pair.x : pair.y;
  };
  write_row(
    format, state.data + positions.cached(row) * row_bytes<C>(state.width), [&](int column) -> float4 {
      const float4 values =
        times(times(normed.load(row, column).values(), factor), gain.load(0, column).values());
      float four[4] = {values.x, values.y, values.z, values.w};
      for (int i = 0; i < 4; ++i) {
        const int component = column + i - kv_rank;
        if (component >= 0 && component < rope) four[i] = turned_key(component);
      }
      return {four[0], four[1], four[2], four[3]};
    }
  );
}

template <class X, class W, class C>
void mla_cache(
  const Launch& launch,
  Rows<X> latent,
  Matrix<W> gain,
  Rows<C> state,
  int length,
  int context,
  int q_rank,
  int kv_rank,
  int rope,
  float theta,
  float epsilon
) {
  if (launch.rows() == 0) return;
  weft::launch(
    mla_cache_kernel<X, W, C>,
    dim3(static_cast<unsigned>(launch.rows())),
    dim3(row_threads(state.width)),
    0,
    launch.stream,
    reader_of(latent, q_rank, kv_rank + rope),
    reader_of(gain, kv_rank),
    state,
    format_of(state, kv_rank + rope),
    launch.row_begin,
    Positions{length, context},
    kv_rank,
    rope,
    theta,
    epsilon
  );
}

}  // namespace weft
