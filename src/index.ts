// The Node API of Weft. The command line is its first user. Everything heavy is loaded when it is first needed.
import { createHash } from "node:crypto";
import manifest from "../package.json" with { type: "json" };
import type { OptionProfile } from "./check/schedule/profile.js";
import { reportUnreadable } from "./check/unreadable.js";
import { isCode } from "./diagnostics/codes.js";
import { didYouMean } from "./diagnostics/did-you-mean.js";
import { InternalError } from "./diagnostics/internal-error.js";
import type { FindSource } from "./diagnostics/render-json.js";
import { Diagnostics, type Diagnostic } from "./diagnostics/report.js";
import type { Colors } from "./diagnostics/render-text.js";
import type { Source } from "./diagnostics/span.js";
import { readPlanText, shownPlan, type Entry } from "./files.js";
import type { EmittedFile } from "./emit/cuda/emit.js";
import type { Limit as EmissionLimit } from "./emit/cuda/limits.js";
import type { EmittedPlacement, PlacementRefusal, PlacementTarget } from "./emit/placement/index.js";
import type { ExchangePlan } from "./exchange-plan/index.js";
import type { LaunchPlan } from "./plan/index.js";
import type { PlanDiff } from "./report/diff/diff.js";
import type { Limit, LimitProblem } from "./report/diff/limits.js";
import type { PlaceExpertsOptions } from "./placing/options.js";
import type { PlacedExperts } from "./placing/place-experts.js";
import type { Pair } from "./report/diff/pair.js";
import type { Explanation } from "./report/explain/explanation.js";
import type { MeasuredReport } from "./report/measured/report.js";
import type { PlacementReport } from "./report/place/report.js";
import type { SimulatedPlan } from "./report/simulated-plan.js";
import type { SimulationReport } from "./report/simulation.js";
import type { Written } from "./report/summary.js";
import type { EmulatedRunOptions } from "./run/cuda/run-emulated.js";
import type { ExchangeRunResult } from "./run/exchange/result.js";
import type { ExchangeRunOptions } from "./run/exchange/run.js";
import type { RunResult } from "./run/result.js";
import type { RunOptions } from "./run/run.js";
import type { VerifyResult } from "./verify/index.js";

export type { EmittedFile } from "./emit/cuda/emit.js";
export type { Limit as EmissionLimit } from "./emit/cuda/limits.js";
export type { ExchangePlan } from "./exchange-plan/index.js";
export { codeOf, looksLikePlan, openEntry, optionFile, reasonOf, shownPlan, type Entry } from "./files.js";
export type { LaunchPlan } from "./plan/index.js";
export { placeLimits, type PlaceExpertsOptions } from "./placing/options.js";
export type { PlacedExperts } from "./placing/place-experts.js";
export type { PlanDiff } from "./report/diff/diff.js";
export type { Limit, LimitProblem } from "./report/diff/limits.js";
export type { Explanation } from "./report/explain/explanation.js";
export type { PlacementReport } from "./report/place/report.js";
export type { SimulatedPlan } from "./report/simulated-plan.js";
export type { SimulationReport } from "./report/simulation.js";
export { BackendUnavailable } from "./run/webgpu/device.js";
export { CompilerUnavailable } from "./run/cuda/compiler.js";
export type { EmulatedRunOptions } from "./run/cuda/run-emulated.js";
export type { ExchangeRunResult } from "./run/exchange/result.js";
export type { ExchangeRunOptions } from "./run/exchange/run.js";
export type { TrafficKind } from "./run/exchange/traffic.js";
export type { RunResult } from "./run/result.js";
export type { RunOptions } from "./run/run.js";
export type { VerifyResult } from "./verify/index.js";
export * from "./exchanges.js";

/** Weft's own version, as in its package.json. */
export const version: string = manifest.version;

/** What every function that reads input gives beside its result. */
export interface Findings {
  readonly diagnostics: Diagnostics;
  /** The texts that the diagnostics point into. */
  readonly sources: readonly Source[];
}

export interface CompileOptions {
  readonly entry: Entry;
  /** Needed where the file declares several. */
  readonly schedule?: string | undefined;
  /** `NAME.PARAMETER=VALUE`, each. */
  readonly overrides?: readonly string[];
  /** Files of measured times, in place of those that the schedule names: see `optionFile`. */
  readonly profiles?: readonly OptionProfile[];
}

export interface Compilation extends Findings {
  /** Absent after an error. */
  readonly compiled?: {
    readonly plan: LaunchPlan;
    readonly text: string;
    readonly sha256: string;
    readonly proof: VerifyResult;
    /** The simulation that the plan's prediction tells of, for reports that say more. */
    readonly simulated: SimulatedPlan;
    /** What of the prices was measured, where anything was. */
    readonly measured?: MeasuredReport;
  };
}

/** A compiled plan failed its own proof: a mistake of Weft's passes. */
export class RefutedPlanError extends InternalError {
  constructor(
    story: string,
    readonly proof: VerifyResult,
  ) {
    super(`the compiled plan fails its own proof\n${story}`);
  }
}

/**
 * Compiles one schedule of a file, proves the plan and gives its canonical text.
 * @throws {RefutedPlanError}
 */
export async function compile({
  entry,
  schedule,
  overrides = [],
  profiles = [],
}: CompileOptions): Promise<Compilation> {
  const unreadable = entryProblem(entry);
  if (unreadable !== undefined) return unreadable;
  const [{ check: checkOne }, { compileAndSimulate }] = await Promise.all([
    import("./check/check.js"),
    import("./passes/index.js"),
  ]);
  const options = { overrides, profiles, ...(schedule === undefined ? {} : { schedule }) };
  const { program, schedules, diagnostics, sources } = checkOne(entry.uri, entry.host, options);
  reportScheduleChoice(entry, schedule, schedules, diagnostics);
  if (program === undefined || diagnostics.hasErrors) return { diagnostics, sources };
  const decided = compileAndSimulate(program, diagnostics);
  if (decided === undefined) return { diagnostics, sources };
  const { plan, priced, simulation } = decided;
  const [{ verify, renderVerify }, { writePlan }, { simulatedPlan }, { reportMeasured }] = await Promise.all([
    import("./verify/index.js"),
    import("./plan/write.js"),
    import("./report/simulated-plan.js"),
    import("./report/measured/report.js"),
  ]);
  const proof = verify(plan);
  if (!proof.ok) throw new RefutedPlanError(renderVerify(proof, plan), proof);
  const text = writePlan(plan);
  const measured = reportMeasured(priced);
  return {
    diagnostics,
    sources,
    compiled: {
      plan,
      text,
      sha256: sha256(text),
      proof,
      simulated: simulatedPlan(plan, priced, simulation),
      ...(measured === undefined ? {} : { measured }),
    },
  };
}

/**
 * What would be chosen, and predicted, at the models' own prices: for a schedule that compiles, and measures. Undefined where it
 * measures nothing.
 */
export async function whyWithoutProfile({
  entry,
  schedule,
  overrides = [],
  profiles = [],
}: CompileOptions): Promise<LaunchPlan["why"]> {
  const [{ check: checkOne }, { compileProgram }] = await Promise.all([
    import("./check/check.js"),
    import("./passes/index.js"),
  ]);
  const options = { overrides, profiles, ...(schedule === undefined ? {} : { schedule }) };
  const { program } = checkOne(entry.uri, entry.host, options);
  if (program?.schedule.profiles === undefined) return undefined;
  const { profiles: _, ...unmeasured } = program.schedule;
  return compileProgram({ ...program, schedule: unmeasured }, new Diagnostics())?.why;
}

/** Every diagnostic that compiling each schedule of a file would give. A file without schedules is legal. */
export async function check(
  entry: Entry,
  overrides: readonly string[] = [],
  profiles: readonly OptionProfile[] = [],
): Promise<Findings & { readonly schedules: readonly string[] }> {
  const unreadable = entryProblem(entry);
  if (unreadable !== undefined) return { ...unreadable, schedules: [] };
  const [{ check: checkOne, checkAll }, { compileProgram }] = await Promise.all([
    import("./check/check.js"),
    import("./passes/index.js"),
  ]);
  const { schedules, diagnostics, sources } = checkAll(entry.uri, entry.host, { overrides, profiles });
  for (const schedule of schedules) {
    const { program } = checkOne(entry.uri, entry.host, { schedule, overrides, profiles });
    if (program !== undefined) compileProgram(program, diagnostics);
  }
  return { schedules, diagnostics, sources };
}

/** Reads a file of a launch plan, `-` being the standard input. The plan is absent where a diagnostic says why. */
export const readPlanFile = async (path: string): Promise<Findings & { readonly plan?: LaunchPlan }> =>
  planFile(path, async () => (await import("./plan/read.js")).readPlan);

/** Reads a file of a launch plan or an exchange plan: its `format` says which. */
export const readAnyPlanFile = async (
  path: string,
): Promise<Findings & { readonly plan?: LaunchPlan | ExchangePlan }> =>
  planFile(path, async () => (await import("./exchange-plan/read.js")).readAnyPlan);

async function planFile<T>(
  path: string,
  loadReader: () => Promise<(source: Source, diagnostics: Diagnostics) => T | undefined>,
): Promise<Findings & { readonly plan?: T }> {
  const diagnostics = new Diagnostics();
  const uri = shownPlan(path);
  const result = readPlanText(path);
  const nowhere = { source: uri, start: 0, end: 0 };
  if (!("text" in result)) {
    reportUnreadable(result, uri, nowhere, diagnostics);
    return { diagnostics, sources: [] };
  }
  if (result.text.trim() === "") {
    diagnostics.report("empty-file", nowhere, { path: uri });
    return { diagnostics, sources: [] };
  }
  const read = await loadReader();
  const source = { uri, text: result.text };
  const plan = read(source, diagnostics);
  return plan === undefined ? { diagnostics, sources: [source] } : { diagnostics, sources: [], plan };
}

/** Proves a plan from the plan alone. */
export async function verifyPlan(plan: LaunchPlan): Promise<VerifyResult> {
  const { verify } = await import("./verify/index.js");
  return verify(plan);
}

/** Proves an exchange plan from the plan alone: for any traffic, and of memory for its demand. */
export async function verifyExchangePlan(plan: ExchangePlan): Promise<VerifyResult> {
  const { verifyExchange } = await import("./verify/index.js");
  return verifyExchange(plan);
}

/** Why nothing can be said of a plan, executed or not: a name that does not resolve, a number that is not its expression's. */
export async function whyIndefinite(plan: LaunchPlan | ExchangePlan): Promise<string | undefined> {
  const { wellformed, wellformedExchange } = await import("./verify/index.js");
  const verdict = plan.format === "weft.plan/1" ? wellformed(plan) : wellformedExchange(plan);
  return verdict.counterexample?.story.join("; ");
}

/** Executes the miniature of a plan and compares it with its dense evaluation. The plan must be definite. */
export async function run(plan: LaunchPlan, options: RunOptions | EmulatedRunOptions): Promise<RunResult> {
  if (options.backend === "cuda-emulated")
    return (await import("./run/cuda/run-emulated.js")).runEmulated(plan, options);
  return (await import("./run/run.js")).runPlan(plan, options);
}

/** Executes an exchange plan and holds what every rank has afterwards against what the traffic alone says. The plan must be definite. */
export async function runExchange(
  plan: ExchangePlan,
  options: ExchangeRunOptions,
): Promise<ExchangeRunResult> {
  return (await import("./run/exchange/run.js")).runExchangePlan(plan, options);
}

export interface SimulateOptions {
  readonly colors?: Colors | undefined;
  /** Whether to make a trace, of the ranks named or of telling ones. */
  readonly trace?: boolean | readonly number[];
  /** Whether to walk every rank with every message as a flow. */
  readonly full?: boolean;
  /** Told the share of a full simulation that is done. */
  readonly onProgress?: (share: number) => void;
}

export interface SimulatedStep {
  readonly report: SimulationReport;
  /** The report for people. */
  readonly text: string;
  /** The trace as JSON text, where one was asked for. */
  readonly trace?: string;
}

/** Predicts the timeline of a step. The plan must be definite; gives a reason where its launches wait for one another for ever. */
export async function simulatePlan(
  plan: LaunchPlan,
  { colors, trace = false, full = false, onProgress }: SimulateOptions = {},
): Promise<SimulatedStep | { readonly stuck: string }> {
  const [{ simulatedPlan }, { reportSimulation, renderSimulation }, { traceOf }] = await Promise.all([
    import("./report/simulated-plan.js"),
    import("./report/simulation.js"),
    import("./emit/trace/trace.js"),
  ]);
  const { simulateFully } = await import("./simulate/index.js");
  const made = await unlessStuck(() => {
    const asCompiled = simulatedPlan(plan);
    if (!full) return { simulated: asCompiled, report: reportSimulation(asCompiled) };
    const { priced, simulation: plain } = asCompiled;
    const whole = simulateFully(priced, onProgress);
    const simulated = simulatedPlan(plan, priced, whole);
    return { simulated, report: reportSimulation(simulated, { simulation: whole, plain }) };
  });
  if ("stuck" in made) return made;
  const { simulated, report } = made;
  const { priced, simulation } = simulated;
  return {
    report,
    text: renderSimulation(report, simulated, colors),
    ...(trace === false ? {} : { trace: traceOf(priced, simulation, trace === true ? undefined : trace) }),
  };
}

/** The trace of a predicted step, of telling ranks, as JSON text for Perfetto. */
export async function traceOfStep({ priced, simulation }: SimulatedPlan): Promise<string> {
  const { traceOf } = await import("./emit/trace/trace.js");
  return traceOf(priced, simulation);
}

/** What of a plan a CUDA program could not express, with the reason, what to do and where it was asked for. */
export async function cudaLimits(plan: LaunchPlan): Promise<readonly EmissionLimit[]> {
  const { limitsExceeded } = await import("./emit/cuda/limits.js");
  return limitsExceeded(plan);
}

/** The CUDA/NCCL program of a plan, as files of a folder; `planSha256` is of the plan's text. */
export async function cudaProgram(plan: LaunchPlan, planSha256: string): Promise<readonly EmittedFile[]> {
  const { emitCuda } = await import("./emit/cuda/emit.js");
  return emitCuda(plan, { planSha256 });
}

/** What executes such a program on a CPU, as files of a folder beside its own. */
export async function cudaEmulation(): Promise<readonly EmittedFile[]> {
  const { emitEmulation } = await import("./emit/cuda/emit.js");
  return emitEmulation();
}

/** Explains a plan, as data and as text for people. The plan must be definite. `known`: its simulated step, `withoutProfile`: see `whyWithoutProfile`. */
export async function explainPlan(
  plan: LaunchPlan,
  colors?: Colors,
  known?: SimulatedPlan,
  withoutProfile?: LaunchPlan["why"],
): Promise<{ readonly explanation: Explanation; readonly text: string } | { readonly stuck: string }> {
  const [{ simulatedPlan }, { explain }, { renderExplanation }, { drawTimeline }] = await Promise.all([
    import("./report/simulated-plan.js"),
    import("./report/explain/explanation.js"),
    import("./report/explain/render.js"),
    import("./report/timeline.js"),
  ]);
  const simulated = known ?? (await unlessStuck(() => simulatedPlan(plan)));
  if ("stuck" in simulated) return simulated;
  const explanation = explain(simulated, withoutProfile);
  return { explanation, text: renderExplanation(explanation, drawTimeline(plan, simulated), colors) };
}

/** A step of a plan, for what compares several. The plan must be definite. */
export async function simulatedStep(plan: LaunchPlan): Promise<SimulatedPlan | { readonly stuck: string }> {
  const { simulatedPlan } = await import("./report/simulated-plan.js");
  return unlessStuck(() => simulatedPlan(plan));
}

/** Places experts by their loads alone, for any system: which expert lives in which slot, and how replicas share its tokens. */
export async function placeExperts(options: PlaceExpertsOptions): Promise<PlacedExperts> {
  const { placeExperts: place } = await import("./placing/place-experts.js");
  return place(options);
}

/** A placement as text for a terminal. */
export async function renderPlacement(report: PlacementReport, colors?: Colors): Promise<string> {
  return (await import("./report/place/render-text.js")).renderPlacement(report, colors);
}

/** A placement as a page of its own: GPU loads before and after as pictures, and a table by layer. */
export async function placementPage(report: PlacementReport): Promise<string> {
  return (await import("./report/place/page/page.js")).placementPage(report);
}

/** A placement in the shape that another system loads, or why it cannot have it. */
export async function emittedPlacement(
  report: PlacementReport,
  system: PlacementTarget,
): Promise<EmittedPlacement | PlacementRefusal> {
  const { unmendedIn } = await import("./report/place/unmended.js");
  const unmended = unmendedIn(report.rebalance);
  if (unmended !== undefined) return { reason: `after the moves ${unmended.what}`, hint: unmended.advice };
  const { emitPlacement } = await import("./emit/placement/index.js");
  return emitPlacement(system, {
    ...{ physicalToLogical: report.physical_to_logical, gpuOfSlot: report.gpu_of_slot, split: report.split },
    ...{ experts: report.experts, gpus: report.gpus, nodes: report.nodes, balancedness: report.balancedness },
  });
}

/** What differs between two plans, held against limits. `name`: how the user knows a plan. */
export async function diffPlans(
  sides: Pair<{ readonly name: string; readonly simulated: SimulatedPlan }>,
  limits: readonly Limit[] = [],
): Promise<PlanDiff> {
  const { diffPlans: diff } = await import("./report/diff/diff.js");
  return diff(sides, limits);
}

/** A difference as text for a terminal, or as Markdown for a pull request. */
export async function renderDiff(
  diff: PlanDiff,
  format: "text" | "markdown",
  colors?: Colors,
): Promise<string> {
  if (format === "markdown")
    return (await import("./report/diff/render-markdown.js")).renderDiffMarkdown(diff);
  return (await import("./report/diff/render-text.js")).renderDiffText(diff, colors);
}

/** A limit on a difference, from how the user writes it: `step_time=+5%`. */
export async function parseLimit(text: string): Promise<Limit | LimitProblem> {
  const limits = await import("./report/diff/limits.js");
  return limits.parseLimit(text);
}

/** Limits that are not met, as diagnostics at the options that set them. */
export async function unmetLimits(diff: PlanDiff): Promise<readonly Diagnostic[]> {
  const { unmetLimits: unmet } = await import("./report/diff/unmet-limits.js");
  return unmet(diff);
}

/** A plan that somebody else wrote may wait for itself. */
async function unlessStuck<T>(simulate: () => T): Promise<T | { readonly stuck: string }> {
  const { StuckError } = await import("./simulate/index.js");
  try {
    return simulate();
  } catch (error) {
    if (error instanceof StuckError) return { stuck: error.message };
    throw error;
  }
}

/** The page about a diagnostic code, in Markdown; without one, a hint about the code that was meant. */
export async function explainCode(
  code: string,
): Promise<{ readonly page: string } | { readonly suggestion: string }> {
  const { pages } = await import("./diagnostics/pages.gen.js");
  if (isCode(code)) return { page: pages[code] };
  const otherwise = "A diagnostic shows its code in brackets, as in error[missing-file].";
  return { suggestion: didYouMean(code, Object.keys(pages), otherwise) };
}

/** Diagnostics as a SARIF 2.1.0 log, whose rules carry the pages of their codes. */
export async function sarifOf(
  diagnostics: readonly Diagnostic[],
  findSource: FindSource,
  omitted = 0,
): Promise<object> {
  const [{ renderSarif }, { pages }] = await Promise.all([
    import("./diagnostics/render-sarif.js"),
    import("./diagnostics/pages.gen.js"),
  ]);
  return renderSarif(diagnostics, findSource, { version, pages, omitted });
}

/** What was decided for a plan and why, what is predicted, and what its memory holds: text for people. */
export async function summarise(
  plan: LaunchPlan,
  written: Written,
  colors?: Colors,
  simulated?: SimulatedPlan,
): Promise<string> {
  const report = await import("./report/summary.js");
  return report.summarise(plan, written, colors, simulated);
}

/** A proof as text for people. */
export async function describeProof(proof: VerifyResult, plan: LaunchPlan | ExchangePlan): Promise<string> {
  const { renderVerify } = await import("./verify/index.js");
  return renderVerify(proof, plan.format === "weft.plan/1" ? plan : {});
}

/** An execution of an exchange as text for people. */
export async function describeExchangeRun(result: ExchangeRunResult, colors?: Colors): Promise<string> {
  return (await import("./report/exchange-execution.js")).describeExchangeRun(result, colors);
}

/** An execution as text for people. */
export async function describeRun(result: RunResult, colors?: Colors): Promise<string> {
  const report = await import("./report/execution.js");
  return report.describeRun(result, colors);
}

function entryProblem(entry: Entry): Findings | undefined {
  const result = entry.host.read(entry.uri);
  if ("text" in result) return undefined;
  const diagnostics = new Diagnostics();
  const span = { source: entry.uri, start: 0, end: 0 };
  reportUnreadable(result, entry.shown(entry.uri), span, diagnostics);
  return { diagnostics, sources: [] };
}

function reportScheduleChoice(
  entry: Entry,
  wanted: string | undefined,
  schedules: readonly string[],
  diagnostics: Diagnostics,
): void {
  const file = entry.shown(entry.uri);
  if (wanted === undefined) {
    if (schedules.length < 2) return;
    const span = { source: entry.uri, start: 0, end: 0 };
    diagnostics.report("schedule-not-chosen", span, {
      file,
      names: schedules.join(", "),
      example: schedules[0]!,
    });
  } else if (schedules.length > 0 && !schedules.includes(wanted)) {
    const suggestion = didYouMean(wanted, schedules, `It declares ${schedules.join(", ")}.`);
    const span = { source: `--schedule ${wanted}`, start: 0, end: 0 };
    diagnostics.report("unknown-schedule", span, { file, name: wanted, suggestion });
  }
}

function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}
