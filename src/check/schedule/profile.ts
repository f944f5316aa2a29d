// `profile "ops.json"`, and `--profile` in its place: times that the user measured, read from a profile or a trace beside the
// file that names it. What does not fit the model is a warning: one profile may serve several schedules.
import { didYouMean } from "../../diagnostics/did-you-mean.js";
import type { Source, Span } from "../../diagnostics/span.js";
import type { ProfileFile } from "../../importers/profile/measurement.js";
import { readProfile } from "../../importers/profile/profile.js";
import { operators } from "../../operators/registry.js";
import { ALL_KERNELS, ANY_PRODUCT, namingOf, phaseNames, type NamedOperator } from "../../plan/measured.js";
import type { Machine, Model } from "../../plan/types.gen.js";
import type { Profile } from "../../syntax/ast.js";
import type { Context } from "../context.js";
import { readText } from "../load.js";
import type { ProfileSpec } from "../program.js";
import { isAbsolutePath, resolveUri } from "../uri.js";

/** A file that `--profile` names. */
export interface OptionProfile {
  /** As the host reads it. */
  readonly uri: string;
  /** As plans name it. */
  readonly name: string;
  /** As the user typed it, from the working folder. */
  readonly typed: string;
}

/** What a schedule's profiles are held against, as far as it could be checked. */
export interface ProfileTarget {
  readonly model: Model | undefined;
  readonly machine: Machine | undefined;
}

/** An option stands in no file: it is a text of its own. */
export const profileSource = ({ name }: OptionProfile): Source => ({ uri: `--profile ${name}`, text: name });

/** The measurements of a schedule; undefined after reporting errors. */
export function readProfiles(
  declared: readonly Profile[],
  given: readonly OptionProfile[],
  target: ProfileTarget,
  context: Context,
): readonly ProfileSpec[] | undefined {
  const options = given.map((option) => {
    const { uri, text } = profileSource(option);
    const span = { source: uri, start: 0, end: text.length };
    return readOne({ uri: option.uri, path: option.name, typed: option.typed, span }, target, context);
  });
  const own = given.length > 0 ? [] : declared.map((each) => readDeclared(each, target, context));
  const all = [...options, ...own];
  const read = all.filter((each): each is ProfileSpec => each !== undefined);
  return read.length === all.length ? read : undefined;
}

function readDeclared({ path }: Profile, target: ProfileTarget, context: Context): ProfileSpec | undefined {
  const { value, span } = path;
  if (isAbsolutePath(value)) {
    context.diagnostics.report("absolute-import", span, { path: value });
    return undefined;
  }
  const uri = resolveUri(span.source, value);
  return readOne({ uri, path: uri, span }, target, context);
}

/** A file of measurements as a schedule or an option names it. */
interface NamedFile {
  readonly uri: string;
  /** As plans and diagnostics name it. */
  readonly path: string;
  readonly span: Span;
  /** Of an option. */
  readonly typed?: string;
}

function readOne(
  { uri, path, span, typed }: NamedFile,
  target: ProfileTarget,
  context: Context,
): ProfileSpec | undefined {
  const text = readText(uri, span, context.host, context.diagnostics, "measurements", typed);
  if (text === undefined) return undefined;
  const read = readProfile(text);
  if ("problem" in read) {
    context.diagnostics.report("malformed-profile", span, {
      path,
      reason: read.problem,
      advice: read.advice,
    });
    return undefined;
  }
  const otherMachine = reportOtherMachine(read, path, span, target, context);
  if (!otherMachine && reportTooManySms(read, path, span, target, context)) return undefined;
  if (read.kind === "profile") reportUnknownOperators(read, path, span, target, context);
  return { path, span, ...read };
}

/** `H100`, `GB200`, `A100`, `L40S`: what tells GPUs apart in the many ways to write their names. */
const GPU = /\b(?:GB|MI|[A-Z])\d{2,3}[A-Z]?\b/i;
const gpuOf = (name: string): string | undefined => GPU.exec(name.replaceAll("_", " "))?.[0].toUpperCase();

/** Gives whether it was measured on another machine. */
function reportOtherMachine(
  { machine: measuredOn }: ProfileFile,
  path: string,
  span: Span,
  { machine }: ProfileTarget,
  context: Context,
): boolean {
  if (measuredOn === undefined || machine === undefined) return false;
  const [theirs, ours] = [gpuOf(measuredOn), gpuOf(machine.name)];
  if (theirs === undefined || ours === undefined || theirs === ours) return false;
  context.diagnostics.report("profile-of-other-machine", span, {
    path,
    measured: measuredOn,
    cluster: machine.name,
  });
  return true;
}

/** Gives whether a measurement had more SMs than the GPU has. */
function reportTooManySms(
  { times }: ProfileFile,
  path: string,
  span: Span,
  { machine }: ProfileTarget,
  context: Context,
): boolean {
  if (machine === undefined) return false;
  const { name, gpu } = machine;
  const wrong = times.find(({ sms = 0 }) => sms > gpu.sms);
  if (wrong === undefined) return false;
  context.diagnostics.report("malformed-profile", span, {
    path,
    reason: `"${wrong.operator}" had ${String(wrong.sms)} SMs, but a GPU of ${name} has ${String(gpu.sms)}`,
    advice: 'State the SMs that it had, or the "machine" that it was measured on.',
  });
  return true;
}

function reportUnknownOperators(
  { times }: ProfileFile,
  path: string,
  span: Span,
  { model }: ProfileTarget,
  context: Context,
): void {
  if (model === undefined) return;
  const known = model.blocks.flatMap((block) =>
    block.nodes.map(({ id, op }): NamedOperator => ({ block: block.name, node: id, op, parts: partsOf(op) })),
  );
  // One profile may serve several models: operators that this one lacks are no mistake.
  const others = [...operators.keys()].map((op): NamedOperator => ({
    block: "",
    node: "",
    op,
    parts: partsOf(op),
  }));
  const unknown = new Set(
    times
      .filter((time) => time.operator !== ANY_PRODUCT)
      .filter((time) => ![...known, ...others].some((each) => isKnown(time, each)))
      .map(({ operator, part }) => (part === undefined ? operator : `${operator}.${part}`)),
  );
  const names = [...new Set([...known.flatMap(({ op, node }) => [op, node]), ANY_PRODUCT])];
  for (const name of unknown)
    context.diagnostics.report("unknown-measured-operator", span, {
      path,
      name,
      suggestion: didYouMean(
        name,
        names,
        "weft explain prints the names of the model's operators and their parts.",
      ),
    });
}

function isKnown(time: Parameters<typeof namingOf>[0], of: NamedOperator): boolean {
  const naming = namingOf(time, of);
  return naming !== undefined && (naming.part === undefined || of.parts.includes(naming.part));
}

function partsOf(op: string): readonly string[] {
  const parts = operators.get(op)?.parts.map(({ name }) => name) ?? [];
  const phases = op === "dispatch" || op === "combine" ? phaseNames[op] : [];
  return [...parts, ...phases, ALL_KERNELS];
}
