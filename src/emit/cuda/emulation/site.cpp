#include "emulation/site.h"

#include <cstring>
#include <map>
#include <set>
#include <tuple>
#include <vector>

#include "runtime/check.h"

namespace weft::emulation {
namespace {

thread_local std::vector<const char*> ranges;

using Key = std::tuple<const char*, int, const char*, int, const char*>;
std::map<Key, SiteId> numbers;
std::vector<Site> sites;

}  // namespace

const char* short_path(const char* path) {
  const char* last = std::strrchr(path, '/');
  if (last == nullptr) return path;
  for (const char* at = last; at > path; --at) {
    if (at[-1] == '/') return at;
  }
  return path;
}

const char* keep(const std::string& text) {
  static std::set<std::string> texts;
  return texts.insert(text).first->c_str();
}

int push_range(const char* message) {
  ranges.push_back(keep(message));
  return static_cast<int>(ranges.size()) - 1;
}

int pop_range() {
  if (ranges.empty()) return -1;
  ranges.pop_back();
  return static_cast<int>(ranges.size());
}

SiteId current_site() {
  const CallSite& call = call_site;
  const char* range = ranges.empty() ? "" : ranges.back();
  const Key key{call.source.file, call.source.line, call.program.file, call.program.line, range};
  const auto [found, added] = numbers.try_emplace(key, static_cast<SiteId>(sites.size()));
  if (added) {
    sites.push_back({call.source.file, call.source.line, call.program.file, call.program.line, range});
  }
  return found->second;
}

const Site& site(SiteId id) {
  return sites[id];
}

std::string line_of(SiteId id) {
  const Site& at = sites[id];
  const bool known = *at.program_file != '\0';
  const std::string file = short_path(known ? at.program_file : at.file);
  return file.empty() ? "an unchecked call" : file + ":" + std::to_string(known ? at.program_line : at.line);
}

std::string describe(SiteId id) {
  const std::string range = sites[id].range;
  return (range.empty() ? "" : "in '" + range + "', ") + "at " + line_of(id);
}

}  // namespace weft::emulation
