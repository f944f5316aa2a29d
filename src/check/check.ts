// The entry to this folder: a file and its imports in, a program out. Files are read through the host alone.
import { Diagnostics } from "../diagnostics/report.js";
import type { Source } from "../diagnostics/span.js";
import type { ScheduleDecl } from "../syntax/ast.js";
import { checkCluster } from "./cluster/cluster.js";
import { Context } from "./context.js";
import type { Host } from "./host.js";
import { load, type Loaded } from "./load.js";
import { checkModel, type CheckedModel } from "./model/model.js";
import { collectNames, lookUp, type Names } from "./names.js";
import { checkOverrideNames, parseOverrides, type Override } from "./overrides.js";
import type { Program } from "./program.js";
import { targetOf } from "./schedule/environment.js";
import { profileSource, type OptionProfile } from "./schedule/profile.js";
import { checkSchedule } from "./schedule/schedule.js";

export interface CheckOptions {
  /** Name of a schedule of the entry file; needed where it has several. */
  readonly schedule?: string;
  /** Values of `--set`: `Mixtral.top_k=1`, `H100.nodes=2`, `prefill.batch.sequences=8`. */
  readonly overrides?: readonly string[];
  /** Values of `--profile`: measurements in place of those that schedules name. */
  readonly profiles?: readonly OptionProfile[];
}

export interface CheckResult {
  /** Present where there are no errors and one schedule is meant. */
  readonly program?: Program;
  /** Names of the entry file's schedules, in order. */
  readonly schedules: readonly string[];
  readonly diagnostics: Diagnostics;
  /** Every text that was read, the entry first, options last. */
  readonly sources: readonly Source[];
}

/**
 * Checks the schedule that is meant: the named one, or the only one of the file. Where it is not clear which one that
 * is, there is no program and, but for a file without any, no complaint: the caller sees `schedules`.
 */
export function check(entry: string, host: Host, options: CheckOptions = {}): CheckResult {
  const opened = open(entry, host, options);
  const { context, names, overrides, loaded } = opened;
  const schedules = [...names.schedules.keys()];
  const wanted = options.schedule ?? (schedules.length === 1 ? schedules[0] : undefined);
  const declaration = wanted === undefined ? undefined : names.schedules.get(wanted);
  const first = loaded.files[0];
  if (schedules.length === 0 && first && first.source.text.trim() !== "")
    context.reportAbsence("no-schedule", { source: entry, start: 0, end: 0 }, { file: entry });
  const program = declaration && checkOne(declaration, opened);
  if (declaration) reportUnusedOverrides(overrides, [declaration], names, context);
  const result = { schedules, diagnostics: context.diagnostics, sources: context.sources };
  return program && !context.diagnostics.hasErrors ? { ...result, program } : result;
}

/** Every diagnostic of every schedule of the entry file, and of its models and clusters that no schedule uses. */
export function checkAll(
  entry: string,
  host: Host,
  options: Omit<CheckOptions, "schedule"> = {},
): CheckResult {
  const opened = open(entry, host, options);
  const { context, names, overrides, loaded } = opened;
  const declarations = [...names.schedules.values()];
  for (const each of declarations) checkOne(each, opened);
  for (const declaration of loaded.files[0]?.file.declarations ?? []) {
    if (declaration.kind === "Model") opened.model(declaration.name.text);
    else if (
      declaration.kind === "Cluster" &&
      !declarations.some(({ cluster }) => cluster.name.text === declaration.name.text)
    )
      checkCluster(declaration, undefined, overrides, context);
  }
  if (declarations.length > 0) reportUnusedOverrides(overrides, declarations, names, context);
  const schedules = [...names.schedules.keys()];
  return { schedules, diagnostics: context.diagnostics, sources: context.sources };
}

export interface Opened {
  readonly context: Context;
  readonly names: Names;
  readonly overrides: readonly Override[];
  readonly loaded: Loaded;
  readonly profiles: readonly OptionProfile[];
  /** A model by name, checked once. */
  readonly model: (name: string) => CheckedModel | undefined;
}

/** Reads a file and its imports, and knows what they declare. */
export function open(
  entry: string,
  host: Host,
  { overrides: texts = [], profiles = [] }: CheckOptions,
): Opened {
  const diagnostics = new Diagnostics();
  const loaded = load(entry, host, diagnostics);
  const parsed = parseOverrides(texts, diagnostics);
  const options = [...parsed.sources, ...profiles.map(profileSource)];
  const sources = [...loaded.files.map(({ source }) => source), ...options];
  const broken = new Set([...loaded.broken, ...parsed.broken]);
  const context = new Context(diagnostics, host, sources, broken, loaded.lacksFiles);
  const names = collectNames(loaded.files, context);
  const { overrides } = parsed;
  checkOverrideNames(overrides, names, context);
  const checked = new Map<string, CheckedModel | undefined>();
  const model = (name: string): CheckedModel | undefined => {
    const declaration = names.models.get(name);
    if (declaration && !checked.has(name)) checked.set(name, checkModel(declaration, overrides, context));
    return checked.get(name);
  };
  return { context, names, overrides, loaded, profiles, model };
}

function checkOne(
  declaration: ScheduleDecl,
  { context, names, overrides, profiles, model }: Opened,
): Program | undefined {
  const { cluster: use } = declaration;
  const modelDeclaration = lookUp("model", declaration.model, names.models, context);
  const clusterDeclaration = lookUp("cluster", use.name, names.clusters, context);
  const checked = modelDeclaration && model(modelDeclaration.name.text);
  const args = { args: use.args, span: use.name.span };
  const machine = clusterDeclaration && checkCluster(clusterDeclaration, args, overrides, context);
  const schedule = checkSchedule(declaration, overrides, targetOf(checked, machine), context, profiles);
  if (!checked || !machine || !schedule) return undefined;
  return { sources: context.sources, ...checked, machine, schedule };
}

function reportUnusedOverrides(
  overrides: readonly Override[],
  declarations: readonly ScheduleDecl[],
  names: Names,
  context: Context,
): void {
  const used = new Set(
    declarations.flatMap(({ name, model, cluster }) => [name.text, model.text, cluster.name.text]),
  );
  const declared = [names.models, names.clusters, names.schedules];
  for (const { owner, key, span } of overrides)
    if (!used.has(owner) && declared.some((each) => each.has(owner)))
      context.diagnostics.report("unused-override", span, { key, owner });
}
