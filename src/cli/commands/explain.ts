// weft explain: what a diagnostic means, or why a plan is as it is. A plan that is there already is explained as it stands.
import { existsSync } from "node:fs";
import {
  compile,
  explainCode,
  explainPlan,
  openEntry,
  optionFile,
  whyWithoutProfile,
  type LaunchPlan,
  type SimulatedPlan,
} from "../../index.js";
import { inconsistentPlan, ofPlan, readDefinitePlan } from "../definite-plan.js";
import { exitCodeOf, exitCodes, shown, type Outcome, type Shown } from "../outcome.js";
import { paletteOf } from "../terminal.js";
import { usageError } from "../usage.js";

export interface ExplainFlags {
  readonly schedule?: string;
  readonly set: readonly string[];
  readonly profile: readonly string[];
}

export async function explainCommand(what: string, flags: ExplainFlags): Promise<Outcome> {
  const page = await explainCode(what);
  const forCompile = [
    ...(flags.schedule === undefined ? [] : [`--schedule ${flags.schedule}`]),
    ...flags.set.map((each) => `--set ${each}`),
    ...flags.profile.map((each) => `--profile ${each}`),
  ].join(" ");
  const refuse = (is: string): Error =>
    usageError("wrong-arguments", forCompile, {
      problem: `${what} is ${is}, which ${forCompile} says nothing about`,
      advice: "Give a schedule file with these options.",
    });
  if ("page" in page) {
    if (forCompile !== "") throw refuse("a code");
    return pageOutcome(what, page.page);
  }
  if (!looksLikeFile(what)) {
    const suggestion = `${page.suggestion} There is no file of that name either.`;
    throw usageError("unknown-code", what, { code: what, suggestion });
  }
  if (!what.endsWith(".json")) return explainFile(what, flags);
  if (forCompile !== "") throw refuse("a compiled plan");
  return explainPlanFile(what);
}

/** A code is one word; what has a folder or an ending, or exists, is a file. */
const looksLikeFile = (what: string): boolean => what === "-" || /[./\\]/.test(what) || existsSync(what);

function pageOutcome(code: string, page: string): Outcome {
  return {
    exit: exitCodes.yes,
    diagnostics: [],
    omitted: 0,
    sources: [],
    fields: { code, page },
    result: page,
  };
}

async function explainFile(file: string, { schedule, set, profile }: ExplainFlags): Promise<Outcome> {
  const entry = openEntry(file);
  const profiles = profile.map((each) => optionFile(file, each));
  const options = { entry, schedule, overrides: set, profiles };
  const compilation = await compile(options);
  const found = shown(compilation, entry.shown);
  const { compiled } = compilation;
  if (compiled === undefined) return { ...found, exit: exitCodeOf(found.diagnostics) };
  const { plan, simulated, measured } = compiled;
  const models = measured === undefined ? undefined : await whyWithoutProfile(options);
  return explained(file, plan, found, simulated, models);
}

async function explainPlanFile(path: string): Promise<Outcome> {
  const read = await readDefinitePlan(path);
  if ("outcome" in read) return read.outcome;
  const made = await ofPlan(path, read.found, () => explained(path, read.plan, read.found));
  return "outcome" in made ? made.outcome : made;
}

async function explained(
  path: string,
  plan: LaunchPlan,
  found: Shown,
  simulated?: SimulatedPlan,
  models?: LaunchPlan["why"],
): Promise<Outcome> {
  const result = await explainPlan(plan, paletteOf(process.stdout), simulated, models);
  if ("stuck" in result) return inconsistentPlan(path, found, result.stuck);
  return { ...found, exit: exitCodes.yes, fields: result.explanation, result: result.text };
}
