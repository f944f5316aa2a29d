// Versions of CUDA and NCCL, and settings of the environment that decide silently.
#pragma once

namespace weft {

/** Prints the versions of headers and libraries. */
void print_versions();
/**
 * @throws Failure where the library is too old, or older than the header that the program was compiled with
 */
void check_versions();
/** Warns of what keeps streams from overlapping. */
void check_environment(int rank);

}  // namespace weft
