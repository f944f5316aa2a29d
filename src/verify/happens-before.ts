// Happens-before of the launches of one rank, by vector clocks. A launch starts after: the launch before it on its
// stream, the records its waits refer to, the operation before it on its communicator, and every host read before it
// in host order. A host read ends after its waits. Nothing else orders anything: entries of kind rounds do only where they
// act, of which no race may make use.
import { isOnHost } from "../plan/index.js";
import type { Facts, Occurrence, RoleFacts } from "./facts.js";

/** A wait of an occurrence and the record it refers to, if any was issued before it. */
export interface ResolvedWait {
  readonly event: string;
  readonly record: number | undefined;
}

export interface HappensBefore {
  /** Whether occurrence `earlier` has finished when `later` starts (or, for a host read, reads). Takes host indices. */
  before(earlier: number, later: number): boolean;
  /** Streams and the host, numbered: what is on one thread runs in order. */
  readonly threadOf: Int32Array;
  readonly threads: number;
  /** By host index. */
  readonly waits: readonly (readonly ResolvedWait[])[];
  /** The operation before it on its communicator; -1 where there is none. */
  readonly communicatorPredecessor: Int32Array;
  /** The latest host read before it in host order; -1 where there is none. */
  readonly hostPredecessor: Int32Array;
  /** For entries of kind rounds, the last launch of each stream before it: where the entry acts, it waits for them. */
  readonly awaited: ReadonlyMap<number, readonly number[]>;
  /** The launch before it on its stream; -1 where there is none. Host reads have none beyond the host's own. */
  readonly streamPredecessor: Int32Array;
}

export const HOST = 0;

const known = new WeakMap<RoleFacts, HappensBefore>();

/** The order of a role's launches; worked out once. */
export function happensBefore(facts: Facts, role: RoleFacts): HappensBefore {
  const order = known.get(role) ?? walk(facts, role);
  known.set(role, order);
  return order;
}

function walk(facts: Facts, { role, occurrences }: RoleFacts): HappensBefore {
  const streams = new Map(role.streams.map((each, at) => [each.name, at + 1]));
  const threads = role.streams.length + 1;
  const size = occurrences.length;
  // clocks[i * threads + t]: how many occurrences of thread t have finished when occurrence i starts.
  const clocks = new Int32Array(size * threads);
  const threadOf = new Int32Array(size);
  const position = new Int32Array(size);
  const [communicatorPredecessor, hostPredecessor, streamPredecessor] = [none(size), none(size), none(size)];
  const waits: ResolvedWait[][] = [];
  const awaited = new Map<number, readonly number[]>();
  const lastOfThread = new Int32Array(threads).fill(-1);
  const lengthOfThread = new Int32Array(threads);
  const lastOfCommunicator = new Map<string, number>();
  const lastRecord = new Map<string, number>();

  const startAfter = (later: number, earlier: number): void => {
    for (let thread = 0; thread < threads; thread++) {
      const known = clocks[earlier * threads + thread]!;
      if (known > clocks[later * threads + thread]!) clocks[later * threads + thread] = known;
    }
    const at = later * threads + threadOf[earlier]!;
    clocks[at] = Math.max(clocks[at]!, position[earlier]! + 1);
  };

  for (const [at, { launch }] of occurrences.entries()) {
    const thread = isOnHost(launch) ? HOST : streams.get(launch.stream)!;
    threadOf[at] = thread;
    position[at] = lengthOfThread[thread]!++;
    const resolved = launch.waits.map((event) => ({ event, record: lastRecord.get(event) }));
    waits.push(resolved);
    hostPredecessor[at] = lastOfThread[HOST]!;
    if (launch.kind === "rounds")
      awaited.set(
        at,
        [...lastOfThread].filter((last, each) => each !== HOST && last >= 0),
      );
    if (thread !== HOST) streamPredecessor[at] = lastOfThread[thread]!;
    if (launch.kind === "transfer") {
      const communicator = facts.index.communicatorOf(launch);
      communicatorPredecessor[at] = lastOfCommunicator.get(communicator) ?? -1;
      lastOfCommunicator.set(communicator, at);
    }
    for (const { record } of resolved) if (record !== undefined) startAfter(at, record);
    for (const predecessor of [hostPredecessor, streamPredecessor, communicatorPredecessor])
      if (predecessor[at]! >= 0) startAfter(at, predecessor[at]!);
    lastOfThread[thread] = at;
    if (!isOnHost(launch)) for (const event of launch.records) lastRecord.set(event, at);
  }

  return {
    before: (earlier, later) => clocks[later * threads + threadOf[earlier]!]! > position[earlier]!,
    threadOf,
    threads,
    waits,
    awaited,
    communicatorPredecessor,
    hostPredecessor,
    streamPredecessor,
  };
}

const none = (size: number): Int32Array => new Int32Array(size).fill(-1);

/** The launches that `later` directly starts after, each with the reason as people say it. */
export function directPredecessors(
  order: HappensBefore,
  later: Occurrence,
): readonly { readonly index: number; readonly why: string }[] {
  const at = later.index;
  const found: { index: number; why: string }[] = [];
  for (const { event, record } of order.waits[at]!)
    if (record !== undefined) found.push({ index: record, why: `waits for event \`${event}\` of` });
  for (const index of order.awaited.get(at) ?? [])
    found.push({ index, why: "waits, before its rounds, for" });
  if (order.streamPredecessor[at]! >= 0)
    found.push({ index: order.streamPredecessor[at]!, why: "stands on the same stream behind" });
  if (order.communicatorPredecessor[at]! >= 0)
    found.push({ index: order.communicatorPredecessor[at]!, why: "uses the same communicator after" });
  if (order.hostPredecessor[at]! >= 0)
    found.push({ index: order.hostPredecessor[at]!, why: "is issued by the host after" });
  return found;
}
