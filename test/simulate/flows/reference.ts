// What flows.ts is held against: rates by progressive filling from nothing at every event, over plain lists.
import type { GivenFlow } from "./flows.js";

/** Max-min fair rates of flows by their paths, one after the other: the fullest link sets its flows' rates. */
export function fairRates(capacities: readonly number[], paths: readonly (readonly number[])[]): number[] {
  const left = [...capacities];
  const rates = paths.map(() => -1);
  for (;;) {
    const wanting = capacities.map(() => 0);
    paths.forEach((path, flow) => {
      if (rates[flow]! < 0) for (const link of path) wanting[link]! += 1;
    });
    const levels = left.map((each, link) => (wanting[link] === 0 ? Infinity : each / wanting[link]!));
    const level = Math.min(...levels);
    if (level === Infinity) return rates;
    const full = levels.indexOf(level);
    paths.forEach((path, flow) => {
      if (rates[flow]! >= 0 || !path.includes(full)) return;
      rates[flow] = level;
      for (const link of path) left[link]! -= level;
    });
  }
}

/** When each flow ends. */
export function referenceEnds(capacities: readonly number[], flows: readonly GivenFlow[]): number[] {
  const ends = flows.map(() => NaN);
  const left = flows.map((each) => each.bytes);
  const starts = flows.map((each) => each.startUs ?? 0);
  for (let now = 0; ;) {
    const waiting = starts.filter((start) => start > now);
    const moving = [...flows.keys()].filter((flow) => starts[flow]! <= now && Number.isNaN(ends[flow]));
    for (const flow of moving) if (left[flow]! <= 1e-9 * flows[flow]!.bytes) ends[flow] = now;
    const open = moving.filter((flow) => Number.isNaN(ends[flow]));
    const rates = fairRates(
      capacities,
      open.map((flow) => flows[flow]!.path),
    );
    const next = Math.min(...waiting, ...open.map((flow, at) => now + left[flow]! / rates[at]!));
    if (next === Infinity) return ends;
    open.forEach((flow, at) => (left[flow]! -= rates[at]! * (next - now)));
    now = next;
  }
}
