#include "runtime/check.h"

#include <cstdarg>
#include <cstdio>

namespace weft {
namespace {

/** "rank 3: program/cells.cu:120 (runtime/stream.cpp:31)" */
std::string where() {
  const Source& source = call_site.source;
  const Source& program = call_site.program;
  std::string text = host_rank < 0 ? "" : format("rank %d: ", host_rank);
  if (program.line == 0) return text + format("%s:%d", source.file, source.line);
  return text + format("%s:%d (%s:%d)", program.file, program.line, source.file, source.line);
}

}  // namespace

void check(cudaError_t result) {
  if (result == cudaSuccess) return;
  throw Failure(format(
    "%s: %s: %s, %s", where().c_str(), call_site.call, cudaGetErrorName(result), cudaGetErrorString(result)
  ));
}

void check(ncclResult_t result, ncclComm_t communicator) {
  // What goes on in the background is waited for by Watch::settle.
  if (result == ncclSuccess || result == ncclInProgress) return;
  const char* const last = ncclGetLastError(communicator);
  const bool says_more = last != nullptr && *last != '\0';
  throw Failure(format(
    "%s: %s: %s%s%s",
    where().c_str(),
    call_site.call,
    ncclGetErrorString(result),
    says_more ? "; NCCL says: " : "",
    says_more ? last : ""
  ));
}

std::string format(const char* pattern, ...) {
  std::va_list arguments;
  va_start(arguments, pattern);
  std::va_list again;
  va_copy(again, arguments);
  const int length = std::vsnprintf(nullptr, 0, pattern, arguments);
  va_end(arguments);
  std::string text(length < 0 ? 0 : static_cast<std::size_t>(length), '\0');
  if (length > 0) std::vsnprintf(text.data(), text.size() + 1, pattern, again);
  va_end(again);
  return text;
}

}  // namespace weft
