/** Half precision as CUDA names it. */
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>

struct alignas(2) __half {
  __half() = default;
  __half(float value) : bits_(encode(value)) {}
  operator float() const {
    const int exponent = bits_ >> 10 & 31;
    const int mantissa = bits_ & 1023;
    const float sign = bits_ >> 15 ? -1.0f : 1.0f;
    if (exponent == 31) return mantissa ? NAN : sign * INFINITY;
    return sign *
      (exponent ? std::ldexp(1024.0f + static_cast<float>(mantissa), exponent - 25)
                : std::ldexp(static_cast<float>(mantissa), -24));
  }

 private:
  static std::uint16_t encode(float value) {
    const int sign = std::signbit(value) ? 0x8000 : 0;
    if (value != value) return 0x7fff;
    // Of zero, frexp gives the exponent 0, which is that of no number so small.
    if (value == 0.0f) return static_cast<std::uint16_t>(sign);
    int exponent = 0;
    std::frexp(value, &exponent);
    // Below the smallest normal number the unit stays that of subnormal ones.
    const int unit = exponent < -13 ? -24 : exponent - 11;
    const float magnitude = std::fabs(value);
    if (magnitude >= 65520.0f) return static_cast<std::uint16_t>(sign | 0x7c00);
    const int units = static_cast<int>(std::nearbyint(std::ldexp(magnitude, -unit)));
    return static_cast<std::uint16_t>(sign | (unit == -24 ? units : ((unit + 24) << 10) + units));
  }

  std::uint16_t bits_;
};
using half = __half;

struct alignas(4) __half2 {
  __half x;
  __half y;
};
using half2 = __half2;

inline __half __float2half(float value) {
  return value;
}
inline __half __float2half_rn(float value) {
  return value;
}
inline float __half2float(__half value) {
  return value;
}
