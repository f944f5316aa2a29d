#include "runtime/versions.h"

#include <cuda_runtime.h>
#include <nccl.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "runtime/check.h"

namespace weft {
namespace {

/** ncclCommSplit is of 2.18, ncclMemAlloc and ncclCommRegister are of 2.19. */
constexpr int kOldestNccl = 21903;
static_assert(NCCL_VERSION_CODE >= kOldestNccl, "NCCL 2.19.3 or later is needed: set NCCL_HOME to one");

/** As NCCL writes its versions since 2.9. */
std::string nccl_name(int code) {
  return format("%d.%d.%d", code / 10000, code / 100 % 100, code % 100);
}
std::string cuda_name(int code) {
  return format("%d.%d", code / 1000, code / 10 % 100);
}

int library_version() {
  int version = 0;
  NCCL_CHECK(ncclGetVersion(&version), nullptr);
  return version;
}

}  // namespace

void print_versions() {
  int runtime = 0;
  int driver = 0;
  CUDA_CHECK(cudaRuntimeGetVersion(&runtime));
  CUDA_CHECK(cudaDriverGetVersion(&driver));
  std::printf(
    "# NCCL %s (header %s), CUDA runtime %s (header %s), driver for CUDA %s\n",
    nccl_name(library_version()).c_str(),
    nccl_name(NCCL_VERSION_CODE).c_str(),
    cuda_name(runtime).c_str(),
    cuda_name(CUDART_VERSION).c_str(),
    cuda_name(driver).c_str()
  );
}

void check_versions() {
  const int library = library_version();
  if (library < kOldestNccl)
    throw Failure(format(
      "NCCL %s is too old: this program needs %s or later",
      nccl_name(library).c_str(),
      nccl_name(kOldestNccl).c_str()
    ));
  if (library < NCCL_VERSION_CODE)
    throw Failure(format(
      "NCCL %s is loaded, but the program was compiled with the header of %s",
      nccl_name(library).c_str(),
      nccl_name(NCCL_VERSION_CODE).c_str()
    ));
}

void check_environment(int rank) {
  if (rank != 0) return;
  const char* const connections = std::getenv("CUDA_DEVICE_MAX_CONNECTIONS");
  if (connections != nullptr && std::atoi(connections) < 8)
    std::fprintf(
      stderr,
      "weft: warning: CUDA_DEVICE_MAX_CONNECTIONS is %s: streams share so few queues, and work that the plan "
      "lets "
      "overlap runs one after the other; unset it, or set it to 8 or more\n",
      connections
    );
  const char* const blocking = std::getenv("CUDA_LAUNCH_BLOCKING");
  if (blocking != nullptr && std::atoi(blocking) != 0)
    std::fprintf(stderr, "weft: warning: CUDA_LAUNCH_BLOCKING is set: nothing overlaps\n");
}

}  // namespace weft
