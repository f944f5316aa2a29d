// Memory before the first step: weights, tables, caches and token ids.
#pragma once

namespace weft {

class Rank;

/**
 * From an image of the whole memory where --data is given, else made from the seed. What nobody fills holds
 * no numbers.
 */
void fill_memory(Rank& rank);

}  // namespace weft
