/** All of an emulated run: one for the process. */
#pragma once

#include "emulation/detector.h"
#include "emulation/host.h"
#include "emulation/region.h"
#include "emulation/report.h"
#include "emulation/scheduler.h"
#include "emulation/settings.h"

namespace weft::emulation {

struct Machine {
  explicit Machine(const Settings& settings_)
      : settings(settings_), detector(region, report), hosts(detector), scheduler(settings) {}

  /** Writes the report and ends the process: with 0, or with 3 where something was found. */
  [[noreturn]] void finish();

  const Settings settings;
  Report report;
  Region region;
  Detector detector;
  Hosts hosts;
  Scheduler scheduler;
  /** What the device runs at the moment. */
  const Operation* running = nullptr;
  const CUstream_st* running_stream = nullptr;
};

Machine& machine();

/** Gives this thread a stack for signals: its own may be what a kernel has run over. */
void handle_signals_aside();

/** Runs the program of each rank in a thread of its own, and ends the process with the report. */
[[noreturn]] void emulate(const Settings& settings, int world, Program& program);

}  // namespace weft::emulation
