// Row operators in all formats, and tables of more pairs than the miniature has, against plain loops.
#include <algorithm>

#include "values.h"

namespace weft {
namespace {

Random random_values;

template <class T>
Values<T> random_rows(int rows, int columns) {
  return Values<T>::filled(rows, columns, random_values.values(static_cast<std::size_t>(rows * columns)));
}

Index* data(std::vector<Index>& words) {
  return words.data();
}

template <class X, class W, class O>
void check_plain(const char* what, int width) {
  constexpr int kRows = 5;
  auto x = random_rows<X>(kRows, width);
  auto y = random_rows<X>(kRows, width);
  auto table = Values<W>::filled(
    130, width, random_values.values(static_cast<std::size_t>(130 * width)), Values<W>::Scales::kBlocks
  );
  std::vector<Index> ids = {3, 129, 0, 127, 128};
  Values<O> out(kRows, width);
  std::vector<double> sums, normed, gathered;
  for (int row = 0; row < kRows; ++row) {
    double squares = 0;
    for (int i = 0; i < width; ++i) squares += std::pow(static_cast<double>(x.at(row, i)), 2);
    for (int i = 0; i < width; ++i) {
      sums.push_back(static_cast<double>(x.at(row, i)) + static_cast<double>(y.at(row, i)));
      normed.push_back(x.at(row, i) / std::sqrt(squares / width + 1e-6) * table.at(0, i));
      gathered.push_back(table.at(static_cast<int>(ids[static_cast<std::size_t>(row)]), i));
    }
  }
  const Launch launch{nullptr, 0, kRows};
  add(launch, x.rows(), y.rows(), out.rows());
  expect_close(std::string("add, ") + what, out.decoded(), sums, kTolerance<O>);
  embedding(launch, data(ids), table.matrix(), out.rows());
  expect_close(std::string("embedding, ") + what, out.decoded(), gathered, kTolerance<O>);
  auto gain = Values<W>::filled(
    1,
    width,
    [&] {
      std::vector<float> first;
      for (int i = 0; i < width; ++i) first.push_back(table.at(0, i));
      return first;
    }(),
    Values<W>::Scales::kBlocks
  );
  norm(launch, x.rows(), gain.matrix(), Segments{}, out.rows(), 1e-6f);
  expect_close(
    std::string("norm, ") + what, out.decoded(), normed, kTolerance<O> + 2 * kTolerance<W> * kScaled<W>
  );
}

/** From tokens to rows of slots and back, on one rank, whose every expert has a slot. */
template <class X, class D, class C>
void check_exchange(const char* what, int width) {
  constexpr int kTokens = 70, kTopK = 3, kSlots = 5;
  auto x = random_rows<X>(kTokens, width);
  std::vector<Index> chosen, begins, slots, pair_row(kTokens * kTopK), sent(kSlots);
  for (int token = 0; token < kTokens; ++token)
    for (int k = 0; k < kTopK; ++k)
      chosen.push_back(static_cast<Index>((random_values.below(3) + k) % kSlots));
  for (Index slot = 0; slot <= kSlots; ++slot) begins.push_back(slot);
  for (Index slot = 0; slot < kSlots; ++slot) slots.push_back(kSlots - 1 - slot);
  const Launch tokens{nullptr, 0, kTokens}, pairs{nullptr, 0, kTokens * kTopK};
  dispatch_assign(
    tokens, data(chosen), data(begins), data(slots), data(pair_row), data(sent), kTopK, 0, kSlots
  );
  Values<D> send(kTokens * kTopK, width), experts(kTokens * kTopK, width), back(kTokens * kTopK, width);
  dispatch_pack(tokens, x.rows(), data(pair_row), send.rows(), kTopK);
  const Segments received = {sent.data(), 1, kSlots, kSlots, 0};
  dispatch_unpack(pairs, send.rows(), received, experts.rows());
  combine_repack(pairs, experts.rows(), received, back.rows());
  std::vector<double> expected, unscaled;
  for (int pair = 0; pair < kTokens * kTopK; ++pair)
    for (int i = 0; i < width; ++i) unscaled.push_back(x.at(pair / kTopK, i));
  std::vector<float> by_pair;
  for (int pair = 0; pair < kTokens * kTopK; ++pair)
    for (int i = 0; i < width; ++i)
      by_pair.push_back(back.at(static_cast<int>(pair_row[static_cast<std::size_t>(pair)]), i));
  expect_close(
    std::string("dispatch_pack, dispatch_unpack and combine_repack, ") + what,
    by_pair,
    unscaled,
    kTolerance<D>
  );

  const std::vector<float> weights = random_values.values(kTokens * kTopK);
  auto returned = Values<C>::filled(kTokens * kTopK, width, back.decoded());
  Values<X> out(kTokens, width);
  pair_row[4] = kNoRow;
  combine_reduce_capacity(tokens, returned.rows(), data(pair_row), weights.data(), out.rows(), kTopK);
  for (int token = 0; token < kTokens; ++token)
    for (int i = 0; i < width; ++i) {
      double sum = 0;
      for (int pair = token * kTopK; pair < (token + 1) * kTopK; ++pair)
        if (pair != 4)
          sum += static_cast<double>(weights[static_cast<std::size_t>(pair)]) *
            returned.at(static_cast<int>(pair_row[static_cast<std::size_t>(pair)]), i);
      expected.push_back(sum);
    }
  expect_close(std::string("combine_reduce_capacity, ") + what, out.decoded(), expected, kTolerance<X>);

  // Row 1 is padding.
  std::vector<Index> row_pair = {5, kNoRow, 3};
  Values<D> padded(3, width);
  dispatch_pack_capacity(Launch{nullptr, 0, 3}, x.rows(), data(row_pair), padded.rows(), kTopK);
  std::vector<double> rows;
  for (const int token : {1, -1, 1})
    for (int i = 0; i < width; ++i) rows.push_back(token < 0 ? 0.0f : x.at(token, i));
  expect_close(std::string("dispatch_pack_capacity, ") + what, padded.decoded(), rows, kTolerance<D>);
}

/** Copies to two nodes of one rank each and on to their slots, as rank 0 sends them and node 1 forwards them.
 */
template <class X, class D>
void check_copies(const char* what, int width) {
  constexpr int kTokens = 9, kTopK = 2, kNodes = 2, kTags = 2 * kTopK,
                kElements = 4 / static_cast<int>(sizeof(D));
  auto x = random_rows<X>(kTokens, width);
  std::vector<Index> chosen, begins = {0, 1, 2, 3, 4}, slots = {0, 1, 2, 3}, slot_begin = {0, 2, 4};
  for (int token = 0; token < kTokens; ++token) {
    const int first = random_values.below(4);
    chosen.insert(chosen.end(), {static_cast<Index>(first), static_cast<Index>((first + 1) % 4)});
  }
  std::vector<Index> pair_row(kTokens * kTopK), sent(4), told(6), copy_row(kTokens * kNodes);
  const Launch tokens{nullptr, 0, kTokens};
  dispatch_assign(tokens, data(chosen), data(begins), data(slots), data(pair_row), data(sent), kTopK, 0, 4);
  dispatch_find_copies(
    tokens, data(pair_row), data(slot_begin), data(sent), data(told), data(copy_row), kTopK, kNodes, 1
  );
  const int copies[2] = {static_cast<int>(told[2]), static_cast<int>(told[5])};
  const std::vector<float> weights = random_values.values(kTokens * kTopK);
  Values<D> send(copies[0] + copies[1], width + kTags * kElements);
  dispatch_pack_copies(
    tokens,
    x.rows(),
    data(pair_row),
    data(copy_row),
    data(slot_begin),
    data(sent),
    weights.data(),
    send.rows(),
    kTopK,
    kTags,
    kNodes,
    1
  );

  // Node 1 hears of rank 0 alone.
  std::vector<Index> counts = {told[3], told[4], told[5], 0, 0, 0};
  const Relay relay = {counts.data(), slot_begin.data(), kNodes, 1, 1, 0, 3, 0};
  Rows<D> arrived = send.rows();
  arrived.data += copies[0] * row_bytes<D>(arrived.width);
  const int forwarded = static_cast<int>(sent[2] + sent[3]);
  Values<D> forward(forwarded, width);
  std::vector<Index> tags(static_cast<std::size_t>(copies[1] * kTags));
  dispatch_forward(Launch{nullptr, 0, copies[1]}, arrived, relay, forward.rows(), data(tags), kTopK, kTags);
  std::vector<double> expected(static_cast<std::size_t>(forwarded * width));
  for (int pair = 0; pair < kTokens * kTopK; ++pair) {
    const Index row = pair_row[static_cast<std::size_t>(pair)] - sent[0] - sent[1];
    if (chosen[static_cast<std::size_t>(pair)] < 2) continue;
    for (int i = 0; i < width; ++i)
      expected[row * static_cast<std::size_t>(width) + static_cast<std::size_t>(i)] = x.at(pair / kTopK, i);
  }
  expect_close(
    std::string("dispatch_pack_copies and dispatch_forward, ") + what,
    forward.decoded(),
    expected,
    kTolerance<D>
  );

  // What each copy's pairs on this node add up to.
  auto gathered = Values<Bf16>::filled(forwarded, width, forward.decoded());
  Values<Bf16> folded(copies[1], width);
  combine_fold(Launch{nullptr, 0, copies[1]}, gathered.rows(), data(tags), folded.rows(), kTopK);
  std::vector<double> sums(static_cast<std::size_t>(copies[1] * width));
  for (int pair = 0; pair < kTokens * kTopK; ++pair) {
    if (chosen[static_cast<std::size_t>(pair)] < 2) continue;
    const int copy =
      static_cast<int>(copy_row[static_cast<std::size_t>(pair / kTopK * kNodes + 1)]) - copies[0];
    const int row = static_cast<int>(pair_row[static_cast<std::size_t>(pair)] - sent[0] - sent[1]);
    for (int i = 0; i < width; ++i)
      sums[static_cast<std::size_t>(copy * width + i)] +=
        static_cast<double>(weights[static_cast<std::size_t>(pair)]) * gathered.at(row, i);
  }
  expect_close(std::string("combine_fold, ") + what, folded.decoded(), sums, kTolerance<Bf16>);
}

/** Tables of so many tokens that blocks of many threads make them. */
void check_tables(int tokens, int top_k, int experts, int rank) {
  std::vector<Index> chosen, begins = {0}, slots;
  for (int token = 0; token < tokens; ++token) {
    const int first = random_values.below(experts);
    for (int k = 0; k < top_k; ++k) chosen.push_back(static_cast<Index>((first + k * k) % experts));
  }
  // Every third expert has two slots.
  for (int expert = 0; expert < experts; ++expert) {
    slots.push_back(static_cast<Index>(slots.size()));
    if (expert % 3 == 0) slots.push_back(static_cast<Index>(slots.size()));
    begins.push_back(static_cast<Index>(slots.size()));
  }
  const int slot_count = static_cast<int>(slots.size());
  const int first_token = tokens / 5;
  std::vector<Index> pair_slot, expected_sent(slots.size());
  for (std::size_t pair = 0; pair < chosen.size(); ++pair) {
    const Index begin = begins[chosen[pair]], replicas = begins[chosen[pair] + 1] - begin;
    pair_slot.push_back(
      slots
        [begin + (static_cast<Index>(rank) + static_cast<Index>(pair) / static_cast<Index>(top_k)) % replicas]
    );
  }
  const std::size_t first_pair = static_cast<std::size_t>(first_token * top_k);
  for (std::size_t pair = first_pair; pair < chosen.size(); ++pair) ++expected_sent[pair_slot[pair]];
  std::vector<Index> next(slots.size()), expected_row(chosen.size(), 77u);
  for (std::size_t slot = 1; slot < slots.size(); ++slot)
    next[slot] = next[slot - 1] + expected_sent[slot - 1];
  for (std::size_t pair = first_pair; pair < chosen.size(); ++pair)
    expected_row[pair] = next[pair_slot[pair]]++;
  std::vector<Index> pair_row(chosen.size(), 77u), sent(slots.size());
  const Launch launch{nullptr, first_token, tokens};
  dispatch_assign(
    launch, data(chosen), data(begins), data(slots), data(pair_row), data(sent), top_k, rank, slot_count
  );
  expect_same("pair_row of dispatch_assign", pair_row, expected_row);
  expect_same("sent of dispatch_assign", sent, expected_sent);

  // Four nodes of two ranks, whose slots are not as many.
  const Index count = static_cast<Index>(slot_count);
  std::vector<Index> slot_begin = {
    0, 1, count / 4, count / 4, count / 2, count / 2, count / 2, count - 1, count
  };
  std::vector<Index> told(slots.size() + 4), copy_row(static_cast<std::size_t>(tokens * 4), 77u);
  std::vector<Index> expected_told, expected_copy(copy_row.size(), 77u);
  dispatch_find_copies(
    launch, data(pair_row), data(slot_begin), data(sent), data(told), data(copy_row), top_k, 4, 2
  );
  Index copies = 0;
  for (std::size_t node = 0; node < 4; ++node) {
    const Index before = copies;
    for (int token = first_token; token < tokens; ++token) {
      bool there = false;
      for (int k = 0; k < top_k; ++k) {
        const Index slot = pair_slot[static_cast<std::size_t>(token * top_k + k)];
        there = there || (slot >= slot_begin[2 * node] && slot < slot_begin[2 * node + 2]);
      }
      expected_copy[static_cast<std::size_t>(token) * 4 + node] = there ? copies++ : kNoCopy;
    }
    expected_told.insert(
      expected_told.end(), sent.begin() + slot_begin[2 * node], sent.begin() + slot_begin[2 * node + 2]
    );
    expected_told.push_back(copies - before);
  }
  expect_same("copy_row of dispatch_find_copies", copy_row, expected_copy);
  expect_same("told of dispatch_find_copies", told, expected_told);

  const Index atom_rows = static_cast<Index>(tokens * top_k / slot_count);
  std::vector<Index> used(slots.size()), expected_pair(slots.size() * atom_rows, kNoRow);
  for (std::size_t pair = 0; pair < chosen.size(); ++pair) {
    const Index slot = pair_slot[pair];
    expected_row[pair] = used[slot] < atom_rows ? slot * atom_rows + used[slot]++ : kNoRow;
    if (expected_row[pair] != kNoRow) expected_pair[expected_row[pair]] = static_cast<Index>(pair);
  }
  std::vector<Index> row_pair(expected_pair.size());
  dispatch_assign_capacity(
    Launch{nullptr, 0, tokens},
    data(chosen),
    data(begins),
    data(slots),
    data(pair_row),
    data(row_pair),
    tokens,
    top_k,
    rank,
    slot_count,
    static_cast<int>(atom_rows)
  );
  expect_same("pair_row of dispatch_assign_capacity", pair_row, expected_row);
  expect_same("row_pair of dispatch_assign_capacity", row_pair, expected_pair);
}

/** DeepSeek-V3's router: 8 of 256 experts, of the best 4 of 8 groups. Ties are frequent. */
void check_route() {
  constexpr int kTokens = 20, kExperts = 256, kTopK = 8, kGroups = 8, kSize = kExperts / kGroups;
  std::vector<float> logits = random_values.values(kTokens * kExperts), bias(kExperts),
                     weights(kTokens * kTopK);
  for (float& each : logits) each = std::round(4 * each);
  std::vector<Index> chosen(kTokens * kTopK), expected;
  for (int token = 0; token < kTokens; ++token) {
    const float* const row = &logits[static_cast<std::size_t>(token * kExperts)];
    const auto better = [](float a, int i, float b, int j) { return a > b || (a == b && i < j); };
    const auto score = [&](int expert) { return 1.0f / (1.0f + std::exp(-row[expert])); };
    std::vector<int> groups, experts;
    std::vector<float> of_group;
    for (int group = 0; group < kGroups; ++group) {
      std::vector<float> scores;
      for (int i = 0; i < kSize; ++i) scores.push_back(score(group * kSize + i));
      std::sort(scores.rbegin(), scores.rend());
      of_group.push_back(scores[0] + scores[1]);
      groups.push_back(group);
    }
    std::sort(groups.begin(), groups.end(), [&](int a, int b) {
      return better(of_group[static_cast<std::size_t>(a)], a, of_group[static_cast<std::size_t>(b)], b);
    });
    for (int kept = 0; kept < 4; ++kept)
      for (int i = 0; i < kSize; ++i) experts.push_back(groups[static_cast<std::size_t>(kept)] * kSize + i);
    std::sort(experts.begin(), experts.end(), [&](int a, int b) { return better(score(a), a, score(b), b); });
    expected.insert(expected.end(), experts.begin(), experts.begin() + kTopK);
  }
  route_select(
    Launch{nullptr, 0, kTokens},
    Rows<Float>{reinterpret_cast<std::byte*>(logits.data()), kExperts},
    bias.data(),
    data(chosen),
    weights.data(),
    kExperts,
    kTopK,
    kGroups,
    4,
    false,
    true,
    2.5f
  );
  expect_same("route_select of 256 experts", chosen, expected);
}

/** Launches without rows touch nothing, not even through null pointers. */
void check_no_rows() {
  const Launch none{nullptr, 3, 3};
  const Rows<Float> rows = {nullptr, 8};
  const Matrix<Float> matrix = {nullptr, 8, 8};
  embedding(none, nullptr, matrix, rows);
  norm(none, rows, matrix, Segments{}, rows, 1.0f);
  add(none, rows, rows, rows);
  matmul(none, rows, matrix, Segments{}, rows);
  swiglu_gate_up(none, rows, matrix, matrix, Segments{}, rows);
  gqa_cache(none, rows, rows, rows, 1, 1, 1, 1, 2, 1.0f);
  attention(none, rows, rows, rows, 1, 1, 1, 1, 2, 2, 2, 1.0f);
  mla_query(none, rows, rows, matrix, matrix, rows, 8, 1.0f);
  mla_cache(none, rows, matrix, rows, 1, 1, 2, 2, 2, 1.0f, 1.0f);
  mla_absorb(none, rows, matrix, rows, 1, 1, 1, 2, 2, 2, 1.0f);
  mla_value(none, rows, matrix, rows, 1, 2, 2);
  route_select(none, rows, nullptr, nullptr, nullptr, 8, 2, 1, 1, true, true, 1.0f);
  dispatch_pack(none, rows, nullptr, rows, 2);
  dispatch_pack_capacity(none, rows, nullptr, rows, 2);
  dispatch_pack_copies(none, rows, nullptr, nullptr, nullptr, nullptr, nullptr, rows, 2, 2, 2, 2);
  dispatch_forward(none, rows, Relay{}, rows, nullptr, 2, 2);
  dispatch_unpack(none, rows, Segments{}, rows);
  combine_repack(none, rows, Segments{}, rows);
  combine_fold(none, rows, nullptr, rows, 2);
  combine_regroup(none, rows, Relay{}, rows);
  combine_reduce(none, rows, nullptr, nullptr, rows, 2);
  combine_gather(none, rows, nullptr, rows, 2);
  std::vector<Index> begins = {0, 1, 2}, sent(2, 9u), told(3, 9u), slot_begin = {0, 2};
  dispatch_assign(none, nullptr, data(begins), nullptr, nullptr, data(sent), 2, 0, 2);
  expect_same("dispatch_assign without rows", sent, {0, 0});
  dispatch_find_copies(none, nullptr, data(slot_begin), data(sent), data(told), nullptr, 2, 1, 1);
  expect_same("dispatch_find_copies without rows", told, {0, 0, 0});
}

}  // namespace
}  // namespace weft

int main() {
  using namespace weft;
  check_no_rows();
  check_plain<Float, Float, Float>("floats", 300);
  check_plain<Bf16, Fp8, Bf16>("fp8 weights", 516);
  check_plain<Fp16, Bf16, Float>("odd widths", 131);
  check_exchange<Float, Float, Float>("floats", 12);
  check_exchange<Bf16, Fp8, Bf16>("fp8", 260);
  check_exchange<Bf16, Bf16, Bf16>("odd widths", 7);
  check_copies<Float, Float>("floats", 12);
  check_copies<Bf16, Fp8>("fp8", 260);
  check_copies<Bf16, Bf16>("odd widths", 7);
  check_tables(200, 4, 24, 1);
  check_tables(20, 3, 40, 2);
  check_route();
  return 0;
}
