// A trace of PyTorch's profiler as measurements: matrix products by the shapes of the operators that launched them, and ranges
// that the user named like operators by the kernels that were launched in them.
import { isProduct, productShape, rowsOfInput, type Shape } from "./matrix-products.js";
import { medians } from "./medians.js";
import type { Measurement, ProfileFile, ProfileProblem } from "./measurement.js";
import {
  holding,
  traceEvents,
  type Interval,
  type Kernel,
  type OperatorCall,
  type TraceEvents,
} from "./trace-events.js";

/** Kernels that move rows between GPUs: NCCL's, NVSHMEM's and DeepEP's. */
const MOVES = /^nccl|nvshmem|deep_?ep/i;
/** Ranges that PyTorch makes itself. */
const PYTORCHS_OWN = /^(ProfilerStep#|nccl:|record_param_comms|Optimizer\.|## Call)/;
/** `moe.dispatch tokens=4096`: a range that says how much it works on. */
const SIZE = /[\s,;]*\b(tokens|rows|m)\s*[=:]\s*(\d{1,12})\b/;
/** A nanosecond; what took less was not measured. */
const LEAST_US = 1e-3;
/** Eleven days; what took more was not measured either. */
const MOST_US = 1e12;

export function readTrace(
  trace: readonly unknown[] | { readonly traceEvents: unknown },
): ProfileFile | ProfileProblem {
  const list: unknown = "traceEvents" in trace ? trace.traceEvents : trace;
  if (!Array.isArray(list))
    return { problem: "its traceEvents are no list", advice: "Export it by export_chrome_trace." };
  const events = traceEvents(list);
  if (events.kernels.length === 0)
    return {
      problem: "it has no kernels of a GPU",
      advice: "Profile with activities=[ProfilerActivity.CPU, ProfilerActivity.CUDA].",
    };
  const launchers = launchersOf(events);
  const times = [
    ...productTimes(events, launchers),
    ...rangeTimes(events, launchers),
    ...gpuRangeTimes(events),
  ].filter(isSane);
  if (times.length === 0) return nothingFound(events);
  const machine = "deviceProperties" in trace ? deviceName(trace.deviceProperties) : undefined;
  return { kind: "trace", ...(machine === undefined ? {} : { machine }), times: medians(times) };
}

/** Whether a plan could hold it: traces may have been edited. */
const isSane = ({ time_us = 0, m = 1, rows = 1 }: Measurement): boolean =>
  time_us <= MOST_US && Number.isSafeInteger(m) && Number.isSafeInteger(rows);

function nothingFound({ operators }: TraceEvents): ProfileProblem {
  return operators.some(({ dims }) => dims.length > 0)
    ? {
        problem: "it has no matrix product and no range that says how much it works on",
        advice: 'Put record_function("moe.dispatch tokens=4096") around what is to be measured.',
      }
    : {
        problem: "it has no shapes of the operators' inputs",
        advice:
          'Profile with record_shapes=True, or name ranges like record_function("moe.dispatch tokens=4096").',
      };
}

/** For each kernel the operator that launched it, and when and where on the CPU that was. */
interface Launcher {
  readonly operator: OperatorCall | undefined;
  readonly at: { readonly thread: string; readonly at: number } | undefined;
}

function launchersOf({ kernels, operators, launches }: TraceEvents): readonly Launcher[] {
  const byId = new Map(operators.flatMap((each) => (each.id === undefined ? [] : [[each.id, each]])));
  const moments = kernels.map(({ correlation }) => {
    const launch = correlation === undefined ? undefined : launches.get(correlation);
    return launch && { thread: launch.thread, at: launch.start };
  });
  const innermost = holding(
    operators,
    moments.map((each) => each ?? { thread: "", at: 0 }),
  );
  return kernels.map(({ id }, at) => {
    const named = id === undefined ? undefined : byId.get(id);
    const operator = named ?? (moments[at] === undefined ? undefined : innermost[at]!.at(-1));
    const moment = moments[at] ?? (operator && { thread: operator.thread, at: operator.start });
    return { operator, at: moment };
  });
}

const duration = ({ start, end }: Interval): number => end - start;

/** Each call of a matrix product, with the sum of its kernels. */
function productTimes({ kernels }: TraceEvents, launchers: readonly Launcher[]): readonly Measurement[] {
  const calls = new Map<OperatorCall, { readonly shape: Shape; time_us: number }>();
  kernels.forEach((kernel, at) => {
    const operator = launchers[at]?.operator;
    if (operator === undefined || !isProduct(operator.name)) return;
    const known = calls.get(operator);
    if (known !== undefined) {
      known.time_us += duration(kernel);
      return;
    }
    const shape = productShape(operator.name, operator.dims, operator.types);
    if (shape !== undefined) calls.set(operator, { shape, time_us: duration(kernel) });
  });
  return [...calls.values()]
    .filter(({ time_us }) => time_us >= LEAST_US)
    .map(({ shape, time_us }) => ({ operator: "gemm", ...shape, time_us, samples: 1 }));
}

/** Each range with a name of the user's, with the kernels that were launched in it. */
function rangeTimes(
  { kernels, operators, ranges }: TraceEvents,
  launchers: readonly Launcher[],
): readonly Measurement[] {
  const own = ranges.filter(({ name }) => !PYTORCHS_OWN.test(name));
  const inRange = new Map<Interval, Kernel[]>(own.map((each) => [each, []]));
  const moments = launchers.map(({ at }) => at ?? { thread: "", at: 0 });
  holding(own, moments).forEach((held, at) => {
    if (launchers[at]?.at === undefined) return;
    for (const range of held) inRange.get(range)?.push(kernels[at]!);
  });
  const rows = rowsIn(own, operators);
  const sizes = new Sizes();
  return [...inRange].flatMap(([range, launched]) =>
    timesOf(range.name, launched, sizes.of(range, rows.get(range))),
  );
}

/** The rows of the first tensor that an operator in each range takes. */
function rowsIn(
  ranges: readonly Interval[],
  operators: readonly OperatorCall[],
): ReadonlyMap<Interval, number> {
  const rows = new Map<Interval, number>();
  const first = [...operators].sort((one, other) => one.start - other.start);
  const held = holding(
    ranges,
    first.map(({ thread, start }) => ({ thread, at: start })),
  );
  first.forEach(({ dims }, at) => {
    const own = rowsOfInput(dims);
    if (own === undefined) return;
    for (const range of held[at]!) if (!rows.has(range)) rows.set(range, own);
  });
  return rows;
}

type Size = Pick<Measurement, "tokens" | "rows" | "m">;

/** How much a range works on: what its name says, else the rows that come in. A combine brings back the tokens of its dispatch. */
class Sizes {
  readonly #dispatched = new Map<string, number>();

  of({ name, thread }: Interval, rows: number | undefined): Size | undefined {
    const [, key, amount] = SIZE.exec(name) ?? [];
    const word = lastWord(name);
    const tokens =
      key === "tokens" ? Number(amount) : word === "combine" ? this.#dispatched.get(thread) : rows;
    if (word === "dispatch" && tokens !== undefined) this.#dispatched.set(thread, tokens);
    if (key !== undefined && Number(amount) > 0) return { [key]: Number(amount) };
    if (tokens === undefined) return undefined;
    return word === "dispatch" || word === "combine" ? { tokens } : { rows: tokens };
  }
}

const plainName = (name: string): string => name.replace(SIZE, "").trim();
const lastWord = (name: string): string | undefined =>
  plainName(name)
    .split(/[.:/\s]+/)
    .at(-1);

/** What moves rows is a transfer; the rest are the operator's own kernels. */
function timesOf(name: string, kernels: readonly Kernel[], size: Size | undefined): readonly Measurement[] {
  const operator = plainName(name);
  if (operator === "" || size === undefined) return [];
  const sum = (of: readonly Kernel[]): number => of.reduce((all, each) => all + duration(each), 0);
  const moving = sum(kernels.filter((each) => MOVES.test(each.name)));
  const computing = sum(kernels.filter((each) => !MOVES.test(each.name)));
  return [
    ...(moving < LEAST_US ? [] : [{ operator, ...size, time_us: moving, samples: 1 }]),
    ...(computing < LEAST_US ? [] : [{ operator, part: "kernels", ...size, time_us: computing, samples: 1 }]),
  ];
}

/** Ranges that the CPU's side of the trace does not have; only their names can say how much they work on. */
function gpuRangeTimes({ kernels, ranges, gpuRanges }: TraceEvents): readonly Measurement[] {
  const known = new Set(ranges.map(({ name }) => name));
  const own = gpuRanges.filter(({ name }) => !known.has(name) && !PYTORCHS_OWN.test(name));
  const inRange = new Map<Interval, Kernel[]>(own.map((each) => [each, []]));
  const held = holding(
    own,
    kernels.map(({ thread, start }) => ({ thread, at: start })),
  );
  held.forEach((all, at) => {
    for (const range of all) inRange.get(range)?.push(kernels[at]!);
  });
  return [...inRange].flatMap(([range, launched]) =>
    timesOf(range.name, launched, new Sizes().of(range, undefined)),
  );
}

/** The GPU that the profiler names. */
function deviceName(devices: unknown): string | undefined {
  const [first] = Array.isArray(devices) ? (devices as unknown[]) : [];
  if (typeof first !== "object" || first === null || !("name" in first)) return undefined;
  return typeof first.name === "string" ? first.name : undefined;
}
