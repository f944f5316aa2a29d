// Memory before the first step: weights, tables, caches and token ids.
#pragma once

#include <cstdint>

#include "runtime/facts.h"

namespace weft {

class Rank;

/** Bytes of a matrix of weights, and of a row of a cache, with the scales of formats that have them. */
std::int64_t matrix_bytes(Format format, std::int64_t rows, std::int64_t columns);
std::int64_t row_bytes(Format format, std::int64_t width);

/**
 * From an image of the whole memory where --data is given, else made from the seed. What nobody fills holds
 * no numbers.
 */
void fill_memory(Rank& rank);

}  // namespace weft
