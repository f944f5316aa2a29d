#include "emulation/symbol.h"

#include <cxxabi.h>
#include <dlfcn.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>

#include "emulation/site.h"

namespace weft::emulation {
namespace {

struct Described {
  std::string name;
  std::string line;
};

bool next_line(std::FILE* file, std::string& text) {
  char line[4096];
  if (std::fgets(line, sizeof line, file) == nullptr) return false;
  text = line;
  text.erase(text.find_last_not_of("\r\n") + 1);
  return true;
}

/** Asks binutils' addr2line, which comes with the compiler. */
Described ask_binutils(const void* address) {
  Dl_info info;
  if (dladdr(address, &info) == 0 || info.dli_fbase == nullptr) return {};
  char self[4096];
  const ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
  if (length <= 0) return {};
  self[length] = '\0';
  const auto offset =
    reinterpret_cast<std::uintptr_t>(address) - reinterpret_cast<std::uintptr_t>(info.dli_fbase);
  char offset_text[32];
  std::snprintf(offset_text, sizeof offset_text, "0x%zx", static_cast<std::size_t>(offset));
  // With -i: a function of the standard library counts as the line of the program that it is inlined in.
  const std::string command =
    std::string("addr2line -f -i -C -e '") + self + "' " + offset_text + " 2>/dev/null";
  std::FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return {};
  Described found;
  std::string name, place;
  while (next_line(pipe, name) && next_line(pipe, place)) {
    const bool first = found.name.empty();
    if (first && name != "??") found.name = name;
    if (place.compare(0, 2, "??") != 0) found.line = place;
    if (place.find("/c++/") == std::string::npos && place.find("/bits/") == std::string::npos) break;
  }
  pclose(pipe);
  return found;
}

const Described& described(const void* address) {
  static std::map<const void*, Described> known;
  const auto [found, added] = known.try_emplace(address);
  if (added) found->second = ask_binutils(address);
  return found->second;
}

/** Without "void", and without what is in brackets behind the name. */
std::string bare_name(std::string name) {
  const std::size_t brackets = name.find('(', name.compare(0, 1, "(") == 0 ? 1 : 0);
  if (brackets != std::string::npos) name.erase(brackets);
  return name.compare(0, 5, "void ") == 0 ? name.substr(5) : name;
}

}  // namespace

std::string function_name(const void* function) {
  Dl_info info;
  if (dladdr(function, &info) != 0 && info.dli_sname != nullptr && info.dli_saddr == function) {
    int status = 0;
    char* text = abi::__cxa_demangle(info.dli_sname, nullptr, nullptr, &status);
    const std::string name = status == 0 ? text : info.dli_sname;
    std::free(text);
    return bare_name(name);
  }
  const std::string name = bare_name(described(function).name);
  return name.empty() ? "a kernel" : name;
}

std::string line_of_code(const void* address) {
  // A return address is behind the call: the byte before it belongs to the call's line.
  const Described& found = described(static_cast<const char*>(address) - 1);
  if (found.line.empty()) return found.name.empty() ? "code of the program" : found.name;
  const std::string line = found.line.substr(0, found.line.find(" ("));
  return short_path(line.c_str());
}

}  // namespace weft::emulation
