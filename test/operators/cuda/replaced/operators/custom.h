// An operator in the place of a default one, as operators.h describes it: it only counts how often it is
// launched.
#pragma once

namespace weft {

inline int custom_launches = 0;

template <>
inline void attention<Bf16, Bf16, Bf16>(
  const Launch&, Rows<Bf16>, Rows<Bf16>, Rows<Bf16>, int, int, int, int, int, int, int, float
) {
  ++custom_launches;
}

}  // namespace weft
