// gqa and mla by their definitions: keys and values of every position, one head after another.
#include <algorithm>
#include <cmath>

#include "runtime/reference.h"
#include "runtime/reference_math.h"

namespace weft::reference {
namespace {

/**
 * Queries of the step's rows; keys and values of all positions, the cached ones first; `length` rows of each
 * sequence are new.
 */
struct Attention {
  Rows queries;
  Rows keys;
  Rows values;
  std::int64_t heads;
  std::int64_t kv_heads;
};

/**
 * Each head of width `dim` turned for its row's position: components 2 p and 2 p + 1 by position * theta ^
 * (-2 p / dim). Source: Su et al., RoFormer, equation 34.
 */
Rows turned(const Rows& x, std::int64_t dim, double theta, const Node& node) {
  Rows out = x;
  for (std::int64_t row = 0; row < x.rows(); ++row) {
    const auto position = static_cast<double>(node.context() + row % node.length());
    for (std::int64_t at = 0; at < x.width; at += 2) {
      const double angle =
        position * std::pow(theta, -static_cast<double>(at % dim) / static_cast<double>(dim));
      const auto even = static_cast<std::size_t>(row * x.width + at);
      out.data[even] = x.data[even] * std::cos(angle) - x.data[even + 1] * std::sin(angle);
      out.data[even + 1] = x.data[even] * std::sin(angle) + x.data[even + 1] * std::cos(angle);
    }
  }
  return out;
}

/** `past` [sequences * context] and `fresh` [sequences * length] rows as [sequences * (context + length)]. */
Rows appended(const Rows& past, const Rows& fresh, const Node& node) {
  Rows out{fresh.width, {}};
  for (std::int64_t sequence = 0; sequence < fresh.rows() / node.length(); ++sequence) {
    const auto copy = [&](const Rows& from, std::int64_t rows) {
      const auto begin = from.data.begin() + sequence * rows * from.width;
      out.data.insert(out.data.end(), begin, begin + rows * from.width);
    };
    copy(past, node.context());
    copy(fresh, node.length());
  }
  return out;
}

/** softmax(q k / sqrt(key width)) v for each head, over the positions up to the row's own. */
Rows attend(const Attention& a, const Node& node) {
  const std::int64_t key_dim = a.queries.width / a.heads;
  const std::int64_t value_dim = a.values.width / a.kv_heads;
  Rows out{
    a.heads * value_dim, std::vector<double>(static_cast<std::size_t>(a.queries.rows() * a.heads * value_dim))
  };
  std::vector<double> shares;
  for (std::int64_t row = 0; row < a.queries.rows(); ++row) {
    const std::int64_t first = row / node.length() * (node.context() + node.length());
    shares.resize(static_cast<std::size_t>(node.context() + row % node.length() + 1));
    for (std::int64_t head = 0; head < a.heads; ++head) {
      const std::int64_t kv_head = head / (a.heads / a.kv_heads);
      const double* const query = a.queries.data.data() + row * a.queries.width + head * key_dim;
      for (std::size_t at = 0; at < shares.size(); ++at) {
        const double* const key =
          a.keys.data.data() + (first + static_cast<std::int64_t>(at)) * a.keys.width + kv_head * key_dim;
        double dot = 0;
        for (std::int64_t i = 0; i < key_dim; ++i) dot += query[i] * key[i];
        shares[at] = dot / std::sqrt(static_cast<double>(key_dim));
      }
      softmax(shares.data(), static_cast<std::int64_t>(shares.size()));
      double* const to = out.data.data() + (row * a.heads + head) * value_dim;
      for (std::size_t at = 0; at < shares.size(); ++at) {
        const double* const value = a.values.data.data() +
          (first + static_cast<std::int64_t>(at)) * a.values.width + kv_head * value_dim;
        for (std::int64_t i = 0; i < value_dim; ++i) to[i] += shares[at] * value[i];
      }
    }
  }
  return out;
}

/**
 * Rows in which, head after head, columns of `first` stand before columns of `second`; `shared` where all
 * heads have the same second.
 */
Rows join_heads(const Rows& first, const Rows& second, std::int64_t heads, bool shared) {
  const std::int64_t one = first.width / heads;
  const std::int64_t other = shared ? second.width : second.width / heads;
  Rows out{heads * (one + other), {}};
  for (std::int64_t row = 0; row < first.rows(); ++row)
    for (std::int64_t head = 0; head < heads; ++head) {
      const auto of_first = first.data.begin() + row * first.width + head * one;
      const auto of_second = second.data.begin() + row * second.width + (shared ? 0 : head * other);
      out.data.insert(out.data.end(), of_first, of_first + one);
      out.data.insert(out.data.end(), of_second, of_second + other);
    }
  return out;
}

/** Columns [begin, end) of each head. */
Rows head_columns(const Rows& x, std::int64_t heads, std::int64_t begin, std::int64_t end) {
  const std::int64_t width = x.width / heads;
  Rows out{heads * (end - begin), {}};
  for (std::int64_t row = 0; row < x.rows(); ++row)
    for (std::int64_t head = 0; head < heads; ++head) {
      const auto from = x.data.begin() + row * x.width + head * width;
      out.data.insert(out.data.end(), from + begin, from + end);
    }
  return out;
}

}  // namespace

void softmax(double* values, std::int64_t count) {
  const double largest = *std::max_element(values, values + count);
  double total = 0;
  for (std::int64_t i = 0; i < count; ++i) total += values[i] = std::exp(values[i] - largest);
  for (std::int64_t i = 0; i < count; ++i) values[i] /= total;
}

Rows gqa(const Node& node, const Rows& x, const GqaExtents& e) {
  const Rows projected = times(x, node.weight("w_qkv"));
  const std::int64_t query = e.heads * e.head_dim;
  const std::int64_t key = e.kv_heads * e.head_dim;
  const Rows past = node.state("kv");
  const auto turn = [&](const Rows& rows) { return turned(rows, e.head_dim, e.theta, node); };
  const Rows attended = attend(
    {
      turn(columns(projected, 0, query)),
      // The cache holds keys that are turned already.
      appended(columns(past, 0, key), turn(columns(projected, query, query + key)), node),
      appended(columns(past, key, 2 * key), columns(projected, query + key, query + 2 * key), node),
      e.heads,
      e.kv_heads,
    },
    node
  );
  return times(attended, node.weight("w_out"));
}

Rows mla(const Node& node, const Rows& x, const MlaExtents& e) {
  const Rows down = times(x, node.weight("w_down"));
  const Rows query_latent =
    e.q_rank == 0 ? x : rms_norm(columns(down, 0, e.q_rank), node.weight("q_gain"), e.epsilon);
  const Rows latent =
    rms_norm(columns(down, e.q_rank, e.q_rank + e.kv_rank), node.weight("kv_gain"), e.epsilon);
  const Rows key = turned(columns(down, e.q_rank + e.kv_rank, down.width), e.rope, e.theta, node);
  const Rows cached = appended(node.state("latent"), join_heads(latent, key, 1, false), node);

  const Rows query = times(query_latent, node.weight("w_q"));
  const Rows latents = columns(cached, 0, e.kv_rank);
  const Rows rotary = turned(head_columns(query, e.heads, e.nope, e.nope + e.rope), e.rope, e.theta, node);
  const Rows attended = attend(
    {
      join_heads(head_columns(query, e.heads, 0, e.nope), rotary, e.heads, false),
      join_heads(
        times(latents, node.weight("w_uk")), columns(cached, e.kv_rank, e.kv_rank + e.rope), e.heads, true
      ),
      times(latents, node.weight("w_uv")),
      e.heads,
      e.heads,
    },
    node
  );
  return times(attended, node.weight("w_out"));
}

}  // namespace weft::reference
