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

export class HappensBefore {
  readonly #clocks: ReadonlyMap<string, number>[] = [];
  readonly #position: number[] = [];
  readonly #streams: string[] = [];
  readonly #last = new Map<string, ReadonlyMap<string, number>>();
  readonly #records = new Map<string, ReadonlyMap<string, number>>();
  readonly #alone = new Set<number>();
  #host: ReadonlyMap<string, number> = new Map();

  /** Adds the next launch in host issue order and returns its index. */
  issue(launch: Launch): number {
    const stream = streamOf(launch);
    const clock = new Map(this.#last.get(stream));
    merge(clock, this.#host);
    for (const event of launch.waits) merge(clock, this.#records.get(event));
    const position = (clock.get(stream) ?? 0) + 1;
    clock.set(stream, position);
    this.#last.set(stream, clock);
    if (launch.kind === "read_counts") this.#host = clock;
    if (!isOnHost(launch)) for (const event of launch.records) this.#records.set(event, clock);
    this.#clocks.push(clock);
    this.#position.push(position);
    this.#streams.push(stream);
    return this.#clocks.length - 1;
  }

  /** Adds something before which the host waits for all that was issued, and goes on only when it has finished. */
  issueAlone(launch: Launch): number {
    const index = this.issue(launch);
    this.#alone.add(index);
    return index;
  }

  /** Makes `later`, the launch added last, wait for `earlier`. */
  order(earlier: number, later: number): void {
    merge(this.#clocks[later] as Map<string, number>, this.#clocks[earlier]);
  }

  /** Whether the launch at index `earlier` has finished whenever the one at `later` starts. */
  ordered(earlier: number, later: number): boolean {
    if (this.#alone.has(earlier) || this.#alone.has(later)) return earlier < later;
    const stream = this.#streams[earlier] ?? "";
    return (this.#clocks[later]?.get(stream) ?? 0) >= (this.#position[earlier] ?? Infinity);
  }
}

function merge(into: Map<string, number>, from: ReadonlyMap<string, number> | undefined): void {
  for (const [stream, time] of from ?? []) if (time > (into.get(stream) ?? 0)) into.set(stream, time);
}
