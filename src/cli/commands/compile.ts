// weft compile: one schedule of a file becomes DIR/plan.json, and what else --emit names.
import { join } from "node:path";
import { positionAt } from "../../diagnostics/span.js";
import {
  compile,
  openEntry,
  summarise,
  traceOfStep,
  type LaunchPlan,
  type SimulatedPlan,
} from "../../index.js";
import { exitCodeOf, exitCodes, shown, type Outcome } from "../outcome.js";
import { paletteOf } from "../terminal.js";
import { usageError } from "../usage.js";
import { dependencyRule, writeFiles, type OutputFile } from "../write-files.js";

export interface CompileFlags {
  readonly schedule?: string;
  readonly set: readonly string[];
  readonly emit: readonly string[];
  readonly output: string;
  readonly depfile?: string;
  readonly json: boolean;
}

/** What --emit may name, with the file that it writes. */
const targets = { plan: "plan.json", trace: "trace.json" } as const;
type Target = keyof typeof targets;
const isTarget = (name: string): name is Target => Object.hasOwn(targets, name);

export async function compileCommand(file: string, flags: CompileFlags): Promise<Outcome> {
  const toStdout = flags.output === "-";
  const emitted = wanted(flags);
  refuseImpossible(flags, emitted, toStdout);
  const entry = openEntry(file);
  const compilation = await compile({ entry, schedule: flags.schedule, overrides: flags.set });
  const found = shown(compilation, entry.shown);
  const { compiled } = compilation;
  if (compiled === undefined) return { ...found, exit: exitCodeOf(found.diagnostics) };
  const { plan, text, sha256, proof, simulated } = compiled;
  const files: OutputFile[] = [];
  if (!toStdout)
    for (const target of emitted)
      files.push({ path: join(flags.output, targets[target]), text: await textOf(target, simulated, text) });
  if (flags.depfile !== undefined) {
    const [first] = files;
    const rule = dependencyRule(first?.path ?? targets.plan, entry.filesRead());
    files.push({ path: flags.depfile, text: rule });
  }
  const failure = writeFiles(files);
  if (failure !== undefined)
    return { ...found, diagnostics: [...found.diagnostics, failure], exit: exitCodes.inputAtFault };
  const outputs = files.map(({ path }) => path);
  return {
    ...found,
    exit: exitCodes.yes,
    fields: { outputs, ...planFields(plan), plan_sha256: sha256 },
    ...(toStdout ? { result: text } : {}),
    notice: await summarise(
      plan,
      { proof, sha256, outputs, bytes: Buffer.byteLength(text) },
      paletteOf(process.stderr),
      simulated,
    ),
  };
}

/** The targets of --emit, each once; the plan where none is named. */
function wanted({ emit }: CompileFlags): readonly Target[] {
  const names = [...new Set(emit.length === 0 ? ["plan"] : emit)];
  return names.map((target) => {
    if (isTarget(target)) return target;
    const suggestion = `It emits: ${Object.keys(targets).join(", ")}.`;
    throw usageError("unknown-target", `--emit ${target}`, { target, suggestion });
  });
}

async function textOf(target: Target, simulated: SimulatedPlan, planText: string): Promise<string> {
  switch (target) {
    case "plan":
      return planText;
    case "trace":
      return traceOfStep(simulated);
    default:
      return target satisfies never;
  }
}

function refuseImpossible(
  { json, depfile, output }: CompileFlags,
  emitted: readonly Target[],
  toStdout: boolean,
): void {
  if (toStdout && emitted.some((each) => each !== "plan"))
    throw usageError("wrong-arguments", `-o ${output}`, {
      problem: `-o - prints the plan alone, and --emit names ${emitted.join(", ")}`,
      advice: "Name a folder for the files.",
    });
  if (toStdout && json)
    throw usageError("wrong-arguments", `-o ${output}`, {
      problem: "-o - and --json both want the standard output",
      advice: "Name a folder for the plan, or leave out --json.",
    });
  if (toStdout && depfile !== undefined)
    throw usageError("wrong-arguments", `--depfile ${depfile}`, {
      problem: "a plan on the standard output has no name that a dependency file could give",
      advice: "Name a folder for the plan.",
    });
}

/** The plan's decisions and prediction, with spans resolved to places. */
function planFields({ schedule, sources, why }: LaunchPlan): object {
  const decisions = (why?.decisions ?? []).map(({ span: [index, from, to], ...rest }) => {
    const source = sources[index] ?? { uri: "", text: "" };
    return {
      ...rest,
      span: { file: source.uri, start: positionAt(source, from), end: positionAt(source, to) },
    };
  });
  return { schedule: schedule.name, decisions, ...why?.prediction };
}
