#include "emulation/report.h"

#include <cstdio>

namespace weft::emulation {
namespace {

constexpr const char* kNames[] = {"race", "deadlock", "mismatch", "misuse", "fault", "failure"};
// One mistake shows on every rank and in every layer: the first ones tell all.
constexpr int kMostOfAKind = 20;

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    char escape[8];
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      std::snprintf(escape, sizeof escape, "\\u%04x", c);
      result += escape;
    } else {
      result += c;
    }
  }
  return result + "\"";
}

}  // namespace

void Report::find(Finding finding) {
  if (!known_.insert(finding.message).second) return;
  if (++counts_[static_cast<int>(finding.kind)] > kMostOfAKind) return;
  std::fprintf(
    stderr, "%s: rank %d: %s\n", kNames[static_cast<int>(finding.kind)], finding.rank, finding.message.c_str()
  );
  findings_.push_back(std::move(finding));
}

std::string Report::json(const Settings& settings) const {
  std::string text = "{\n  \"ok\": " + std::string(clean() ? "true" : "false") +
    ",\n  \"seed\": " + std::to_string(settings.seed) + ",\n  \"order\": \"" + name_of(settings.order) +
    "\",\n  \"operations\": " + std::to_string(operations) +
    ",\n  \"launches\": " + std::to_string(launches) + ",\n  \"transfers\": " + std::to_string(transfers) +
    ",\n  \"bytes\": " + std::to_string(bytes) + ",\n  \"findings\": [";
  const char* separator = "\n";
  for (const Finding& finding : findings_) {
    text += std::string(separator) + "    { \"kind\": \"" + kNames[static_cast<int>(finding.kind)] +
      "\", \"rank\": " + std::to_string(finding.rank) + ", \"message\": " + quoted(finding.message) +
      ", \"lines\": [";
    const char* comma = "";
    for (const std::string& line : finding.lines) {
      text += comma + quoted(line);
      comma = ", ";
    }
    text += "] }";
    separator = ",\n";
  }
  return text + (findings_.empty() ? "" : "\n  ") + "]\n}\n";
}

bool Report::finish(const Settings& settings) {
  std::fprintf(
    stderr,
    "emulation: seed %llu, %s: %llu operations, %llu launches, %llu transfers of %llu bytes; ",
    static_cast<unsigned long long>(settings.seed),
    name_of(settings.order),
    static_cast<unsigned long long>(operations),
    static_cast<unsigned long long>(launches),
    static_cast<unsigned long long>(transfers),
    static_cast<unsigned long long>(bytes)
  );
  std::fprintf(stderr, "%s", clean() ? "nothing found\n" : "findings:");
  if (!clean()) {
    const char* separator = " ";
    for (int kind = 0; kind < 6; ++kind) {
      if (counts_[kind] == 0) continue;
      std::fprintf(stderr, "%s%s %d", separator, kNames[kind], counts_[kind]);
      separator = ", ";
    }
    std::fprintf(stderr, "\n");
  }
  if (settings.report.empty()) return true;
  std::FILE* file = std::fopen(settings.report.c_str(), "w");
  const std::string text = json(settings);
  if (
    file == nullptr || std::fwrite(text.data(), 1, text.size(), file) != text.size() || std::fclose(file) != 0
  ) {
    std::fprintf(stderr, "emulation: the report cannot be written to %s\n", settings.report.c_str());
    return false;
  }
  return true;
}

}  // namespace weft::emulation
