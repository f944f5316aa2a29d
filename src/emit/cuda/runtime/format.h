// The number format of an element type, for tables that describe buffers.
#pragma once

#include <type_traits>

#include "operators/views.h"
#include "runtime/facts.h"

namespace weft {

template <class T>
constexpr Format format_of() {
  if constexpr (std::is_same_v<T, Bf16>) return Format::kBf16;
  if constexpr (std::is_same_v<T, Fp16>) return Format::kFp16;
  if constexpr (std::is_same_v<T, Fp8>) return Format::kFp8;
  if constexpr (std::is_same_v<T, Index>) return Format::kIndex;
  return Format::kFloat;
}

}  // namespace weft
