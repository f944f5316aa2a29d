// Results as JSON.
#include <cstdio>
#include <memory>
#include <string>

#include "runtime/check.h"
#include "runtime/report.h"

namespace weft {
namespace {

/**
 * A text as JSON has it; only what the program itself writes, so nothing but quotes and backslashes needs
 * care.
 */
std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char each : text) {
    if (each == '"' || each == '\\') result += '\\';
    result += each;
  }
  return result + '"';
}

std::string phases_json(const PlanFacts& facts, const Results& results) {
  std::string text;
  for (const PhaseTimes& phase : results.phases) {
    const PhaseMeans means = means_of(facts, phase);
    text += format(
      "%s\n    { \"phase\": %s, \"count\": %.0f, \"bytes\": %.0f, \"time_us\": %.3f, \"algbw_gb_s\": %.3f, "
      "\"busbw_gb_s\": %.3f }",
      text.empty() ? "" : ",",
      quoted(phase.label).c_str(),
      means.groups,
      means.bytes,
      means.seconds * 1e6,
      means.algorithm_bandwidth,
      means.bus_bandwidth
    );
  }
  return text;
}

std::string layers_json(const Results& results) {
  std::string text;
  for (const LayerErrors& each : results.layers)
    text += format(
      "%s\n    { \"wrong\": %lld, \"largest_error\": %.3g, \"ties\": %lld }",
      text.empty() ? "" : ",",
      static_cast<long long>(each.wrong),
      each.largest_error,
      static_cast<long long>(each.ties)
    );
  return text;
}

}  // namespace

void write_json(
  const PlanFacts& facts, const Options& options, const Results& results, const std::string& file
) {
  const std::string text = format(
    "{\n  \"schedule\": %s,\n  \"generator\": %s,\n  \"plan_sha256\": %s,\n  \"ranks\": %d,\n  "
    "\"miniature\": %s,\n"
    "  \"graph\": %s,\n  \"iterations\": %d,\n  \"step_ms\": { \"mean\": %.6f, \"fastest\": %.6f, "
    "\"slowest\": %.6f },\n"
    "  \"phases\": [%s\n  ],\n  \"validated\": %s,\n  \"wrong\": %lld,\n  \"layers\": [%s\n  ]\n}\n",
    quoted(facts.schedule).c_str(),
    quoted(facts.generator).c_str(),
    quoted(facts.plan_sha256).c_str(),
    facts.world,
    facts.miniature ? "true" : "false",
    options.graph ? "true" : "false",
    results.iterations,
    results.mean_seconds * 1e3,
    results.fastest_seconds * 1e3,
    results.slowest_seconds * 1e3,
    phases_json(facts, results).c_str(),
    results.validated ? "true" : "false",
    static_cast<long long>(results.wrong()),
    layers_json(results).c_str()
  );
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> out(std::fopen(file.c_str(), "w"), std::fclose);
  if (out == nullptr || std::fputs(text.c_str(), out.get()) < 0)
    throw Failure(format("cannot write %s", file.c_str()));
}

}  // namespace weft
