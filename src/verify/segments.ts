// Bytes cut at every place where some access begins or ends: inside one segment all bytes are treated alike.
import type { Access, Occurrence } from "./facts.js";

/** Segments in order of address. An access covers those from `first` to before `end`. */
export interface Segments {
  readonly size: number;
  first(access: Access): number;
  end(access: Access): number;
}

export function segmentsOf(
  occurrences: readonly Occurrence[],
  further: readonly Pick<Access, "begin" | "end">[] = [],
): Segments {
  const cuts = new Set<number>();
  for (const { begin, end } of further) cuts.add(begin).add(end);
  for (const { accesses } of occurrences) for (const { begin, end } of accesses) cuts.add(begin).add(end);
  const at = new Map([...cuts].sort((left, right) => left - right).map((cut, index) => [cut, index]));
  return {
    size: Math.max(0, at.size - 1),
    first: ({ begin }) => at.get(begin)!,
    end: ({ end }) => at.get(end)!,
  };
}
