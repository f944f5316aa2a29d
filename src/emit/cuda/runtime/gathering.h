// Brings together what all ranks have measured and found wrong.
#pragma once

#include <vector>

#include "runtime/report.h"

namespace weft {

class Rank;

/** Sums of all ranks, and the longest times. Every rank calls it. */
void gather_phases(Rank& rank, Results& results);
/** Sums of all ranks, and the largest errors. Every rank calls it. */
void gather_errors(Rank& rank, const std::vector<LayerErrors>& own, Results& results);

}  // namespace weft
