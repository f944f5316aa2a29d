// Limits on what a change may cost, as the user writes them: `step_time=+5%`, `memory=+2GiB`, `step_time<=2.5s`.
import { isMeasure, measureNames, measures, type MeasureName, type Measured, type Unit } from "./measures.js";
import type { Pair } from "./pair.js";

export interface Limit {
  /** As the user wrote it. */
  readonly text: string;
  readonly name: MeasureName;
  /** What is limited: B itself, how much more it is than A, or how much more as a share of A. */
  readonly of: "value" | "difference" | "share";
  readonly amount: number;
}

export type LimitProblem =
  | { readonly kind: "unknown_name"; readonly name: string; readonly names: readonly string[] }
  | { readonly kind: "malformed"; readonly problem: string; readonly advice: string };

export interface JudgedLimit {
  readonly name: MeasureName;
  readonly limit: string;
  readonly ok: boolean;
  readonly values: Pair<number>;
  /** The most that B may be; the least, where more is better. */
  readonly allowed: number;
}

const time = { ns: 1e-3, us: 1, µs: 1, μs: 1, ms: 1e3, s: 1e6 };
const [k, M, G, T] = [1e3, 1e6, 1e9, 1e12];
const bytes = {
  ...{ B: 1, kB: k, MB: M, GB: G, TB: T },
  ...{ KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 },
};
/** What may follow a number, with its size in the unit of measures. */
const unitsOf: Readonly<Record<Unit, Readonly<Record<string, number>>>> = {
  time,
  bytes,
  rate: { "": 1, k, M, G },
  ratio: { "": 1 },
  count: { "": 1, k, M },
  share: { "": 1 },
};
const exampleOf: Readonly<Record<Unit, string>> = {
  time: "2.5ms",
  bytes: "2GiB",
  rate: "200k",
  ratio: "1.2",
  count: "40",
  share: "0.01",
};

const form = /^\s*(\w+)\s*(=|<=|>=)\s*([+-]?)\s*(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+)\s*(\S*)\s*$/i;
const examples =
  "Write --limit step_time=+5%, --limit memory=+2GiB or --limit 'step_time<=2.5s', for example.";

export function parseLimit(text: string): Limit | LimitProblem {
  const [, name, relation, sign, digits, unit = ""] = form.exec(text) ?? [];
  const before = /^\s*(\w+)\s*[=<>]/.exec(text)?.[1] ?? name;
  if (before !== undefined && !isMeasure(before))
    return { kind: "unknown_name", name: before, names: measureNames };
  if (name === undefined || !isMeasure(name))
    return {
      kind: "malformed",
      problem: "it is not of the form NAME=+AMOUNT or NAME<=AMOUNT",
      advice: examples,
    };
  const amount = (sign === "-" ? -1 : 1) * Number(digits);
  const limit =
    relation === "="
      ? limitOnChange(text, name, amount, sign !== "", unit)
      : limitOnValue(text, name, amount, relation ?? "", unit);
  return "kind" in limit || Number.isFinite(limit.amount)
    ? limit
    : { kind: "malformed", problem: "its amount is no finite number", advice: examples };
}

function limitOnChange(
  text: string,
  name: MeasureName,
  amount: number,
  signed: boolean,
  unit: string,
): Limit | LimitProblem {
  const example = exampleOf[measures[name].unit];
  if (!signed)
    return {
      kind: "malformed",
      problem: `it does not say whether ${name} may change by that much or may be that much`,
      advice: `Write ${name}=+${example} for a change, ${name}${relationOf(name)}${example} for the value.`,
    };
  if (unit === "%") return { text, name, of: "share", amount: amount / 100 };
  const scale = unitsOf[measures[name].unit][unit];
  return scale === undefined
    ? wrongUnit(name, unit, `${name}=+${example} or ${name}=+5%`)
    : { text, name, of: "difference", amount: amount * scale };
}

function limitOnValue(
  text: string,
  name: MeasureName,
  amount: number,
  relation: string,
  unit: string,
): Limit | LimitProblem {
  const example = `${name}${relationOf(name)}${exampleOf[measures[name].unit]}`;
  if (relation !== relationOf(name))
    return {
      kind: "malformed",
      problem: `${isMore(name) ? "less" : "more"} is what costs, so ${name} is limited by ${relationOf(name)}`,
      advice: `Write ${example}, for example.`,
    };
  const scale = unitsOf[measures[name].unit][unit];
  return scale === undefined
    ? wrongUnit(name, unit, example)
    : { text, name, of: "value", amount: amount * scale };
}

function wrongUnit(name: MeasureName, unit: string, example: string): LimitProblem {
  const known = Object.keys(unitsOf[measures[name].unit]).filter((each) => each !== "" && /^\w+$/.test(each));
  const takes = known.length === 0 ? "a plain number" : `a number with ${known.join(", ")}`;
  const found = unit === "" ? "has no unit" : `has the unit "${unit}"`;
  return {
    kind: "malformed",
    problem: `it ${found}, and ${name} is ${takes}`,
    advice: `Write ${example}, for example.`,
  };
}

const isMore = (name: MeasureName): boolean => measures[name].better === "more";
const relationOf = (name: MeasureName): "<=" | ">=" => (isMore(name) ? ">=" : "<=");

/** Whether B keeps a limit. What a plan does not have costs nothing. */
export function judge({ text, name, of, amount }: Limit, [ofA, ofB]: Pair<Measured>): JudgedLimit {
  const [a, b] = [ofA[name] ?? 0, ofB[name] ?? 0];
  const allowed = { value: amount, difference: a + amount, share: a * (1 + amount) }[of];
  return { name, limit: text, ok: isMore(name) ? b >= allowed : b <= allowed, values: [a, b], allowed };
}
