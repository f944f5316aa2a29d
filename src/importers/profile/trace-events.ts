// The events of a trace of PyTorch's profiler (Kineto, in Chrome's format) that times are read from. A trace may be anything:
// what is not an event with a duration is left out. Times are microseconds.

/** A stretch of time on a thread, or on a stream of a GPU. */
export interface Interval {
  readonly name: string;
  readonly thread: string;
  readonly start: number;
  readonly end: number;
}

/** A call of an operator on the CPU, with the shapes of its inputs where they were recorded. */
export interface OperatorCall extends Interval {
  readonly id: number | undefined;
  readonly dims: readonly unknown[];
  readonly types: readonly unknown[];
}

export interface Kernel extends Interval {
  /** Ties it to the operator that launched it. */
  readonly id: number | undefined;
  /** Ties it to the call of CUDA that launched it. */
  readonly correlation: number | undefined;
}

export interface TraceEvents {
  readonly operators: readonly OperatorCall[];
  readonly kernels: readonly Kernel[];
  /** Calls of CUDA by their correlation. */
  readonly launches: ReadonlyMap<number, Interval>;
  /** Ranges that the user named: on the CPU, and what a GPU ran of them. */
  readonly ranges: readonly Interval[];
  readonly gpuRanges: readonly Interval[];
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null;
const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
const numberOf = (value: unknown): number | undefined => (isNumber(value) ? value : undefined);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const nameOf = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";

export function traceEvents(events: readonly unknown[]): TraceEvents {
  const operators: OperatorCall[] = [];
  const kernels: Kernel[] = [];
  const launches = new Map<number, Interval>();
  const ranges: Interval[] = [];
  const gpuRanges: Interval[] = [];
  for (const event of events) {
    if (!isObject(event) || event["ph"] !== "X") continue;
    const { ts, dur, pid, tid } = event;
    if (!isNumber(ts) || !isNumber(dur) || dur < 0) continue;
    const thread = `${nameOf(pid)} ${nameOf(tid)}`;
    const interval = { name: nameOf(event["name"]), thread, start: ts, end: ts + dur };
    const args: Json = isObject(event["args"]) ? event["args"] : {};
    const id = numberOf(args["External id"] ?? args["external id"]);
    const correlation = numberOf(args["correlation"]);
    switch (nameOf(event["cat"]).toLowerCase()) {
      case "cpu_op":
        operators.push({
          ...interval,
          id,
          dims: listOf(args["Input Dims"] ?? args["Input dims"]),
          types: listOf(args["Input type"] ?? args["Input types"]),
        });
        break;
      case "kernel":
        kernels.push({ ...interval, id, correlation });
        break;
      case "cuda_runtime":
      case "cuda_driver":
        if (correlation !== undefined) launches.set(correlation, interval);
        break;
      case "user_annotation":
        ranges.push(interval);
        break;
      case "gpu_user_annotation":
        gpuRanges.push(interval);
        break;
      default:
    }
  }
  return { operators, kernels, launches, ranges, gpuRanges };
}

/**
 * For each moment the intervals of its thread that hold it, from the outermost to the innermost. Intervals of a thread nest; of
 * those that do not, the one that began later counts as within.
 */
export function holding<T extends Interval>(
  intervals: readonly T[],
  moments: readonly { readonly thread: string; readonly at: number }[],
): readonly (readonly T[])[] {
  const byThread = new Map<string, T[]>();
  for (const each of intervals) {
    const known = byThread.get(each.thread);
    if (known === undefined) byThread.set(each.thread, [each]);
    else known.push(each);
  }
  const cursors = new Map<string, { at: number; readonly open: T[] }>();
  for (const [thread, own] of byThread) {
    own.sort((one, other) => one.start - other.start || other.end - one.end);
    cursors.set(thread, { at: 0, open: [] });
  }
  const found: (readonly T[])[] = moments.map(() => []);
  const order = [...moments.keys()].sort((one, other) => moments[one]!.at - moments[other]!.at);
  for (const index of order) {
    const { thread, at } = moments[index]!;
    const [own, cursor] = [byThread.get(thread), cursors.get(thread)];
    if (own === undefined || cursor === undefined) continue;
    while (cursor.at < own.length && own[cursor.at]!.start <= at) {
      const next = own[cursor.at++]!;
      while (cursor.open.length > 0 && cursor.open.at(-1)!.end <= next.start) cursor.open.pop();
      cursor.open.push(next);
    }
    found[index] = cursor.open.filter(({ end }) => end >= at);
  }
  return found;
}
