#include "emulation/settings.h"

#include <cstdlib>

namespace weft::emulation {
namespace {

std::uint64_t number(const std::string& option, const std::string& text) {
  char* end = nullptr;
  const unsigned long long value = std::strtoull(text.c_str(), &end, 10);
  // It would take a sign.
  if (text.empty() || *end != '\0' || text[0] < '0' || text[0] > '9')
    throw std::invalid_argument(option + " takes a whole number, not '" + text + "'");
  return value;
}

Order parse_order(const std::string& text) {
  for (Order order : {Order::kFirstIn, Order::kRandom, Order::kPriorities}) {
    if (text == name_of(order)) return order;
  }
  throw std::invalid_argument("--order is first-in, random or priorities, not '" + text + "'");
}

bool parse_resident(const std::string& text) {
  if (text == "one") return true;
  if (text == "all") return false;
  throw std::invalid_argument("--resident is all or one, not '" + text + "'");
}

/** KIND:RANK[:NUMBER] */
Fault parse_fault(const std::string& text) {
  const std::size_t colon = text.find(':');
  const std::string kind = text.substr(0, colon);
  Fault fault;
  if (kind == "stop") fault.kind = FaultKind::kStop;
  if (kind == "slow") fault.kind = FaultKind::kSlow;
  if (kind == "allocate") fault.kind = FaultKind::kAllocate;
  if (kind == "nccl") fault.kind = FaultKind::kNccl;
  if (fault.kind == FaultKind::kNone || colon == std::string::npos) {
    throw std::invalid_argument(
      "--fault is stop, slow, allocate or nccl, then :RANK[:NUMBER], not '" + text + "'"
    );
  }
  const std::string rest = text.substr(colon + 1);
  const std::size_t second = rest.find(':');
  fault.rank = static_cast<int>(number("--fault", rest.substr(0, second)));
  if (second != std::string::npos)
    fault.number = static_cast<std::int64_t>(number("--fault", rest.substr(second + 1)));
  return fault;
}

}  // namespace

const char* name_of(Order order) {
  switch (order) {
    case Order::kFirstIn:
      return "first-in";
    case Order::kRandom:
      return "random";
    case Order::kPriorities:
      return "priorities";
  }
  return "";
}

const char* Settings::usage() {
  return "[--seed N] [--order first-in|random|priorities] [--resident all|one] [--fault KIND:RANK[:NUMBER]]\n"
         "[--report FILE] [--limit SECONDS] [-- options of the program]\n\n"
         "  --fault stop:RANK:N      the host of RANK stops for ever at its N-th call of CUDA or NCCL\n"
         "  --fault slow:RANK        its GPU goes on only when no other can\n"
         "  --fault allocate:RANK:N  its N-th allocation fails\n"
         "  --fault nccl:RANK:N      an asynchronous error from its N-th operation of NCCL on\n"
         "  --resident one           one operation of NCCL at a time on each GPU\n"
         "  --limit SECONDS          the whole process ends after so long; 600\n\n"
         "Exit codes: 0 nothing was found; 1 the report cannot be written; 2 the command line; 3 something "
         "was "
         "found.\n";
}

Settings Settings::parse(int argc, char** argv) {
  Settings settings;
  for (int i = 1; i < argc; ++i) {
    const std::string option = argv[i];
    if (option == "--") {
      settings.program.assign(argv + i + 1, argv + argc);
      break;
    }
    if (option == "--help" || option == "-h") {
      settings.help = true;
      return settings;
    }
    if (i + 1 == argc) throw std::invalid_argument("no value for '" + option + "', or no such option");
    const std::string value = argv[++i];
    if (option == "--seed") {
      settings.seed = number(option, value);
    } else if (option == "--order") {
      settings.order = parse_order(value);
    } else if (option == "--resident") {
      settings.one_resident = parse_resident(value);
    } else if (option == "--fault") {
      settings.fault = parse_fault(value);
    } else if (option == "--report") {
      settings.report = value;
    } else if (option == "--limit") {
      settings.limit_seconds = static_cast<double>(number(option, value));
    } else {
      throw std::invalid_argument("no option '" + option + "'");
    }
  }
  return settings;
}

}  // namespace weft::emulation
