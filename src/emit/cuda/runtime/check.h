// Every call of CUDA and NCCL is checked: what fails ends in a Failure that says where, on which rank and
// why.
#pragma once

#include <cuda_runtime.h>
#include <nccl.h>

#include <stdexcept>
#include <string>

namespace weft {

/** A place in the program's source. As a default argument it is the caller's. */
struct Source {
  const char* file = "";
  int line = 0;

  static constexpr Source here(const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
    return {file, line};
  }
};

/** A call of CUDA or NCCL, and the line of the program that led to it. */
struct CallSite {
  Source source;
  const char* call = "";
  /** Set by Rank::at and by the runtime's functions that take a Source. */
  Source program;
};

/** The latest call of this host thread. */
inline thread_local CallSite call_site;

/** The rank whose program this host thread runs; -1 before there is one. */
inline thread_local int host_rank = -1;

/** Ends the program of a rank: everything that was begun is aborted, and the process exits with an error. */
class Failure : public std::runtime_error {
 public:
  explicit Failure(const std::string& message) : std::runtime_error(message) {}
};

/** Ends the program because that of another rank has ended: there is nothing to tell the others. */
class OtherFailed : public Failure {
 public:
  using Failure::Failure;
};

/** Throws a Failure where a call has gone wrong; `communicator` may be null. */
void check(cudaError_t result);
void check(ncclResult_t result, ncclComm_t communicator);

/** Text by a printf format. */
__attribute__((format(printf, 1, 2))) std::string format(const char* pattern, ...);

}  // namespace weft

#define CUDA_CHECK(...)                              \
  do {                                               \
    ::weft::call_site.source = {__FILE__, __LINE__}; \
    ::weft::call_site.call = #__VA_ARGS__;           \
    ::weft::check(__VA_ARGS__);                      \
  } while (false)

#define NCCL_CHECK(call_of_nccl, communicator)       \
  do {                                               \
    ::weft::call_site.source = {__FILE__, __LINE__}; \
    ::weft::call_site.call = #call_of_nccl;          \
    ::weft::check(call_of_nccl, communicator);       \
  } while (false)
