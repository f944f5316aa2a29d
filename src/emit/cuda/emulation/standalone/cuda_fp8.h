/** 8-bit floats (4 bits of exponent, 3 of mantissa) as CUDA names them; conversion to them saturates at 448. */
#pragma once

#include <cmath>
#include <cstdint>

using __nv_fp8_storage_t = unsigned char;

struct alignas(1) __nv_fp8_e4m3 {
  __nv_fp8_storage_t __x;

  __nv_fp8_e4m3() = default;
  explicit __nv_fp8_e4m3(float value) : __x(encode(value)) {}
  explicit operator float() const {
    const int exponent = __x >> 3 & 15;
    const int mantissa = __x & 7;
    const float sign = __x >> 7 ? -1.0f : 1.0f;
    if ((__x & 0x7f) == 0x7f) return NAN;
    return sign *
      (exponent ? std::ldexp(8.0f + static_cast<float>(mantissa), exponent - 10)
                : std::ldexp(static_cast<float>(mantissa), -9));
  }

 private:
  static __nv_fp8_storage_t encode(float value) {
    const int sign = std::signbit(value) ? 0x80 : 0;
    if (value != value) return 0x7f;
    const float magnitude = std::fmin(std::fabs(value), 448.0f);
    // Of zero, frexp gives the exponent 0, which is that of no number so small.
    if (magnitude == 0.0f) return static_cast<__nv_fp8_storage_t>(sign);
    int exponent = 0;
    std::frexp(magnitude, &exponent);
    // Below the smallest normal number the unit stays that of subnormal ones.
    const int unit = exponent < -5 ? -9 : exponent - 4;
    const int units = static_cast<int>(std::nearbyint(std::ldexp(magnitude, -unit)));
    return static_cast<__nv_fp8_storage_t>(sign | (unit == -9 ? units : ((unit + 9) << 3) + units));
  }
};
