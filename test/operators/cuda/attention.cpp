// Attention and the caches in all formats, against loops in double precision.
#include "values.h"

namespace weft {
namespace {

Random random_values;

template <class T>
Values<T> random_rows(int rows, int columns) {
  return Values<T>::filled(rows, columns, random_values.uneven(static_cast<std::size_t>(rows * columns)));
}

struct Heads {
  int heads;
  int kv_heads;
  int key_dim;
  int value_dim;
  int state_width;
  int value_begin;
};

template <class X, class C, class O>
void check_attention(const char* what, Heads shape, int sequences, int length, int context) {
  const int rows = sequences * length;
  auto q = random_rows<X>(rows, shape.heads * shape.key_dim);
  auto state = random_rows<C>(sequences * (context + length), shape.state_width);
  Values<O> out(rows, shape.heads * shape.value_dim);
  const float scale = 1.0f / std::sqrt(static_cast<float>(shape.key_dim));
  const auto launch = [&](int begin, int end) {
    attention(
      Launch{nullptr, begin, end},
      q.rows(),
      state.rows(),
      out.rows(),
      length,
      context,
      shape.heads,
      shape.kv_heads,
      shape.key_dim,
      shape.value_dim,
      shape.value_begin,
      scale
    );
  };
  // The first launch ends in the middle of a sequence where there is a middle.
  const int middle = (rows + 1) / 2;
  launch(0, middle);
  launch(middle, rows);

  const std::vector<float> queries = q.decoded(), cached = state.decoded();
  std::vector<double> expected;
  for (int row = 0; row < rows; ++row)
    for (int head = 0; head < shape.heads; ++head) {
      const int kv_head = head / (shape.heads / shape.kv_heads);
      const int first = row / length * (context + length);
      const int positions = context + row % length + 1;
      std::vector<double> weights;
      double total = 0;
      for (int position = 0; position < positions; ++position) {
        double score = 0;
        for (int i = 0; i < shape.key_dim; ++i)
          score += element(queries, row, shape.heads * shape.key_dim, head * shape.key_dim + i) *
            element(cached, first + position, shape.state_width, kv_head * shape.key_dim + i);
        weights.push_back(std::exp(score * static_cast<double>(scale)));
        total += weights.back();
      }
      for (int column = 0; column < shape.value_dim; ++column) {
        double sum = 0;
        for (int position = 0; position < positions; ++position)
          sum += weights[static_cast<std::size_t>(position)] / total *
            element(
                   cached,
                   first + position,
                   shape.state_width,
                   shape.value_begin + kv_head * shape.value_dim + column
            );
        expected.push_back(sum);
      }
    }
  expect_close(std::string("attention, ") + what, out.decoded(), expected, kTolerance<O>);
}

/** A pair of neighbours of a row, turned, by the definition. */
void push_turned(std::vector<double>& to, double even, double odd, int position, int pair, int dim) {
  const double angle = position * std::pow(10000.0, -2.0 * pair / dim);
  to.push_back(even * std::cos(angle) - odd * std::sin(angle));
  to.push_back(even * std::sin(angle) + odd * std::cos(angle));
}

/** Rows of a cache with room for others, of which a launch may write its own alone. */
template <class C>
std::vector<float> written_rows(Values<C>& state, int width, int sequences, int length, int context) {
  std::vector<float> rows;
  for (int sequence = 0; sequence < sequences; ++sequence)
    for (int position = 0; position < context + length; ++position)
      for (int column = 0; column < width; ++column) {
        const int row = sequence * (context + length) + position;
        if (position >= context) rows.push_back(state.at(row, column));
      }
  return rows;
}

template <class X, class C>
void check_gqa_cache(const char* what, int heads, int kv_heads, int head_dim) {
  constexpr int kSequences = 2, kLength = 3, kContext = 4;
  auto qkv = random_rows<X>(kSequences * kLength, (heads + 2 * kv_heads) * head_dim);
  Values<X> q(kSequences * kLength, heads * head_dim);
  Values<C> state(kSequences * (kContext + kLength), 2 * kv_heads * head_dim);
  gqa_cache(
    Launch{nullptr, 0, kSequences * kLength},
    qkv.rows(),
    q.rows(),
    state.rows(),
    kLength,
    kContext,
    heads,
    kv_heads,
    head_dim,
    10000.0f
  );
  std::vector<double> queries, cached;
  for (int row = 0; row < kSequences * kLength; ++row)
    for (int column = 0; column < (heads + 2 * kv_heads) * head_dim; column += 2) {
      std::vector<double>& to = column < heads * head_dim ? queries : cached;
      const double even = qkv.at(row, column), odd = qkv.at(row, column + 1);
      if (column < (heads + kv_heads) * head_dim) {
        push_turned(to, even, odd, kContext + row % kLength, column % head_dim / 2, head_dim);
      } else {
        to.insert(to.end(), {even, odd});
      }
    }
  expect_close(std::string("queries of gqa_cache, ") + what, q.decoded(), queries, kTolerance<X>);
  expect_close(
    std::string("gqa_cache, ") + what,
    written_rows(state, 2 * kv_heads * head_dim, kSequences, kLength, kContext),
    cached,
    kTolerance<C>
  );
}

template <class X, class W, class C>
void check_mla_cache(const char* what, int q_rank, int kv_rank, int rope) {
  constexpr int kSequences = 2, kLength = 2, kContext = 3;
  auto latent = random_rows<X>(kSequences * kLength, q_rank + kv_rank + rope);
  auto gain = Values<W>::filled(
    1, kv_rank, random_values.values(static_cast<std::size_t>(kv_rank)), Values<W>::Scales::kBlocks
  );
  Values<C> state(kSequences * (kContext + kLength), kv_rank + rope);
  mla_cache(
    Launch{nullptr, 0, kSequences * kLength},
    latent.rows(),
    gain.matrix(),
    state.rows(),
    kLength,
    kContext,
    q_rank,
    kv_rank,
    rope,
    10000.0f,
    1e-6f
  );
  std::vector<double> expected;
  for (int row = 0; row < kSequences * kLength; ++row) {
    double squares = 0;
    for (int i = 0; i < kv_rank; ++i) squares += std::pow(static_cast<double>(latent.at(row, q_rank + i)), 2);
    for (int i = 0; i < kv_rank; ++i)
      expected.push_back(latent.at(row, q_rank + i) / std::sqrt(squares / kv_rank + 1e-6) * gain.at(0, i));
    for (int pair = 0; pair < rope / 2; ++pair) {
      const int column = q_rank + kv_rank + 2 * pair;
      push_turned(
        expected, latent.at(row, column), latent.at(row, column + 1), kContext + row % kLength, pair, rope
      );
    }
  }
  expect_close(
    std::string("mla_cache, ") + what,
    written_rows(state, kv_rank + rope, kSequences, kLength, kContext),
    expected,
    kTolerance<C>
  );
}

}  // namespace
}  // namespace weft

int main() {
  using namespace weft;
  // Heads of a latent as MLA has them: values are the first columns of the keys.
  const Heads latents = {36, 1, 576, 512, 576, 0};
  check_attention<Float, Float, Float>("latents, floats", latents, 1, 2, 130);
  check_attention<Bf16, Fp8, Bf16>("latents, fp8", latents, 2, 1, 70);
  const Heads groups = {6, 2, 128, 128, 512, 256};
  check_attention<Float, Float, Float>("groups, floats", groups, 2, 9, 60);
  check_attention<Bf16, Bf16, Bf16>("groups, bf16", groups, 3, 1, 64);
  check_attention<Bf16, Fp8, Bf16>("groups, fp8", groups, 1, 40, 0);
  check_attention<Float, Float, Float>("narrow", {6, 3, 20, 20, 120, 60}, 2, 7, 33);
  check_attention<Fp16, Bf16, Float>("odd widths", {4, 2, 7, 5, 27, 14}, 3, 4, 31);
  check_attention<Float, Float, Float>("more columns than a block makes", {2, 1, 12, 530, 542, 12}, 1, 3, 5);

  check_gqa_cache<Float, Float>("floats", 3, 2, 12);
  check_gqa_cache<Bf16, Fp8>("fp8", 4, 2, 128);
  check_gqa_cache<Fp16, Bf16>("odd halves", 2, 1, 10);
  check_mla_cache<Float, Float, Float>("floats", 8, 20, 6);
  check_mla_cache<Bf16, Fp8, Fp8>("fp8", 36, 516, 64);
  check_mla_cache<Bf16, Float, Fp16>("odd widths", 3, 7, 2);
  return 0;
}
