/**
 * The tiled product behind matmul, swiglu_gate_up and the products of mla: rows x [m, k] times w [k, n],
 * where each slot or each head has a w of its own.
 *
 * A block makes a tile of the result. Panels of both factors go through shared memory, two of each, so that
 * one barrier for each panel is enough; sums are floats. Scales of Fp8 are applied on the way into shared
 * memory.
 */
#pragma once

#include "operators/panel.cuh"
#include "operators/segments.cuh"

namespace weft {

/** A tile of kRows x kColumns; a thread makes kThreadRows x kThreadColumns of it, in pieces of 4 x 4. */
template <int kRowsOfTile, int kColumnsOfTile, int kDepthOfPanel, int kRowsOfThread, int kColumnsOfThread>
struct Tile {
  static constexpr int kRows = kRowsOfTile;
  static constexpr int kColumns = kColumnsOfTile;
  static constexpr int kDepth = kDepthOfPanel;
  static constexpr int kThreadRows = kRowsOfThread;
  static constexpr int kThreadColumns = kColumnsOfThread;
  static constexpr int kAcross = kColumns / kThreadColumns;  // threads in a row of the tile
  static constexpr int kThreads = kRows / kThreadRows * kAcross;
};

/** For many rows; the second where a block has two matrices. */
using LargeTile = Tile<128, 128, 16, 8, 8>;
using LargePairTile = Tile<128, 64, 16, 8, 4>;
/** For few rows or columns: one warp, so that barriers cost little and many blocks share an SM. */
using SmallTile = Tile<16, 32, 32, 4, 4>;
using SmallPairTile = Tile<16, 32, 16, 4, 4>;

/** What the rows of the first factor go through before they are multiplied. */
template <class W>
struct RowNorm {
  Reader<W> gain;
  int width;
  float epsilon;
};
struct NoNorm {};

template <class X, class W, class O, int kMatrices, class Norm = NoNorm>
struct Product {
  Reader<X> x;
  Reader<W> w[kMatrices];
  Writer<O> out;
  int k;
  int n;
  int row_begin;
  int row_end;
  Segments segments;
  std::int64_t slot_bytes;  // from one slot's w to the next
  // Columns from one head's part to the next.
  int head_x;
  int head_w;
  int head_out;
  Norm norm;
};

/** Whether the small tile serves a product better: its rows or columns are few, or large tiles too few to
 * fill a GPU. */
inline bool wants_small_tile(const Launch& launch, const Segments& segments, int n, int heads) {
  const std::int64_t slots = larger(segments.slots, 1);
  const std::int64_t tiles = slots * heads *
    ceil_divide(launch.rows() / static_cast<int>(slots), LargeTile::kRows) *
    ceil_divide(n, LargeTile::kColumns);
  return n <= 32 || launch.rows() <= 32 * slots || tiles < 64;
}

template <class Tile>
dim3 product_grid(const Launch& launch, const Segments& segments, int n, int heads) {
  return dim3(
    static_cast<unsigned>(most_tiles(launch, segments, Tile::kRows)),
    static_cast<unsigned>(ceil_divide(n, Tile::kColumns)),
    static_cast<unsigned>(heads)
  );
}

/** Launches a product's kernel, for small tiles or for large ones, whichever serve it better. */
template <class Small, class Large, class Kernel, class Product>
void launch_product(
  const Launch& launch, Kernel* small_tiles, Kernel* large_tiles, const Product& product, int heads = 1
) {
  const bool is_small = wants_small_tile(launch, product.segments, product.n, heads);
  weft::launch(
    is_small ? small_tiles : large_tiles,
    is_small ? product_grid<Small>(launch, product.segments, product.n, heads)
             : product_grid<Large>(launch, product.segments, product.n, heads),
    dim3(is_small ? Small::kThreads : Large::kThreads),
    0,
    launch.stream,
    product
  );
}

/** x * sigmoid(x) */
__device__ inline float silu(float x) {
  return x / (1.0f + expf(-x));
}

/** What two products become: silu(a) * b. */
__device__ inline float4 gated(float4 gate, float4 up) {
  return {silu(gate.x) * up.x, silu(gate.y) * up.y, silu(gate.z) * up.z, silu(gate.w) * up.w};
}

/** Makes the tile (blockIdx.x of the rows, blockIdx.y of the columns) of head blockIdx.z. */
template <class Tile, Along kAlongW, class X, class W, class O, int kMatrices, class Norm>
__device__ void make_tile(const Product<X, W, O, kMatrices, Norm>& p) {
  constexpr bool kNormed = !std::is_same_v<Norm, NoNorm>;
  using XLoader = PanelLoader<X, Along::kDepth, Tile::kRows, Tile::kDepth, Tile::kThreads>;
  using WLoader = PanelLoader<W, kAlongW, Tile::kColumns, Tile::kDepth, Tile::kThreads>;
  constexpr int kPieceRows = Tile::kThreadRows / 4;
  constexpr int kPieceColumns = Tile::kThreadColumns / 4;

  alignas(16) __shared__ float x_panel[2][Tile::kDepth * XLoader::kPitch];
  alignas(16) __shared__ float w_panel[2][kMatrices][Tile::kDepth * WLoader::kPitch];

  const RowTile tile =
    find_tile(p.segments, p.row_begin, p.row_end, static_cast<int>(blockIdx.x), Tile::kRows);
  if (tile.begin >= tile.end) return;
  const int first_column = static_cast<int>(blockIdx.y) * Tile::kColumns;
  const int head = static_cast<int>(blockIdx.z);
  const Reader<X> x = p.x.from_column(head * p.head_x);
  const Writer<O> out = p.out.from_column(head * p.head_out);

  XLoader x_quads;
  WLoader w_quads[kMatrices];
  float squares[XLoader::kQuads] = {};

  const auto load_w = [&](int m, int depth) {
    const Reader<W> w = p.w[m].at(tile.slot * p.slot_bytes).from_column(head * p.head_w);
    if constexpr (kAlongW == Along::kLength) {
      w_quads[m].load(w, depth, first_column, p.k);
    } else {
      w_quads[m].load(w, first_column, depth, p.n);
    }
  };
  const auto load = [&](int depth) {
    x_quads.load(x, tile.begin, depth, tile.end);
    load_w(0, depth);
    if constexpr (kMatrices == 2) load_w(1, depth);
  };
  const auto store = [&](int buffer, [[maybe_unused]] int depth) {
    if constexpr (kNormed) {
      for (int i = 0; i < XLoader::kQuads; ++i) {
        const float4 values = x_quads.quads[i].values();
        squares[i] += dot(values, values);
        const float4 gain = p.norm.gain.load(0, depth + XLoader::column_of(i)).values();
        XLoader::store(x_panel[buffer], i, times(values, gain));
      }
    } else {
      x_quads.store(x_panel[buffer]);
    }
    w_quads[0].store(w_panel[buffer][0]);
    if constexpr (kMatrices == 2) w_quads[1].store(w_panel[buffer][1]);
  };

  // Pieces of four rows lie 4 * kDown apart, so that threads side by side read side by side; so do those of
  // columns.
  constexpr int kDown = Tile::kRows / Tile::kThreadRows;
  const int across = 4 * (static_cast<int>(threadIdx.x) % Tile::kAcross);
  const int down = 4 * (static_cast<int>(threadIdx.x) / Tile::kAcross);
  float sums[kMatrices][Tile::kThreadRows][Tile::kThreadColumns] = {};
  // A thread all of whose rows or columns lie behind the last only helps with the panels.
  const bool multiplies = tile.begin + down < tile.end && first_column + across < p.n;

  load(0);
  int buffer = 0;
  for (int depth = 0; depth < p.k; depth += Tile::kDepth) {
    store(buffer, depth);
    __syncthreads();
    if (depth + Tile::kDepth < p.k) load(depth + Tile::kDepth);
    if (multiplies) {
      for (int d = 0; d < Tile::kDepth; ++d) {
        float left[Tile::kThreadRows];
        for (int i = 0; i < kPieceRows; ++i)
          read_four(&x_panel[buffer][d * XLoader::kPitch + down + i * 4 * kDown], &left[4 * i]);
        for (int m = 0; m < kMatrices; ++m) {
          float right[Tile::kThreadColumns];
          for (int i = 0; i < kPieceColumns; ++i)
            read_four(
              &w_panel[buffer][m][d * WLoader::kPitch + across + i * 4 * Tile::kAcross], &right[4 * i]
            );
          for (int r = 0; r < Tile::kThreadRows; ++r)
            for (int c = 0; c < Tile::kThreadColumns; ++c) sums[m][r][c] += left[r] * right[c];
        }
      }
    }
    buffer ^= 1;
  }

  // Each row's squares, from the threads that loaded it.
  [[maybe_unused]] const float* row_squares = nullptr;
  if constexpr (kNormed) {
    __shared__ float all_squares[Tile::kRows * XLoader::kQuadsInRow];
    for (int i = 0; i < XLoader::kQuads; ++i)
      all_squares[XLoader::row_of(i) * XLoader::kQuadsInRow + XLoader::column_of(i) / 4] = squares[i];
    __syncthreads();
    row_squares = all_squares;
  }

  for (int r = 0; r < Tile::kThreadRows; ++r) {
    const int row_of_tile = down + r / 4 * 4 * kDown + r % 4;
    const int row = tile.begin + row_of_tile;
    if (row >= tile.end) continue;
    [[maybe_unused]] float factor = 1.0f;
    if constexpr (kNormed) {
      float sum = 0.0f;
      for (int i = 0; i < XLoader::kQuadsInRow; ++i)
        sum += row_squares[row_of_tile * XLoader::kQuadsInRow + i];
      factor = 1.0f / sqrtf(sum / static_cast<float>(p.norm.width) + p.norm.epsilon);
    }
    for (int i = 0; i < kPieceColumns; ++i) {
      const int column = first_column + across + i * 4 * Tile::kAcross;
      if (column >= p.n) continue;
      const auto piece = [&](int m) -> float4 {
        const float* const from = &sums[m][r][4 * i];
        return {from[0], from[1], from[2], from[3]};
      };
      if constexpr (kMatrices == 2) {
        out.store(row, column, gated(piece(0), piece(1)));
      } else if constexpr (kNormed) {
        out.store(row, column, times(piece(0), factor));
      } else {
        out.store(row, column, piece(0));
      }
    }
  }
}

}  // namespace weft
