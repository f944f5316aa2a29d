// Several measurements of the same thing become one: their median, with how many they were.
import type { Measurement } from "./measurement.js";

/** The median; of an even number the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

/** Measurements that differ in nothing but their result, together, in the order of the first of each. */
export function medians(times: readonly Measurement[]): readonly Measurement[] {
  const same = new Map<string, Measurement[]>();
  for (const each of times) {
    const { time_us, scale, samples: _, ...rest } = each;
    const kind = time_us === undefined ? (scale === undefined ? "nothing" : "scale") : "time";
    const key = JSON.stringify([
      kind,
      ...Object.entries(rest).sort(([one], [other]) => (one < other ? -1 : 1)),
    ]);
    const known = same.get(key);
    if (known === undefined) same.set(key, [each]);
    else known.push(each);
  }
  return [...same.values()].map((group) => {
    const [first] = group as [Measurement, ...Measurement[]];
    const samples = group.reduce((sum, each) => sum + each.samples, 0);
    return first.time_us === undefined
      ? { ...first, scale: median(group.map(({ scale }) => scale ?? 1)), samples }
      : { ...first, time_us: median(group.map(({ time_us }) => time_us ?? 0)), samples };
  });
}
