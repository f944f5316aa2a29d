#include "runtime/reference.h"

#include <cmath>

#include "runtime/check.h"
#include "runtime/reference_math.h"

namespace weft::reference {

Rows times(const Rows& x, const Weight& w) {
  if (x.width != w.rows)
    throw Failure(format(
      "the reference multiplies rows of %lld by a matrix with %lld",
      static_cast<long long>(x.width),
      static_cast<long long>(w.rows)
    ));
  Rows out{w.columns, std::vector<double>(static_cast<std::size_t>(x.rows() * w.columns))};
  for (std::int64_t row = 0; row < x.rows(); ++row) {
    double* const to = out.data.data() + row * w.columns;
    for (std::int64_t k = 0; k < w.rows; ++k) {
      const double factor = x.data[static_cast<std::size_t>(row * x.width + k)];
      const double* const from = w.data.data() + k * w.columns;
      for (std::int64_t column = 0; column < w.columns; ++column) to[column] += factor * from[column];
    }
  }
  return out;
}

Rows columns(const Rows& x, std::int64_t begin, std::int64_t end) {
  Rows out{end - begin, {}};
  out.data.reserve(static_cast<std::size_t>(x.rows() * out.width));
  for (std::int64_t row = 0; row < x.rows(); ++row)
    out.data.insert(
      out.data.end(), x.data.begin() + row * x.width + begin, x.data.begin() + row * x.width + end
    );
  return out;
}

Rows rms_norm(const Rows& x, const Weight& gain, double epsilon) {
  Rows out{x.width, std::vector<double>(x.data.size())};
  for (std::size_t begin = 0; begin < x.data.size(); begin += static_cast<std::size_t>(x.width)) {
    double squares = 0;
    for (std::size_t i = 0; i < static_cast<std::size_t>(x.width); ++i)
      squares += x.data[begin + i] * x.data[begin + i];
    const double root = std::sqrt(squares / static_cast<double>(x.width) + epsilon);
    for (std::size_t i = 0; i < static_cast<std::size_t>(x.width); ++i)
      out.data[begin + i] = x.data[begin + i] / root * gain.data[i];
  }
  return out;
}

Rows embedding(const Node& node, const std::vector<Index>& ids) {
  const Weight table = node.weight("table");
  Rows out{table.columns, {}};
  for (const Index id : ids) {
    const auto row = table.data.begin() + static_cast<std::int64_t>(id) * table.columns;
    out.data.insert(out.data.end(), row, row + table.columns);
  }
  return out;
}

Rows norm(const Node& node, const Rows& x, double epsilon) {
  return rms_norm(x, node.weight("gain"), epsilon);
}

Rows linear(const Node& node, const Rows& x) {
  return times(x, node.weight("w"));
}

Rows swiglu(const Node& node, const Rows& x) {
  Rows inner = times(x, node.weight("w_gate"));
  const Rows up = times(x, node.weight("w_up"));
  for (std::size_t i = 0; i < inner.data.size(); ++i) {
    const double gate = inner.data[i];
    inner.data[i] = gate / (1 + std::exp(-gate)) * up.data[i];
  }
  return times(inner, node.weight("w_down"));
}

Rows add(const Rows& a, const Rows& b) {
  Rows out = a;
  for (std::size_t i = 0; i < out.data.size(); ++i) out.data[i] += b.data[i];
  return out;
}

}  // namespace weft::reference
