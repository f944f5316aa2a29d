// What the host of a rank did: it issues launches one after the other, and stops at each read of counts.
import { READ } from "./program.js";
import type { RankTimes } from "./simulate.js";

/** One entry of the host issue order, as the host spent its time on it. */
export interface HostSpan {
  /** When the host turned to the entry, in microseconds. */
  readonly startUs: number;
  /** For reads: when what the host waits for was there. Equal to `startUs` for launches. */
  readonly readyUs: number;
  /** When the launch was issued, or the counts were known. */
  readonly endUs: number;
}

/** By position in the host issue order of the rank's role. */
export function hostOf({ role: { program }, starts, ends }: RankTimes): readonly HostSpan[] {
  let resumed = 0;
  let now = 0;
  return Array.from(program.kinds, (kind, at) => {
    const startUs = now;
    const issued = resumed + program.issueOffsets[at]!;
    if (kind !== READ) return { startUs, readyUs: startUs, endUs: (now = issued) };
    now = resumed = ends[at]!;
    return { startUs, readyUs: Math.max(startUs, starts[at]!), endUs: now };
  });
}
