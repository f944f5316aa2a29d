// Whole-number arithmetic as the plan's expressions mean it.
#pragma once

#include <cstdint>

namespace weft {

/** The remainder that is never negative. */
constexpr std::int64_t modulo(std::int64_t dividend, std::int64_t divisor) {
  return (dividend % divisor + divisor) % divisor;
}

/** The quotient of numbers that are not negative, rounded up. */
constexpr std::int64_t ceil_div(std::int64_t dividend, std::int64_t divisor) {
  return (dividend + divisor - 1) / divisor;
}

/** The least multiple of `unit` that is not below `value`. */
constexpr std::int64_t align(std::int64_t value, std::int64_t unit) {
  return ceil_div(value, unit) * unit;
}

}  // namespace weft
