// Times that somebody measured, as a file holds them: a profile of Weft's own small format, or a trace of PyTorch's profiler.
import type { ProfileFile, ProfileProblem } from "./measurement.js";
import { readOwnProfile } from "./own.js";
import { readTrace } from "./trace.js";

/** More different measurements than this make plans unwieldy; models have some tens of shapes. */
const MOST_TIMES = 10_000;

/** Reads a profile or a trace; gives the first problem of what is neither. */
export function readProfile(text: string): ProfileFile | ProfileProblem {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return { problem: "it is not JSON", advice: "Check that the file was written to its end." };
  }
  const read = isTrace(data) ? readTrace(data) : readOwnProfile(data);
  if ("problem" in read || read.times.length <= MOST_TIMES) return read;
  return {
    problem: `it holds ${String(read.times.length)} different measurements, and ${String(MOST_TIMES)} are the most`,
    advice: "Keep those of the operators and shapes that the schedule has.",
  };
}

/** PyTorch writes an object with `traceEvents`; other tools write the list alone. */
function isTrace(data: unknown): data is readonly unknown[] | { readonly traceEvents: unknown } {
  if (Array.isArray(data)) return true;
  return typeof data === "object" && data !== null && "traceEvents" in data;
}
