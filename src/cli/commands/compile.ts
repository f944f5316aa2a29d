// weft compile: one schedule of a file becomes DIR/plan.json.
import { join } from "node:path";
import { positionAt } from "../../diagnostics/span.js";
import { compile, openEntry, summarise, type LaunchPlan } from "../../index.js";
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

/** What --emit may name. */
const targets = ["plan"];

export async function compileCommand(file: string, flags: CompileFlags): Promise<Outcome> {
  const toStdout = flags.output === "-";
  refuseImpossible(flags, toStdout);
  const entry = openEntry(file);
  const compilation = await compile({ entry, schedule: flags.schedule, overrides: flags.set });
  const found = shown(compilation, entry.shown);
  const { compiled } = compilation;
  if (compiled === undefined) return { ...found, exit: exitCodeOf(found.diagnostics) };
  const { plan, text, sha256, proof } = compiled;
  const target = join(flags.output, "plan.json");
  const files: OutputFile[] = toStdout ? [] : [{ path: target, text }];
  if (flags.depfile !== undefined)
    files.push({ path: flags.depfile, text: dependencyRule(target, entry.filesRead()) });
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
    ),
  };
}

function refuseImpossible({ emit, json, depfile, output }: CompileFlags, toStdout: boolean): void {
  for (const target of emit) {
    if (targets.includes(target)) continue;
    const suggestion = `It emits: ${targets.join(", ")}.`;
    throw usageError("unknown-target", `--emit ${target}`, { target, suggestion });
  }
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
