// What a trace must obey so that viewers load it whole. Each rule throws with the event that breaks it.
import { expect } from "vitest";

export interface Event {
  readonly ph: string;
  readonly name: string;
  readonly cat?: string;
  readonly pid: number;
  readonly tid?: number;
  readonly id?: number;
  readonly bp?: string;
  readonly ts?: number;
  readonly dur?: number;
  readonly args?: Readonly<Record<string, string | number>>;
}

export interface Slice extends Event {
  readonly tid: number;
  readonly ts: number;
  readonly dur: number;
}

export function eventsOf(text: string): readonly Event[] {
  const trace = JSON.parse(text) as { readonly traceEvents: readonly Event[] };
  return trace.traceEvents;
}

export const isSlice = (event: Event): event is Slice => event.ph === "X";

/** Times count up from nothing, in the order of the file. */
export function timesAscend(events: readonly Event[]): void {
  let last = 0;
  for (const { ts, dur = 0, ...event } of events.filter(({ ph }) => ph !== "M")) {
    expect(ts, JSON.stringify(event)).toBeGreaterThanOrEqual(last);
    expect(dur).toBeGreaterThanOrEqual(0);
    last = ts ?? NaN;
  }
}

/** Slices of one thread lie inside one another or side by side. Exact: no reader rounds them into one another. */
export function slicesNest(events: readonly Event[]): void {
  const open = new Map<string, number[]>();
  for (const { pid, tid, ts, dur, name } of events.filter(isSlice)) {
    const thread = `${String(pid)} ${String(tid)}`;
    const ends = (open.get(thread) ?? []).filter((end) => end > ts);
    for (const end of ends) expect(ts + dur, `${name} at ${String(ts)}`).toBeLessThanOrEqual(end);
    open.set(thread, [...ends, ts + dur]);
  }
}

/** Every process and thread that has slices is named once and has a place. */
export function threadsAreNamed(events: readonly Event[]): void {
  const metadata = events.filter(({ ph }) => ph === "M");
  const of = (name: string, pid: number, tid?: number): readonly Event[] =>
    metadata.filter((each) => each.name === name && each.pid === pid && each.tid === tid);
  for (const { pid, tid } of events.filter(isSlice)) {
    expect(of("process_name", pid)).toHaveLength(1);
    expect(of("process_sort_index", pid)).toHaveLength(1);
    expect(of("thread_name", pid, tid)).toHaveLength(1);
    expect(of("thread_sort_index", pid, tid)).toHaveLength(1);
  }
}

/** A flow begins once, ends once and later, and each of its stations lies in a slice of its thread. */
export function flowsPairUp(events: readonly Event[]): void {
  const slices = grouped(events.filter(isSlice), ({ pid, tid }) => `${String(pid)} ${String(tid)}`);
  const flows = grouped(
    events.filter(({ ph }) => "stf".includes(ph)),
    ({ id }) => String(id),
  );
  expect(flows.size).toBeGreaterThan(0);
  for (const stations of flows.values()) {
    expect(stations.map(({ ph }) => ph).join("")).toMatch(/^st*f$/);
    expect(stations.at(-1)?.bp).toBe("e");
    for (const { pid, tid, ts = NaN, name } of stations) {
      const around = slices
        .get(`${String(pid)} ${String(tid)}`)
        ?.some((slice) => slice.ts <= ts && ts <= slice.ts + slice.dur);
      expect(around, name).toBe(true);
    }
  }
}

function grouped<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item)) ?? [];
    groups.set(key(item), group);
    group.push(item);
  }
  return groups;
}

export function obeysAll(events: readonly Event[]): void {
  timesAscend(events);
  slicesNest(events);
  threadsAreNamed(events);
  flowsPairUp(events);
}
