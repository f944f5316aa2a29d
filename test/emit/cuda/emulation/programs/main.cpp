/** Runs a program of these tests on all of its ranks. */
#include <cstdio>
#include <exception>

#include "emulation/machine.h"
#include "program.h"

int main(int argc, char** argv) {
  weft::emulation::Settings settings;
  try {
    settings = weft::emulation::Settings::parse(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "error: %s\n%s", error.what(), weft::emulation::Settings::usage());
    return 2;
  }
  ncclUniqueId id;
  ncclGetUniqueId(&id);
  weft::emulation::emulate(settings, kWorld, [&](int rank) { return program(rank, id); });
}
