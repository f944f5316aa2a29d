// The order that a sequence of launches guarantees on one rank: vector clocks over its streams and its host.
// This is the passes' own notion; the verifier has another, written apart.
import { isOnHost } from "../../plan/expand.js";
import type { Launch } from "../../plan/types.gen.js";

/** A launch of a sequence with a cell's name, so that events of different cells differ. */
export interface Issued {
  readonly cell: string;
  readonly layer: number;
  readonly launch: Launch;
}

/** Stream of a launch; waits of the host are a stream of their own. */
export const streamOf = (launch: Launch): string => (isOnHost(launch) ? "host" : launch.stream);

/** [stream] how many of its launches have finished; streams that a clock is too short for have no finished ones. */
type Clock = number[];

/** What orders some launches among others: see `HappensBefore.span`. */
export interface Span {
  readonly first: number;
  readonly last: number;
  /** What has finished when all of them have. */
  readonly after: readonly number[];
  /** What has finished whenever one of them starts; undefined where something else sees to that for all. */
  readonly before: readonly number[] | undefined;
}

export class HappensBefore {
  readonly #clocks: Clock[] = [];
  /** The stream of each launch, by number. */
  readonly #streams: number[] = [];
  readonly #numbers = new Map<string, number>();
  /** [stream] */
  readonly #last: Clock[] = [];
  readonly #records = new Map<string, Clock>();
  readonly #alone = new Set<number>();
  #host: Clock = [];

  /** Adds the next launch in host issue order and returns its index. */
  issue(launch: Launch): number {
    const stream = this.#numberOf(streamOf(launch));
    const clock = [...this.#last[stream]!];
    merge(clock, this.#host);
    for (const event of launch.waits) merge(clock, this.#records.get(event));
    clock[stream] = clock[stream]! + 1;
    this.#last[stream] = clock;
    if (launch.kind === "read_counts") this.#host = clock;
    if (!isOnHost(launch)) for (const event of launch.records) this.#records.set(event, clock);
    this.#clocks.push(clock);
    this.#streams.push(stream);
    return this.#clocks.length - 1;
  }

  #numberOf(stream: string): number {
    const known = this.#numbers.get(stream);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(stream, number);
    this.#last.push(new Array<number>(number + 1).fill(0));
    return number;
  }

  /** Adds something before which the host waits for all that was issued, and goes on only when it has finished. */
  issueAlone(launch: Launch): number {
    const index = this.issue(launch);
    this.#alone.add(index);
    return index;
  }

  /** Makes `later`, the launch added last, wait for `earlier`. */
  order(earlier: number, later: number): void {
    merge(this.#clocks[later]!, this.#clocks[earlier]);
  }

  /** Whether the launch at index `earlier` has finished whenever the one at `later` starts. */
  ordered(earlier: number, later: number): boolean {
    if (this.#alone.has(earlier) || this.#alone.has(later)) return earlier < later;
    const stream = this.#streams[earlier]!;
    return (this.#clocks[later]![stream] ?? 0) >= this.#clocks[earlier]![stream]!;
  }

  /** Launches, given by rising indices, taken together. */
  span(indices: readonly number[]): Span {
    const after: number[] = [];
    let before: number[] | undefined;
    for (const index of indices) {
      // All that was issued before has finished, and nothing behind it has begun.
      if (this.#alone.has(index)) continue;
      const stream = this.#streams[index]!;
      const clock = this.#clocks[index]!;
      after[stream] = clock[stream]!;
      if (before === undefined) before = [...clock];
      else
        for (let each = 0; each < before.length; each++)
          before[each] = Math.min(before[each]!, clock[each] ?? 0);
    }
    return { first: indices[0] ?? 0, last: indices.at(-1) ?? -1, after, before };
  }
}

/** Whether all launches of one span have finished whenever one of the other starts. */
export function isBefore({ last, after }: Span, { first, before }: Span): boolean {
  if (last >= first) return false;
  if (before === undefined) return true;
  for (let stream = 0; stream < after.length; stream++)
    if ((after[stream] ?? 0) > (before[stream] ?? 0)) return false;
  return true;
}

function merge(into: Clock, from: Clock | undefined): void {
  if (from === undefined) return;
  for (let stream = 0; stream < from.length; stream++)
    into[stream] = Math.max(into[stream] ?? 0, from[stream]!);
}
