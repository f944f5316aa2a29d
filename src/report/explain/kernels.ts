// The kernels of a rank as intervals of time, and how reports name launches.
import type { LaunchInstance } from "../../plan/index.js";
import { COMPUTE, type RankTimes } from "../../simulate/index.js";
import { Intervals } from "./intervals.js";

/** Kernels of a rank in order of their starts, each with its place in the host issue order. */
export function kernelsOf({ role: { program }, starts, ends }: RankTimes): Intervals<number> {
  const kernels: number[] = [];
  program.kinds.forEach((kind, at) => {
    if (kind === COMPUTE) kernels.push(at);
  });
  const intervals = new Intervals<number>();
  for (const at of kernels.sort((one, other) => starts[one]! - starts[other]!))
    intervals.add(starts[at]!, ends[at]!, at);
  return intervals;
}

/** A node on a micro-batch, such as `routed.swiglu@1`. */
export const nodeOf = ({ launch, microBatch }: LaunchInstance): string =>
  `${launch.node}@${String(microBatch)}`;

/** Sums by name. */
export class Tally {
  readonly #sums = new Map<string, number>();

  add(name: string, amount: number): void {
    this.#sums.set(name, (this.#sums.get(name) ?? 0) + amount);
  }

  get total(): number {
    return [...this.#sums.values()].reduce((sum, each) => sum + each, 0);
  }

  /** Largest first, equals in order of name. */
  sorted(): readonly (readonly [name: string, amount: number])[] {
    return [...this.#sums].sort(([one, left], [other, right]) => right - left || (one < other ? -1 : 1));
  }
}
