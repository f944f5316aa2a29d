#include "emulation/leaving.h"

#include "emulation/api.h"
#include "emulation/machine.h"

namespace weft::emulation {

void check_idle(Host& host, CUstream_st& stream, const char* name) {
  if (host.aborted) return;
  // By luck it may be idle already; that counts for nothing unless the host has waited for it.
  if (stream.queue.empty() && (stream.tick == 0 || host.clock.knows(stream.component, stream.tick))) return;
  std::string message = std::string(name) + " of rank " + std::to_string(host.rank) + " while stream " +
    stream.name + " may still have work that the host has not waited for";
  std::vector<std::string> lines{line_of(current_site())};
  if (!stream.queue.empty()) {
    const Operation& last = *stream.queue.back();
    message += ": " + last.describe() + " (" + describe(last.site) + ")";
    lines.push_back(line_of(last.site));
  }
  machine().report.find({FindingKind::kMisuse, host.rank, message, lines});
}

void check_leaving(Host& host) {
  for (const auto& stream : host.streams) {
    if (!stream->destroyed) check_idle(host, *stream, "the end of the program");
  }
  if (host.legacy) check_idle(host, *host.legacy, "the end of the program");
}

}  // namespace weft::emulation
