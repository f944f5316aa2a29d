// What rows hold, and what must have become of them: from the routing alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "runtime/traffic.h"

namespace weft::exchange {

/**
 * Rows that a rank starts with. Of a dispatch any bytes; of a combine small whole numbers as floats, whose
 * sums are exact in every order.
 */
std::vector<std::byte> input_of(const Plan& plan, const Routing& routing, int rank);
/** Rows that it must have at the end. */
std::vector<std::byte> result_of(const Plan& plan, const Routing& routing, int rank);

}  // namespace weft::exchange
