/** Where in the program something was issued: the call, the line of program/ that led to it, and the range of NVTX in force. */
#pragma once

#include <cstdint>
#include <string>

namespace weft::emulation {

/** Sites are few and operations many: an operation keeps a number. */
using SiteId = std::uint32_t;

struct Site {
  const char* file = "";
  int line = 0;
  const char* program_file = "";
  int program_line = 0;
  const char* range = "";
};

/** The site of the call that this host thread is in. */
SiteId current_site();
const Site& site(SiteId id);

/** "'layer 3 dispatch', program/cells.cu:123" */
std::string describe(SiteId id);
/** "program/cells.cu:123", for reports that name lines alone. */
std::string line_of(SiteId id);

/** The last two parts of a path: compilers are given paths of all kinds. */
const char* short_path(const char* path);

/** A string that lives for ever; equal strings are one. */
const char* keep(const std::string& text);

/** Ranges of NVTX of this host thread. */
int push_range(const char* message);
int pop_range();

}  // namespace weft::emulation
