// Holds what was executed against the host reference, layer by layer. Each layer's reference starts from the
// executed result of the layer before, so that an error shows where it arises.
#pragma once

#include <cstddef>
#include <vector>

#include "runtime/report.h"

namespace weft {

class Rank;

/**
 * Of this rank's tokens: [layer]. `memory` is the rank's before the first step, `values` what was copied
 * aside.
 */
std::vector<LayerErrors> validate(
  const Rank& rank, const std::vector<std::byte>& memory, const std::vector<std::byte>& values
);

}  // namespace weft
