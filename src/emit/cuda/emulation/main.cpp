/**
 * The emulated program: every rank of the plan in a thread of this process.
 *
 * The program's own files (.cpp and .cu alike, the latter with -x c++; all but its main.cpp) are compiled with
 * -fsanitize=thread, which makes them call the emulation at each access to memory; emulation/ is compiled without. Nothing is
 * linked with -fsanitize=thread. -rdynamic and -g1 give reports their names and lines; --wrap shows what the C library does.
 */
#include <cuda_runtime.h>
#include <nccl.h>

#include <cstdio>
#include <exception>

#include "emulation/machine.h"
#include "emulation/settings.h"
#include "runtime/board.h"
#include "runtime/options.h"
#include "runtime/run_rank.h"

namespace {

constexpr int kUsageError = 2;

class EmittedProgram final : public weft::emulation::Program {
 public:
  EmittedProgram(int world, const weft::Options& options) : world_(world), options_(options), board_(world) {
    ncclGetUniqueId(&id_);
  }

  int run(int rank) override {
    weft::BoardPeers peers(board_, rank);
    if (cudaSetDevice(rank) != cudaSuccess) return 1;
    return weft::run_rank(rank, world_, id_, options_, peers);
  }

 private:
  const int world_;
  const weft::Options& options_;
  weft::Board board_;
  ncclUniqueId id_;
};

int refuse(const std::exception& error) {
  std::fprintf(
    stderr,
    "error: %s\n\nusage: weft_emulated %s\nand, for the program:\n%s",
    error.what(),
    weft::emulation::Settings::usage(),
    weft::Options::usage()
  );
  return kUsageError;
}

}  // namespace

int main(int argc, char** argv) {
  weft::emulation::Settings settings;
  weft::Options options;
  try {
    settings = weft::emulation::Settings::parse(argc, argv);
    options = weft::Options::parse(settings.program);
  } catch (const std::exception& error) {
    return refuse(error);
  }
  const int world = weft::kPlanFacts.world;
  if (settings.help) {
    std::printf(
      "usage: weft_emulated %s\nand, for the program:\n%s",
      weft::emulation::Settings::usage(),
      weft::Options::usage()
    );
    return 0;
  }
  if (settings.fault.rank >= world) {
    std::fprintf(stderr, "error: --fault names rank %d of %d\n", settings.fault.rank, world);
    return kUsageError;
  }
  EmittedProgram program(world, options);
  weft::emulation::emulate(settings, world, program);
}
