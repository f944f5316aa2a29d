// Events of the Chrome trace format, as Perfetto loads them, and their text. Times are whole ticks of 1/64 microsecond:
// such numbers are exact in binary, so slices that touch never overlap in a reader that adds floats.

/** Ticks of a microsecond. */
const TICKS = 64;

/** A time in microseconds, in ticks. */
export const ticksOf = (us: number): number => Math.round(us * TICKS);

export type Args = Readonly<Record<string, string | number>>;

/** Names a process or a thread, or says where it stands. */
export interface MetadataEvent {
  readonly ph: "M";
  readonly name:
    "process_name" | "process_labels" | "process_sort_index" | "thread_name" | "thread_sort_index";
  readonly pid: number;
  readonly tid?: number;
  readonly args: Args;
}

/** Something that takes time on a thread. */
export interface SliceEvent {
  readonly ph: "X";
  readonly name: string;
  readonly cat: string;
  readonly pid: number;
  readonly tid: number;
  /** In ticks. */
  readonly ts: number;
  /** In ticks. */
  readonly dur: number;
  readonly args?: Args;
}

/** One end (`s`, `f`) or station (`t`) of a flow, which binds to the slice around it. */
export interface FlowEvent {
  readonly ph: "s" | "t" | "f";
  readonly id: number;
  readonly name: string;
  readonly cat: string;
  readonly pid: number;
  readonly tid: number;
  /** In ticks. */
  readonly ts: number;
  readonly bp?: "e";
}

/** New values of the series of a counter of a process. */
export interface CounterEvent {
  readonly ph: "C";
  readonly name: string;
  readonly pid: number;
  /** In ticks. */
  readonly ts: number;
  readonly args: Args;
}

export type TimedEvent = SliceEvent | FlowEvent | CounterEvent;

/** The text of a trace: one event a line, names first, then in order of time. */
export function printTrace(
  metadata: readonly MetadataEvent[],
  events: readonly TimedEvent[],
  otherData: Args,
): string {
  // Stable: a slice stands before those that begin with it inside it, and before the flows that bind to it.
  const sorted = [...events].sort((one, other) => one.ts - other.ts);
  const lines = [...metadata.map((each) => JSON.stringify(each)), ...sorted.map(printTimed)];
  return `{"displayTimeUnit":"ns","otherData":${JSON.stringify(otherData)},"traceEvents":[\n${lines.join(",\n")}\n]}\n`;
}

const printTimed = (event: TimedEvent): string =>
  JSON.stringify({
    ...event,
    ts: event.ts / TICKS,
    ...(event.ph === "X" ? { dur: event.dur / TICKS } : {}),
  });
