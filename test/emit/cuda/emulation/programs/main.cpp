/** Runs one of the programs of these tests on all of its ranks: main [options of the emulation] -- PROGRAM [MISTAKE] */
#include <cstdio>
#include <exception>
#include <string>

#include "emulation/machine.h"
#include "program.h"

namespace {

constexpr SmallProgram kPrograms[] = {
  {"exchange", 2, exchange},
  {"orders", 2, orders},
  {"reductions", 4, reductions},
  {"memory", 1, memory},
  {"defaults", 1, defaults},
  {"kernels", 1, kernels},
  {"graph", 2, graph},
  {"polling", 3, polling},
};

std::string mistake;

class EveryRank final : public weft::emulation::Program {
 public:
  explicit EveryRank(const SmallProgram& program) : program_(program) { ncclGetUniqueId(&id_); }
  int run(int rank) override { return program_.run(rank, id_); }

 private:
  const SmallProgram& program_;
  ncclUniqueId id_;
};

}  // namespace

bool planted(const char* name) {
  return mistake == name;
}

int main(int argc, char** argv) {
  weft::emulation::Settings settings;
  try {
    settings = weft::emulation::Settings::parse(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "error: %s\n%s", error.what(), weft::emulation::Settings::usage());
    return 2;
  }
  if (settings.program.size() > 1) mistake = settings.program[1];
  for (const SmallProgram& small : kPrograms) {
    if (settings.program.empty() || settings.program[0] != small.name) continue;
    EveryRank program(small);
    weft::emulation::emulate(settings, small.world, program);
  }
  std::fprintf(stderr, "error: there is no such program\n");
  return 2;
}
