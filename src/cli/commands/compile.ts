// weft compile: one schedule of a file becomes DIR/plan.json, and what else --emit names.
import { join } from "node:path";
import { positionAt } from "../../diagnostics/span.js";
import {
  compile,
  cudaEmulation,
  cudaProgram,
  openEntry,
  optionFile,
  summarise,
  traceOfStep,
  type Compilation,
  type LaunchPlan,
} from "../../index.js";
import { notEmittable } from "../not-emittable.js";
import { exitCodeOf, exitCodes, shown, type Outcome } from "../outcome.js";
import { paletteOf } from "../terminal.js";
import { usageError } from "../usage.js";
import { dependencyRule, writeFiles, type OutputFile } from "../write-files.js";

export interface CompileFlags {
  readonly schedule?: string;
  readonly set: readonly string[];
  readonly profile: readonly string[];
  readonly emit: readonly string[];
  readonly output: string;
  readonly depfile?: string;
  readonly json: boolean;
}

/** What --emit may name, with the file or folder that it writes. */
const targets = {
  plan: "plan.json",
  trace: "trace.json",
  cuda: "cuda/",
  "cuda-emulated": "cuda-emulated/",
} as const;
type Target = keyof typeof targets;
const isTarget = (name: string): name is Target => Object.hasOwn(targets, name);

export async function compileCommand(file: string, flags: CompileFlags): Promise<Outcome> {
  const toStdout = flags.output === "-";
  const emitted = wanted(flags);
  refuseImpossible(flags, emitted, toStdout);
  const entry = openEntry(file);
  const compilation = await compile({
    entry,
    schedule: flags.schedule,
    overrides: flags.set,
    profiles: flags.profile.map((each) => optionFile(file, each)),
  });
  const found = shown(compilation, entry.shown);
  const { compiled } = compilation;
  if (compiled === undefined) return { ...found, exit: exitCodeOf(found.diagnostics) };
  const { plan, text, sha256, proof } = compiled;
  const refused = emitted.includes("cuda") ? await notEmittable(plan) : [];
  if (refused.length > 0)
    return { ...found, diagnostics: [...found.diagnostics, ...refused], exit: exitCodes.inputAtFault };
  const files: OutputFile[] = [];
  if (!toStdout)
    for (const target of emitted)
      for (const file of await filesOf(target, compiled))
        files.push({ ...file, path: join(flags.output, targets[target], file.path) });
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
    fields: {
      outputs,
      ...planFields(plan),
      ...(compiled.measured === undefined ? {} : { profile: compiled.measured }),
      plan_sha256: sha256,
    },
    ...(toStdout ? { result: text } : {}),
    notice: await summarise(
      plan,
      { proof, sha256, outputs: namesOf(flags, emitted, toStdout), bytes: Buffer.byteLength(text) },
      paletteOf(process.stderr),
      compiled.simulated,
    ),
  };
}

/** The targets of --emit, each once; the plan where none is named. What is emulated is the program beside it. */
function wanted({ emit }: CompileFlags): readonly Target[] {
  const named = emit.flatMap((target) => (target === "cuda-emulated" ? ["cuda", target] : [target]));
  const names = [...new Set(named.length === 0 ? ["plan"] : named)];
  return names.map((target) => {
    if (isTarget(target)) return target;
    const suggestion = `It emits: ${Object.keys(targets).join(", ")}.`;
    throw usageError("unknown-target", `--emit ${target}`, { target, suggestion });
  });
}

/** The files of a target, relative to its folder; a target of one file has it under no other name. */
async function filesOf(
  target: Target,
  { plan, text, sha256, simulated }: NonNullable<Compilation["compiled"]>,
): Promise<readonly OutputFile[]> {
  switch (target) {
    case "plan":
      return [{ path: "", text }];
    case "trace":
      return [{ path: "", text: await traceOfStep(simulated) }];
    case "cuda":
      return cudaProgram(plan, sha256);
    case "cuda-emulated":
      return cudaEmulation();
    default:
      return target satisfies never;
  }
}

/** What was written, a folder by its name alone. */
function namesOf(
  { output, depfile }: CompileFlags,
  emitted: readonly Target[],
  toStdout: boolean,
): readonly string[] {
  const named = toStdout ? [] : emitted.map((target) => join(output, targets[target]));
  return depfile === undefined ? named : [...named, depfile];
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
