// Entries that cost nothing are kept out of the schedule, so that they delay nothing, and put in again where they belong:
// right behind the last launch that they follow, which is before all that follow them.
import type { Launch } from "../../plan/types.gen.js";

export interface Costly {
  /** Indices of the launches that are left. */
  readonly kept: readonly number[];
  /** For each of them, by position, the positions of those it follows. */
  readonly after: readonly (readonly number[])[];
}

const costsNothing = (launch: Launch): boolean => launch.kind === "rounds";

/** The launches that cost time; what followed an entry follows what the entry follows. */
export function withoutCostless(launches: readonly Launch[], after: readonly (readonly number[])[]): Costly {
  const through: number[][] = [];
  launches.forEach((_, index) => {
    const needs = (after[index] ?? []).flatMap((each) => {
      const entry = launches[each];
      return entry !== undefined && costsNothing(entry) ? (through[each] ?? []) : [each];
    });
    through.push([...new Set(needs)].sort((a, b) => a - b));
  });
  const kept = launches.flatMap((launch, index) => (costsNothing(launch) ? [] : [index]));
  const position = new Map(kept.map((index, at) => [index, at]));
  return {
    kept,
    after: kept.map((index) => (through[index] ?? []).flatMap((each) => position.get(each) ?? [])),
  };
}

/** An order of the kept launches with the others in it. */
export function withCostless(
  order: readonly number[],
  launches: readonly Launch[],
  after: readonly (readonly number[])[],
): readonly number[] {
  const result = [...order];
  launches.forEach((launch, index) => {
    if (!costsNothing(launch)) return;
    const needs = new Set(after[index]);
    result.splice(result.findLastIndex((each) => needs.has(each)) + 1, 0, index);
  });
  return result;
}
