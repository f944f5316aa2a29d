/** What a run has found, for people on stderr and for programs as JSON. */
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "emulation/settings.h"

namespace weft::emulation {

enum class FindingKind { kRace, kDeadlock, kMismatch, kMisuse, kFault, kFailure };

struct Finding {
  FindingKind kind;
  int rank;
  std::string message;
  std::vector<std::string> lines;
};

class Report {
 public:
  /** Says it at once, and keeps it; the same message counts once, and one kind only so often. */
  void find(Finding finding);
  /** The summary on stderr, and JSON where it is asked for; false where that cannot be written. */
  bool finish(const Settings& settings);
  bool clean() const { return findings_.empty(); }

  std::uint64_t operations = 0;
  std::uint64_t launches = 0;
  std::uint64_t transfers = 0;
  std::uint64_t bytes = 0;

 private:
  std::string json(const Settings& settings) const;

  std::vector<Finding> findings_;
  std::set<std::string> known_;
  int counts_[6] = {};
};

}  // namespace weft::emulation
