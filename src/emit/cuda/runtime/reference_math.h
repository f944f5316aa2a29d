// What operators of the host reference share: products, norms, columns and softmax in double precision.
#pragma once

#include <cstdint>

#include "runtime/reference.h"

namespace weft::reference {

/** x [rows, k] times w [k, n]. */
Rows times(const Rows& x, const Weight& w);
/** Columns [begin, end) of each row. */
Rows columns(const Rows& x, std::int64_t begin, std::int64_t end);
/** Each row divided by the root of its mean square, times a gain for each column. */
Rows rms_norm(const Rows& x, const Weight& gain, double epsilon);
/** Replaces values by their softmax. */
void softmax(double* values, std::int64_t count);

}  // namespace weft::reference
