/** Names and lines of code addresses. Slow: for reports only. */
#pragma once

#include <string>

namespace weft::emulation {

/** "weft::matmul_kernel<float, float>" */
std::string function_name(const void* function);
/** "program/step.cu:40", or the function's name where the program has no line numbers. */
std::string line_of_code(const void* address);

}  // namespace weft::emulation
