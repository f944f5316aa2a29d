// A simulated rank as one looks back on it: what ran in a stretch of time, and what a launch waited for.
import { READ, type RoleProgram } from "../program.js";
import type { RankTimes } from "../simulate.js";

/** What ranks of one role have in common. */
export class RoleView {
  /** Launches of each stream in the order in which they run. */
  readonly streams: readonly (readonly number[])[];
  readonly predecessors: readonly (readonly number[])[];
  /** For each launch, the read at which the host stopped last before it issued it; -1 for none. */
  readonly readBefore: Int32Array;
  readonly #transfers = new Map<string, number>();

  constructor(readonly program: RoleProgram) {
    const streams = program.role.streams.map((): number[] => []);
    program.streams.forEach((stream, at) => streams[stream]?.push(at));
    this.streams = streams;
    this.predecessors = predecessorsOf(program);
    let read = -1;
    this.readBefore = Int32Array.from(program.kinds, (kind, at) => {
      const before = read;
      if (kind === READ) read = at;
      return before;
    });
    program.groups.forEach((group, at) => {
      if (group >= 0) this.#transfers.set(`${String(group)} ${String(program.ordinals[at])}`, at);
    });
  }

  /** The launch that is the k-th transfer on a communicator. */
  transfer(group: number, ordinal: number): number | undefined {
    return this.#transfers.get(`${String(group)} ${String(ordinal)}`);
  }
}

/** The launches that run at some time between `from` and `to`. */
export function running(view: RoleView, times: RankTimes, from: number, to: number): readonly number[] {
  const { starts, ends } = times;
  const found: number[] = [];
  for (const launches of view.streams) {
    let low = 0;
    let high = launches.length;
    // Launches of a stream follow one another: those before `low` have ended by `from`.
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[launches[middle]!]! <= from) low = middle + 1;
      else high = middle;
    }
    for (; low < launches.length && starts[launches[low]!]! < to; low++) found.push(launches[low]!);
  }
  return found;
}

/** For each launch, those that it waits for. */
export function predecessorsOf({ successorBegin, successors }: RoleProgram): readonly (readonly number[])[] {
  const predecessors = Array.from({ length: successorBegin.length - 1 }, (): number[] => []);
  predecessors.forEach((_, at) => {
    for (let edge = successorBegin[at]!; edge < successorBegin[at + 1]!; edge++)
      predecessors[successors[edge]!]!.push(at);
  });
  return predecessors;
}
