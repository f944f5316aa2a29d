// The products in all formats, by both tiles, against loops in double precision.
#include "values.h"

namespace weft {
namespace {

Random random_values;

template <class T>
Values<T> random_rows(int rows, int columns) {
  return Values<T>::filled(rows, columns, random_values.uneven(static_cast<std::size_t>(rows * columns)));
}
template <class T>
Values<T> random_matrices(int rows, int columns, int matrices) {
  return Values<T>::filled(
    rows,
    columns,
    random_values.uneven(static_cast<std::size_t>(rows * columns * matrices)),
    Values<T>::Scales::kBlocks,
    matrices
  );
}

/** Counts [source][slot] among others' words, with empty slots. */
struct Counts {
  std::vector<Index> words;
  std::vector<int> slot_of_row;
  Segments segments;

  Counts(int sources, int slots, int most) {
    const int stride = slots + 3;
    words.assign(static_cast<std::size_t>(sources * stride), 0xffffffu);
    for (int slot = 0; slot < slots; ++slot) {
      for (int source = 0; source < sources; ++source) {
        const int rows = slot % 3 == 1 ? 0 : random_values.below(most + 1);
        words[static_cast<std::size_t>(source * stride + 2 + slot)] = static_cast<Index>(rows);
        slot_of_row.insert(slot_of_row.end(), static_cast<std::size_t>(rows), slot);
      }
    }
    segments = {words.data(), sources, slots, stride, 2};
  }
  int rows() const { return static_cast<int>(slot_of_row.size()); }
};

double silu_of(double x) {
  return x / (1 + std::exp(-x));
}

/** sum over i of x[row, i] * w[slot][i, column] */
std::vector<double> product(
  const std::vector<float>& x, const std::vector<float>& w, const std::vector<int>& slot_of_row, int k, int n
) {
  std::vector<double> result(slot_of_row.size() * static_cast<std::size_t>(n));
  for (std::size_t row = 0; row < slot_of_row.size(); ++row)
    for (int i = 0; i < k; ++i) {
      const double factor = element(x, static_cast<int>(row), k, i);
      const float* const from = &w[static_cast<std::size_t>((slot_of_row[row] * k + i) * n)];
      double* const to = &result[row * static_cast<std::size_t>(n)];
      for (int column = 0; column < n; ++column) to[column] += factor * static_cast<double>(from[column]);
    }
  return result;
}

template <class X, class W, class O>
void check_grouped(const char* what, const Counts& counts, int k, int n) {
  auto x = random_rows<X>(counts.rows(), k);
  auto w = random_matrices<W>(k, n, counts.segments.slots);
  auto up = random_matrices<W>(k, n, counts.segments.slots);
  Values<O> out(counts.rows(), n);
  // In two launches, the second of which begins anywhere.
  const int middle = counts.rows() / 3;
  matmul(Launch{nullptr, 0, middle}, x.rows(), w.matrix(), counts.segments, out.rows());
  matmul(Launch{nullptr, middle, counts.rows()}, x.rows(), w.matrix(), counts.segments, out.rows());
  auto expected = product(x.decoded(), w.decoded(), counts.slot_of_row, k, n);
  expect_close(std::string("matmul, ") + what, out.decoded(), expected, kTolerance<O>);

  swiglu_gate_up(
    Launch{nullptr, 0, counts.rows()}, x.rows(), w.matrix(), up.matrix(), counts.segments, out.rows()
  );
  const auto ups = product(x.decoded(), up.decoded(), counts.slot_of_row, k, n);
  for (std::size_t i = 0; i < ups.size(); ++i) expected[i] = silu_of(expected[i]) * ups[i];
  expect_close(std::string("swiglu_gate_up, ") + what, out.decoded(), expected, kTolerance<O>);
}

template <class X, class W, class O>
void check_single(const char* what, int rows, int k, int n) {
  auto x = random_rows<X>(rows, k);
  auto w = random_matrices<W>(k, n, 1);
  Values<O> out(rows, n);
  const std::vector<int> slots(static_cast<std::size_t>(rows), 0);
  matmul(Launch{nullptr, 0, rows}, x.rows(), w.matrix(), Segments{}, out.rows());
  expect_close(
    std::string("matmul, one matrix, ") + what,
    out.decoded(),
    product(x.decoded(), w.decoded(), slots, k, n),
    kTolerance<O>
  );

  // The same from the first columns of wider rows, normed.
  auto latent = random_rows<X>(rows, k + 12);
  auto gain = random_matrices<W>(1, k, 1);
  mla_query(
    Launch{nullptr, 0, rows}, x.rows(), latent.rows(), gain.matrix(), w.matrix(), out.rows(), k, 1e-6f
  );
  std::vector<float> normed;
  for (int row = 0; row < rows; ++row) {
    double squares = 0;
    for (int i = 0; i < k; ++i) squares += std::pow(static_cast<double>(latent.at(row, i)), 2);
    for (int i = 0; i < k; ++i)
      normed.push_back(static_cast<float>(latent.at(row, i) / std::sqrt(squares / k + 1e-6) * gain.at(0, i)));
  }
  expect_close(
    std::string("mla_query, ") + what, out.decoded(), product(normed, w.decoded(), slots, k, n), kTolerance<O>
  );
}

template <class X, class W, class O>
void check_heads(const char* what, int rows, int heads, int kv_rank, int nope, int rope, int value) {
  auto q = random_rows<X>(rows, heads * (nope + rope));
  auto w_uk = random_matrices<W>(kv_rank, heads * nope, 1);
  Values<O> absorbed(rows, heads * (kv_rank + rope));
  mla_absorb(
    Launch{nullptr, 0, rows},
    q.rows(),
    w_uk.matrix(),
    absorbed.rows(),
    2,
    3,
    heads,
    kv_rank,
    nope,
    rope,
    10000.0f
  );
  std::vector<double> expected;
  for (int row = 0; row < rows; ++row)
    for (int head = 0; head < heads; ++head) {
      const int begin = head * (nope + rope);
      for (int component = 0; component < kv_rank; ++component) {
        double sum = 0;
        for (int i = 0; i < nope; ++i)
          sum += static_cast<double>(q.at(row, begin + i)) *
            static_cast<double>(w_uk.at(component, head * nope + i));
        expected.push_back(sum);
      }
      for (int pair = 0; pair < rope / 2; ++pair) {
        const double angle = (3 + row % 2) * std::pow(10000.0, -2.0 * pair / rope);
        const double even = q.at(row, begin + nope + 2 * pair), odd = q.at(row, begin + nope + 2 * pair + 1);
        expected.push_back(even * std::cos(angle) - odd * std::sin(angle));
        expected.push_back(even * std::sin(angle) + odd * std::cos(angle));
      }
    }
  expect_close(std::string("mla_absorb, ") + what, absorbed.decoded(), expected, kTolerance<O>);

  auto latent = random_rows<X>(rows, heads * kv_rank);
  auto w_uv = random_matrices<W>(kv_rank, heads * value, 1);
  Values<O> values(rows, heads * value);
  mla_value(Launch{nullptr, 0, rows}, latent.rows(), w_uv.matrix(), values.rows(), heads, kv_rank, value);
  expected.clear();
  for (int row = 0; row < rows; ++row)
    for (int column = 0; column < heads * value; ++column) {
      double sum = 0;
      for (int i = 0; i < kv_rank; ++i)
        sum += static_cast<double>(latent.at(row, column / value * kv_rank + i)) *
          static_cast<double>(w_uv.at(i, column));
      expected.push_back(sum);
    }
  expect_close(std::string("mla_value, ") + what, values.decoded(), expected, kTolerance<O>);
}

template <class X, class W, class O>
void check_all(const char* formats) {
  const auto name = [&](const char* what) { return std::string(formats) + ", " + what; };
  check_grouped<X, W, O>(name("small tiles").c_str(), Counts(3, 7, 9), 52, 36);
  check_grouped<X, W, O>(name("large tiles").c_str(), Counts(4, 3, 90), 36, 1500);
  check_single<X, W, O>(name("small tiles").c_str(), 19, 132, 44);
  check_single<X, W, O>(name("large tiles").c_str(), 130, 36, 4096);
  // Activations, of which queries are, are never Fp8.
  check_heads<O, W, O>(name("small tiles").c_str(), 5, 3, 36, 12, 8, 20);
  check_heads<O, W, O>(name("large tiles").c_str(), 130, 16, 132, 16, 4, 132);
}

}  // namespace
}  // namespace weft

int main() {
  using namespace weft;
  check_all<Float, Float, Float>("floats");
  check_all<Bf16, Bf16, Bf16>("bf16");
  check_all<Fp8, Fp8, Bf16>("fp8");
  // Odd widths, which no vector fits, and a format of its own for each operand.
  check_grouped<Fp16, Bf16, Float>("odd widths", Counts(2, 4, 7), 51, 37);
  check_single<Bf16, Float, Float>("odd widths", 7, 13, 259);
  check_heads<Fp16, Bf16, Bf16>("odd widths", 3, 3, 7, 5, 2, 3);
  return 0;
}
