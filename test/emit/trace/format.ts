// The Chrome trace event format, as far as traces of Weft go: which fields an event of each phase must have, and of which type.
// By "Trace Event Format" (the Chromium project's document), which Perfetto's importer of JSON follows.
import { expect } from "vitest";
import { eventsOf, obeysAll, type Event } from "./rules.js";

type Check = (value: unknown) => boolean;

const isNumber: Check = (value) => typeof value === "number" && Number.isFinite(value);
const isTime: Check = (value) => isNumber(value) && Number(value) >= 0;
const isId: Check = (value) => Number.isInteger(value) && Number(value) >= 0;
const isName: Check = (value) => typeof value === "string" && value !== "";
const isRecord: Check = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const holds =
  (check: Check): Check =>
  (value) =>
    isRecord(value) && Object.values(value as object).every(check);
const isText: Check = (value) => isName(value) || isNumber(value);
const isOneOf =
  (...known: readonly unknown[]): Check =>
  (value) =>
    known.includes(value);

const place = { pid: isId, tid: isId, ts: isTime };
const flow = { ...place, name: isName, cat: isName, id: isId };

/** By phase: the fields that an event has. Those with a question mark may be missing, others may not, and there are no more. */
const fields: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  X: { ...place, name: isName, cat: isName, dur: isTime, "args?": holds(isText) },
  s: flow,
  t: { ...flow, bp: isOneOf("e") },
  f: { ...flow, bp: isOneOf("e") },
  C: { pid: isId, ts: isTime, name: isName, args: holds(isNumber) },
  M: {
    pid: isId,
    "tid?": isId,
    name: isOneOf("process_name", "process_labels", "process_sort_index", "thread_name", "thread_sort_index"),
    args: holds(isText),
  },
};

/** Which argument each kind of metadata takes, and of which type. */
const metadataArguments: Readonly<Record<string, readonly [string, Check]>> = {
  process_name: ["name", isName],
  process_labels: ["labels", isName],
  process_sort_index: ["sort_index", isNumber],
  thread_name: ["name", isName],
  thread_sort_index: ["sort_index", isNumber],
};

/** Every event has the fields of its phase. */
export function fieldsAreRight(events: readonly Event[]): void {
  for (const event of events) {
    const told = JSON.stringify(event);
    const known = fields[event.ph];
    if (known === undefined) throw new Error(`an event of an unknown phase: ${told}`);
    const values = new Map<string, unknown>(Object.entries(event));
    values.delete("ph");
    for (const [name, check] of Object.entries(known)) {
      const field = name.replace("?", "");
      if (!values.has(field) && name.endsWith("?")) continue;
      if (!check(values.get(field))) throw new Error(`\`${field}\` is wrong or missing in ${told}`);
      values.delete(field);
    }
    if (values.size > 0) throw new Error(`\`${[...values.keys()].join("`, `")}\` does not belong in ${told}`);
    if (event.ph === "M") metadataIsRight(event, told);
  }
}

function metadataIsRight({ name, tid, args }: Event, told: string): void {
  const [argument, check] = metadataArguments[name]!;
  if (!check(args?.[argument])) throw new Error(`\`args.${argument}\` is wrong or missing in ${told}`);
  if ((tid !== undefined) !== name.startsWith("thread")) throw new Error(`a thread too many or few: ${told}`);
}

/** Counters belong to processes with a name, and say something new each time. */
export function countersAreOfKnownRanks(events: readonly Event[]): void {
  const named = new Set(events.filter(({ name }) => name === "process_name").map(({ pid }) => pid));
  const last = new Map<string, string>();
  for (const { pid, name, args } of events.filter(({ ph }) => ph === "C")) {
    expect(named).toContain(pid);
    const key = `${String(pid)} ${name}`;
    const values = JSON.stringify(args);
    expect(values, key).not.toBe(last.get(key));
    last.set(key, values);
  }
}

/** The text of a trace is one that viewers load whole. */
export function isTrace(text: string): void {
  const { displayTimeUnit, otherData, traceEvents, ...others } = JSON.parse(text) as Record<string, unknown>;
  expect(others).toEqual({});
  expect(displayTimeUnit).toMatch(/^(ms|ns)$/);
  expect(holds(isText)(otherData)).toBe(true);
  expect(Array.isArray(traceEvents)).toBe(true);
  const events = eventsOf(text);
  fieldsAreRight(events);
  countersAreOfKnownRanks(events);
  obeysAll(events);
}
