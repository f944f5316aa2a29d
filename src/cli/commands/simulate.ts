// weft simulate: the predicted timeline of a plan, and its trace.
import { simulatePlan, type LaunchPlan } from "../../index.js";
import { inconsistentPlan, ofPlan, readDefinitePlan } from "../definite-plan.js";
import { exitCodes, type Outcome } from "../outcome.js";
import { paletteOf, ProgressLine } from "../terminal.js";
import { usageError } from "../usage.js";
import { writeFiles } from "../write-files.js";

export interface SimulateFlags {
  readonly trace?: string;
  readonly ranks?: string;
  readonly full: boolean;
  readonly json: boolean;
}

export async function simulateCommand(path: string, flags: SimulateFlags): Promise<Outcome> {
  const toStdout = flags.trace === "-";
  if (toStdout && flags.json)
    throw usageError("wrong-arguments", "--trace -", {
      problem: "--trace - and --json both want the standard output",
      advice: "Name a file for the trace, or leave out --json.",
    });
  const read = await readDefinitePlan(path);
  if ("outcome" in read) return read.outcome;
  const { plan, found } = read;
  const ranks = ranksOf(flags, plan);
  const stream = toStdout ? process.stderr : process.stdout;
  const trace = flags.trace === undefined ? false : (ranks ?? true);
  const progress = new ProgressLine(process.stderr);
  const onProgress = (share: number): void => {
    progress.show(`simulating every message: ${String(Math.floor(100 * share)).padStart(3)} %`);
  };
  const options = { colors: paletteOf(stream), trace, full: flags.full, onProgress };
  const step = await ofPlan(path, found, () => simulatePlan(plan, options));
  progress.clear();
  if ("outcome" in step) return step.outcome;
  if ("stuck" in step) return inconsistentPlan(path, found, step.stuck);
  const files = flags.trace === undefined || toStdout ? [] : [{ path: flags.trace, text: step.trace ?? "" }];
  const failure = writeFiles(files);
  if (failure !== undefined)
    return { ...found, diagnostics: [...found.diagnostics, failure], exit: exitCodes.inputAtFault };
  const outputs = files.map((each) => each.path);
  return {
    ...found,
    exit: exitCodes.yes,
    fields: { ...step.report, ...(flags.trace === undefined ? {} : { outputs }) },
    ...(toStdout ? { result: step.trace ?? "", notice: step.text } : { result: step.text }),
  };
}

/** The ranks that --ranks names: numbers with commas between them, or `all`. */
function ranksOf({ ranks, trace }: SimulateFlags, { world }: LaunchPlan): readonly number[] | undefined {
  if (ranks === undefined) return undefined;
  const refuse = (problem: string): Error =>
    usageError("wrong-arguments", `--ranks ${ranks}`, {
      problem,
      advice: `Name ranks from 0 to ${String(world - 1)}, such as --ranks 0,${String(world - 1)}, or all.`,
    });
  if (trace === undefined) throw refuse("--ranks says which ranks a trace shows, and --trace names none");
  if (ranks === "all") return Array.from({ length: world }, (_, rank) => rank);
  return ranks.split(",").map((text) => {
    const rank = /^\s*\d+\s*$/.test(text) ? Number(text) : NaN;
    if (!(rank < world)) throw refuse(`the plan has no rank "${text}"`);
    return rank;
  });
}
