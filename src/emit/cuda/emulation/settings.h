/** What the command line of an emulated run asks of the emulation; the program's own options are behind `--`. */
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace weft::emulation {

/** Which of the operations that could run does so. */
enum class Order { kFirstIn, kRandom, kPriorities };

enum class FaultKind { kNone, kStop, kSlow, kAllocate, kNccl };

/** What goes wrong on purpose: on `rank`, at its `number`-th call, allocation or operation of NCCL. */
struct Fault {
  FaultKind kind = FaultKind::kNone;
  int rank = -1;
  std::int64_t number = 1;
};

struct Settings {
  std::uint64_t seed = 1;
  Order order = Order::kFirstIn;
  /** One operation of NCCL at a time on each GPU, as if others did not fit beside it. */
  bool one_resident = false;
  Fault fault;
  /** Where the report is written to; nowhere where empty. */
  std::string report;
  /** The whole process ends after so long, whatever it does. */
  double limit_seconds = 600;
  std::vector<std::string> program;
  bool help = false;

  /** @throws std::invalid_argument */
  static Settings parse(int argc, char** argv);
  static const char* usage();
};

const char* name_of(Order order);

}  // namespace weft::emulation
