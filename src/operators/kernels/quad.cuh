// Four neighbouring elements of a row at once: one load or store where the row's width and address allow it.
#pragma once

#include "operators/views.h"
#include "runtime/device.h"

#include <cstring>

namespace weft {

/** What a load or a store of so many bytes moves. */
template <std::size_t kBytes>
struct WordOf;
template <>
struct WordOf<4> {
  using Type = unsigned;
};
template <>
struct WordOf<8> {
  using Type = uint2;
};
template <>
struct WordOf<16> {
  using Type = uint4;
};

struct NoScale {};
struct WithScale {
  float scale = 1.0f;
};

/** Four elements as they lie in memory, so that they can wait in few registers. */
template <class T>
struct Quad : std::conditional_t<kScaled<T>, WithScale, NoScale> {
  using Word = typename WordOf<4 * sizeof(T)>::Type;
  Word word = {};

  __device__ float4 values() const {
    T element[4];
    memcpy(static_cast<void*>(element), &word, sizeof word);
    float4 result = {
      static_cast<float>(element[0]),
      static_cast<float>(element[1]),
      static_cast<float>(element[2]),
      static_cast<float>(element[3])
    };
    if constexpr (kScaled<T>) {
      result = {
        result.x * this->scale, result.y * this->scale, result.z * this->scale, result.w * this->scale
      };
    }
    return result;
  }
};

/** The word of four floats as elements. */
template <class T>
__device__ typename Quad<T>::Word word_of(float4 values) {
  const T element[4] = {
    static_cast<T>(values.x), static_cast<T>(values.y), static_cast<T>(values.z), static_cast<T>(values.w)
  };
  typename Quad<T>::Word word;
  memcpy(&word, element, sizeof word);
  return word;
}

/** The first `count` of four elements. */
template <class T>
__device__ Quad<T> load_quad(const T* from, int count, bool vectors) {
  Quad<T> quad;
  if (vectors && count >= 4) {
    quad.word = *reinterpret_cast<const typename Quad<T>::Word*>(from);
  } else {
    const T none = static_cast<T>(0.0f);
    T element[4] = {none, none, none, none};
    for (int i = 0; i < 4; ++i) {
      if (i < count) element[i] = from[i];
    }
    memcpy(static_cast<void*>(&quad.word), element, sizeof quad.word);
  }
  return quad;
}

template <class T>
__device__ void store_quad(T* to, float4 values, int count, bool vectors) {
  static_assert(!kScaled<T>, "Fp8 is written by write_row, which knows the scale of its group");
  if (vectors && count >= 4) {
    *reinterpret_cast<typename Quad<T>::Word*>(to) = word_of<T>(values);
    return;
  }
  const float element[4] = {values.x, values.y, values.z, values.w};
  for (int i = 0; i < 4; ++i) {
    if (i < count) to[i] = static_cast<T>(element[i]);
  }
}

/** Whether all of these are multiples of four elements of T. */
template <class T>
bool quads_align(const void* data, std::int64_t pitch, int offset = 0) {
  constexpr std::uintptr_t kBytes = 4 * sizeof(T);
  return reinterpret_cast<std::uintptr_t>(data) % kBytes == 0 && pitch % std::int64_t{kBytes} == 0 &&
    offset % 4 == 0;
}

}  // namespace weft
