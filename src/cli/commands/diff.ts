// weft diff: what changes from one schedule file or plan to another, held against the limits that the user sets.
import { didYouMean } from "../../diagnostics/did-you-mean.js";
import { diffPlans, looksLikePlan, parseLimit, renderDiff, unmetLimits, type Limit } from "../../index.js";
import { readSide, together, type Side } from "../diff-side.js";
import { exitCodeOf, type Outcome } from "../outcome.js";
import { paletteOf } from "../terminal.js";
import { usageError } from "../usage.js";

export interface DiffFlags {
  readonly schedule?: string;
  readonly scheduleA?: string;
  readonly scheduleB?: string;
  readonly set: readonly string[];
  readonly setA: readonly string[];
  readonly setB: readonly string[];
  readonly limit: readonly string[];
  /** Markdown is a text that looks otherwise. */
  readonly format: "text" | "json" | "markdown";
  readonly json: boolean;
}

export async function diffCommand(a: string, b: string, flags: DiffFlags): Promise<Outcome> {
  const limits: Limit[] = [];
  for (const text of flags.limit) limits.push(await limitOf(text));
  const sides = sidesOf(a, b, flags);
  const read = [await readSide(sides[0]), await readSide(sides[1])] as const;
  const found = together(read);
  const [ofA, ofB] = read;
  if (!("simulated" in ofA) || !("simulated" in ofB)) return found;
  const diff = await diffPlans([ofA, ofB], limits);
  const diagnostics = [...found.diagnostics, ...(await unmetLimits(diff))];
  const format = flags.format === "markdown" ? "markdown" : "text";
  return {
    ...found,
    diagnostics,
    exit: exitCodeOf(diagnostics),
    fields: diff,
    result: await renderDiff(diff, format, paletteOf(process.stdout)),
  };
}

/** Options of one side come after those of both, as if they stood behind them. */
function sidesOf(a: string, b: string, flags: DiffFlags): readonly [Side, Side] {
  if (a === "-" && b === "-")
    throw usageError("wrong-arguments", "-", {
      problem: "A and B are both the standard input, which can be read but once",
      advice: "Give a file for one of the two.",
    });
  const plans = [looksLikePlan(a), looksLikePlan(b)] as const;
  const own = [
    { set: flags.setA, schedule: flags.scheduleA, mark: "a" },
    { set: flags.setB, schedule: flags.scheduleB, mark: "b" },
  ] as const;
  const shared = [
    ...(flags.schedule === undefined ? [] : [`--schedule ${flags.schedule}`]),
    ...flags.set.map((each) => `--set ${each}`),
  ].join(" ");
  if (plans[0] && plans[1] && shared !== "") throw refused("A and B are compiled plans", shared);
  const sideOf = (at: 0 | 1, path: string): Side => {
    const { set, schedule, mark } = own[at];
    const options = [
      ...(schedule === undefined ? [] : [`--schedule-${mark} ${schedule}`]),
      ...set.map((each) => `--set-${mark} ${each}`),
    ].join(" ");
    if (plans[at] && options !== "") throw refused(`${path} is a compiled plan`, options);
    return {
      path,
      isPlan: plans[at],
      schedule: schedule ?? flags.schedule,
      overrides: [...flags.set, ...set],
      name: options === "" ? path : `${path} ${options}`,
    };
  };
  return [sideOf(0, a), sideOf(1, b)];
}

const refused = (what: string, options: string): Error =>
  usageError("wrong-arguments", options, {
    problem: `${what}, which ${options} says nothing about`,
    advice: "Give schedule files with these options.",
  });

async function limitOf(text: string): Promise<Limit> {
  const limit = await parseLimit(text);
  if (!("kind" in limit)) return limit;
  const option = `--limit ${text}`;
  switch (limit.kind) {
    case "malformed":
      throw usageError("malformed-limit", option, { text, problem: limit.problem, advice: limit.advice });
    case "unknown_name": {
      const { name, names } = limit;
      const suggestion = didYouMean(name, names, `It compares ${names.join(", ")}.`);
      throw usageError("unknown-limit", option, { name, suggestion });
    }
    default:
      return limit satisfies never;
  }
}
