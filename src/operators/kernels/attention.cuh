/**
 * attention: causal attention to the cache with a running softmax.
 *
 * A block serves some queries (row, head) that share a sequence and a kv head: heads of a group stand side by
 * side, so that MLA's heads, which all attend to the same latents, load them together. It goes through the
 * positions in tiles: scores, their softmax relative to the largest so far, and the weighted sum of values,
 * which stays in registers.
 */
#pragma once

#include "operators/attention_shape.cuh"
#include "operators/panel.cuh"
#include "operators/segments.cuh"

namespace weft {

using NarrowAttention = AttentionShape<8, 32, 64>;
using HeadAttention = AttentionShape<32, 64, 128>;
using LatentAttention = AttentionShape<32, 64, 512>;

template <class X, class C, class O>
struct AttentionCall {
  Reader<X> q;      // key_dim columns of a head
  Reader<C> key;    // key_dim columns of a kv head
  Reader<C> value;  // value_dim columns of a kv head
  Writer<O> out;
  int row_begin;
  int row_end;
  int length;
  int context;
  int group;  // heads that share a kv head
  int kv_heads;
  int key_dim;
  int value_dim;
  int tiles;  // of queries of one sequence and kv head
  float scale;
};

template <class Shape, class X, class C, class O>
__global__ void __launch_bounds__(Shape::kThreads) attention_kernel(AttentionCall<X, C, O> call) {
  using QueryLoader = PanelLoader<X, Along::kDepth, Shape::kQueries, Shape::kDepth, Shape::kThreads>;
  using KeyLoader = PanelLoader<C, Along::kDepth, Shape::kPositions, Shape::kDepth, Shape::kThreads>;
  using ValueLoader = PanelLoader<C, Along::kLength, Shape::kValues, Shape::kValuePositions, Shape::kThreads>;
  alignas(16) __shared__ float q_panel[Shape::kDepth * QueryLoader::kPitch];
  alignas(16) __shared__ float key_panel[Shape::kDepth * KeyLoader::kPitch];
  alignas(16) __shared__ float value_panel[Shape::kValuePositions * Shape::kValues];
  // [position][query]: scores, then their weights.
  alignas(16) __shared__ float weights[Shape::kPositions * Shape::kQueries];
  alignas(16) __shared__ float kept[Shape::kQueries];  // of what was summed before this tile
  __shared__ float parts[Shape::kParts * Shape::kQueries];

  // Which queries: those of a sequence stand row after row, in a row head after head.
  const int index = static_cast<int>(blockIdx.x);
  const int kv_head = index / call.tiles % call.kv_heads;
  const int sequence = call.row_begin / call.length + index / call.tiles / call.kv_heads;
  const int first_row = larger(call.row_begin, sequence * call.length);
  const int rows = smaller(call.row_end, (sequence + 1) * call.length) - first_row;
  const int first_query = index % call.tiles * Shape::kQueries;
  const int queries = smaller(rows * call.group - first_query, Shape::kQueries);
  if (queries <= 0) return;
  const auto row_of = [&](int query) { return first_row + (first_query + query) / call.group; };
  const auto head_of = [&](int query) { return kv_head * call.group + (first_query + query) % call.group; };
  const auto positions_of = [&](int query) { return call.context + row_of(query) % call.length + 1; };
  const int positions = positions_of(queries - 1);
  const std::int64_t first_position = static_cast<std::int64_t>(sequence) * (call.context + call.length);
  const Reader<C> key = call.key.from_column(kv_head * call.key_dim);
  const int first_column = static_cast<int>(blockIdx.y) * Shape::kValues;
  const Reader<C> value = call.value.from_column(kv_head * call.value_dim);

  const int thread = static_cast<int>(threadIdx.x);
  const int across = thread % Shape::kAcross;
  const int down = 4 * (thread / Shape::kAcross);
  RunningSoftmax<Shape> softmax;
  const int softmax_positions = softmax.query() < queries ? positions_of(softmax.query()) : 0;
  float4 sums[4][Shape::kQuads] = {};
  // A thread all of whose queries lie behind the last only helps with the panels.
  const bool multiplies = down < queries;

  for (int begin = 0; begin < positions; begin += Shape::kPositions) {
    const int count = smaller(positions - begin, Shape::kPositions);

    float scores[4][2] = {};
    for (int depth = 0; depth < call.key_dim; depth += Shape::kDepth) {
      QueryLoader q_quads;
      for (int i = 0; i < QueryLoader::kQuads; ++i) {
        const int query = QueryLoader::row_of(i);
        const int column = depth + QueryLoader::column_of(i);
        if (query < queries)
          q_quads.quads[i] = call.q.from_column(head_of(query) * call.key_dim).load(row_of(query), column);
      }
      KeyLoader key_quads;
      key_quads.load(key, first_position + begin, depth, first_position + begin + count);
      __syncthreads();
      q_quads.store(q_panel);
      key_quads.store(key_panel);
      __syncthreads();
      if (multiplies && across < count) {
        for (int d = 0; d < Shape::kDepth; ++d) {
          float left[4];
          read_four(&q_panel[d * QueryLoader::kPitch + down], left);
          for (int i = 0; i < 2; ++i) {
            const float right = key_panel[d * KeyLoader::kPitch + across + i * Shape::kAcross];
            for (int r = 0; r < 4; ++r) scores[r][i] += left[r] * right;
          }
        }
      }
    }
    for (int i = 0; i < 2; ++i) {
      float* const to = &weights[(across + i * Shape::kAcross) * Shape::kQueries + down];
      *reinterpret_cast<float4*>(to) = {
        scores[0][i] * call.scale,
        scores[1][i] * call.scale,
        scores[2][i] * call.scale,
        scores[3][i] * call.scale
      };
    }
    __syncthreads();

    softmax.update(weights, parts, kept, softmax_positions - begin);

    for (int first = 0; first < count; first += Shape::kValuePositions) {
      ValueLoader values;
      values.load(value, first_position + begin + first, first_column, first_position + begin + count);
      if (first > 0) __syncthreads();
      values.store(value_panel);
      __syncthreads();
      if (first == 0) {
        for (int r = 0; r < 4; ++r)
          for (int i = 0; i < Shape::kQuads; ++i) sums[r][i] = times(sums[r][i], kept[down + r]);
      }
      const int last = multiplies ? smaller(count - first, Shape::kValuePositions) : 0;
      for (int position = 0; position < last; ++position) {
        float left[4];
        read_four(&weights[(first + position) * Shape::kQueries + down], left);
        for (int i = 0; i < Shape::kQuads; ++i) {
          const int column = 4 * (across + i * Shape::kAcross);
          const float4 right =
            *reinterpret_cast<const float4*>(&value_panel[position * Shape::kValues + column]);
          for (int r = 0; r < 4; ++r) sums[r][i] = multiply_add(sums[r][i], right, left[r]);
        }
      }
    }
  }

  __syncthreads();
  parts[thread] = softmax.total;
  __syncthreads();
  for (int r = 0; r < 4; ++r) {
    const int query = down + r;
    if (query >= queries) continue;
    float all = 0.0f;
    for (int i = 0; i < Shape::kParts; ++i) all += parts[i * Shape::kQueries + query];
    const Writer<O> out = call.out.from_column(head_of(query) * call.value_dim);
    for (int i = 0; i < Shape::kQuads; ++i) {
      const int column = first_column + 4 * (across + i * Shape::kAcross);
      if (column < call.value_dim) out.store(row_of(query), column, times(sums[r][i], 1.0f / all));
    }
  }
}

template <class Shape, class X, class C, class O>
void launch_attention(const Launch& launch, AttentionCall<X, C, O> call) {
  const int sequences = (launch.row_end - 1) / call.length - launch.row_begin / call.length + 1;
  call.tiles = ceil_divide(smaller(call.length, launch.rows()) * call.group, Shape::kQueries);
  const dim3 grid(
    static_cast<unsigned>(sequences * call.kv_heads * call.tiles),
    static_cast<unsigned>(ceil_divide(call.value_dim, Shape::kValues))
  );
  weft::launch(attention_kernel<Shape, X, C, O>, grid, dim3(Shape::kThreads), 0, launch.stream, call);
}

template <class X, class C, class O>
void attention(
  const Launch& launch,
  Rows<X> q,
  Rows<C> state,
  Rows<O> out,
  int length,
  int context,
  int heads,
  int kv_heads,
  int key_dim,
  int value_dim,
  int value_begin,
  float scale
) {
  if (launch.rows() == 0) return;
  require(
    !kScaled<C> || (key_dim % 4 == 0 && value_dim % 4 == 0), "the heads of Fp8 caches are multiples of 4 wide"
  );
  const AttentionCall<X, C, O> call = {
    reader_of(q, 0, key_dim, key_dim),
    reader_of(state, 0, key_dim, key_dim),
    reader_of(state, value_begin, value_dim, value_dim),
    writer_of(out, 0, value_dim, value_dim),
    launch.row_begin,
    launch.row_end,
    length,
    context,
    heads / kv_heads,
    kv_heads,
    key_dim,
    value_dim,
    0,
    scale
  };
  if (value_dim <= NarrowAttention::kValues) {
    launch_attention<NarrowAttention>(launch, call);
  } else if (value_dim <= HeadAttention::kValues) {
    launch_attention<HeadAttention>(launch, call);
  } else {
    launch_attention<LatentAttention>(launch, call);
  }
}

}  // namespace weft
