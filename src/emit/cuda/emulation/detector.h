/**
 * The race detector: two accesses to one word, of which one writes, must be ordered by what the program waits for.
 *
 * It judges by vector clocks and not by the order in which things happened to run: a missing wait is found in every run that
 * executes both accesses. For each word it keeps who wrote it last and who has read it since.
 */
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "emulation/clock.h"
#include "emulation/region.h"
#include "emulation/report.h"
#include "emulation/site.h"

namespace weft::emulation {

using ActId = std::uint32_t;

/** Something that accesses memory: a launch, a copy, one end of a transfer, an instruction of the host. */
struct Act {
  Component component;
  Tick tick;
  SiteId site;
  /** What it is called; kernels are named by their function, instructions of the host by their address. */
  const char* what;
  const void* code;
};

/** What is ordered before an access: by the clock of who does it, and for data that arrives also by its sender's. */
struct Known {
  const Clock& own;
  const Clock* sender = nullptr;
  bool knows(const Act& act) const {
    return own.knows(act.component, act.tick) ||
      (sender != nullptr && sender->knows(act.component, act.tick));
  }
};

/** What components are called that are no streams. */
constexpr const char* kHostName = "the host";

enum class Mode : std::uint8_t { kRead = 1, kWrite = 2 };

class Detector {
 public:
  Detector(Region& region, Report& report);

  /** A stream or a host, by the name that reports give it. */
  Component add_component(int rank, const std::string& name);
  void rename(Component component, const std::string& name) { components_[component].name = name; }
  const std::string& name_of(Component component) const { return components_[component].name; }
  int rank_of(Component component) const { return components_[component].rank; }
  ActId add(const Act& act);
  /** The rank has aborted: what becomes of the rest of its operations is held against nobody. */
  void forgive(int rank) { forgiven_.insert(rank); }

  /** An access to a range. Outside of live memory of the rank it is a misuse. */
  void access(const void* at, std::size_t bytes, Mode mode, ActId act, const Known& known);
  /** Memory goes away: like a write, but what is unordered is called by its name. */
  void release(const Allocation& allocation, ActId act, const Clock& known);
  /** What instrumented code has marked since the last launch was of this one. */
  void finish_launch(ActId act, const Clock& known);

  std::string describe(ActId act) const;
  std::vector<std::string> lines(ActId first, ActId second) const;

 private:
  struct Cell {
    ActId write;
    /** An act, or with the highest bit set the number of a set of acts that do not know each other. */
    std::uint32_t reads;
  };
  struct Party {
    int rank;
    std::string name;
  };

  /** Steps of cells, remembered: neighbours mostly have one past. */
  class Steps;

  Cell after(const Cell& cell, unsigned modes, ActId act, const Known& known, const void* at);
  bool may_access(const void* at, std::size_t bytes, ActId act);
  void race(ActId earlier, bool earlier_writes, ActId later, bool later_writes, const void* at);
  Cell& cell(const void* at) { return cells_[(reinterpret_cast<std::uintptr_t>(at) - kRegionBegin) / 4]; }

  Region& region_;
  Report& report_;
  Cell* cells_;
  std::vector<Act> acts_{Act{}};
  std::vector<Party> components_;
  std::vector<std::vector<ActId>> read_sets_;
  std::set<std::pair<std::string, std::string>> reported_;
  std::set<int> forgiven_;
  /** Set while memory is released. */
  bool releasing_ = false;
};

}  // namespace weft::emulation
