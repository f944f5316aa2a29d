/** Runs a program of these tests on all of its ranks. */
#include <cstdio>
#include <exception>

#include "emulation/machine.h"
#include "program.h"

namespace {

class SmallProgram final : public weft::emulation::Program {
 public:
  SmallProgram() { ncclGetUniqueId(&id_); }
  int run(int rank) override { return program(rank, id_); }

 private:
  ncclUniqueId id_;
};

}  // namespace

int main(int argc, char** argv) {
  weft::emulation::Settings settings;
  try {
    settings = weft::emulation::Settings::parse(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "error: %s\n%s", error.what(), weft::emulation::Settings::usage());
    return 2;
  }
  SmallProgram all;
  weft::emulation::emulate(settings, kWorld, all);
}
