// weft run: executes the miniature of a launch plan and compares the result with the dense evaluation. Exchange plans have a file
// of their own.
import { diagnostic, type Diagnostic } from "../../diagnostics/report.js";
import {
  BackendUnavailable,
  CompilerUnavailable,
  describeRun,
  run,
  type EmulatedRunOptions,
  type LaunchPlan,
  type RunOptions,
  type RunResult,
  type TrafficKind,
} from "../../index.js";
import { ofPlan, readAnyDefinitePlan } from "../definite-plan.js";
import { notEmittable } from "../not-emittable.js";
import { exitCodes, type Outcome } from "../outcome.js";
import { paletteOf, ProgressLine } from "../terminal.js";
import { seedOf, usageError } from "../usage.js";
import { runExchangeCommand } from "./run-exchange.js";

type AnyRunOptions = RunOptions | EmulatedRunOptions;

export interface RunFlags {
  readonly backend?: AnyRunOptions["backend"];
  readonly order?: NonNullable<EmulatedRunOptions["order"]>;
  readonly seed: string;
  readonly dataSeed: string;
  /** For exchange plans alone. */
  readonly traffic?: TrafficKind;
  readonly json: boolean;
}

export async function runCommand(path: string, flags: RunFlags): Promise<Outcome> {
  const seeds = { seed: seedOf("--seed", flags.seed), dataSeed: seedOf("--data-seed", flags.dataSeed) };
  if (flags.order !== undefined && flags.backend !== "cuda-emulated")
    throw usageError("wrong-arguments", `--order ${flags.order}`, {
      problem: "--order is for --backend cuda-emulated, whose GPUs choose what they do next",
      advice: "Elsewhere --seed alone decides the order.",
    });
  const read = await readAnyDefinitePlan(path);
  if ("outcome" in read) return read.outcome;
  const { plan, found } = read;
  if (plan.format === "weft.exchange/1") {
    const { backend, traffic } = flags;
    if (backend === "cuda-emulated") throw notOfExchanges(backend);
    return runExchangeCommand(plan, found, backend, {
      ...seeds,
      ...(traffic === undefined ? {} : { traffic }),
    });
  }
  if (flags.traffic !== undefined)
    throw usageError("wrong-arguments", `--traffic ${flags.traffic}`, {
      problem: "--traffic is for exchange plans, and this is the plan of a model's step",
      advice: "Its tokens go where its routers send them; --data-seed draws others.",
    });
  const execution = await ofPlan(path, found, () => executeAsAsked(plan, flags, seeds));
  if ("outcome" in execution) return execution.outcome;
  const { result, diagnostics } = execution;
  if (result === undefined) return { ...found, diagnostics, exit: exitCodes.inputAtFault };
  return {
    ...found,
    diagnostics,
    exit: result.ok ? exitCodes.yes : exitCodes.planWrong,
    fields: fieldsOf(result),
    result: await describeRun(result, paletteOf(process.stdout)),
  };
}

const notOfExchanges = (backend: string) =>
  usageError("wrong-arguments", `--backend ${backend}`, {
    problem: `an exchange plan is not executed on ${backend}`,
    advice: "Write --backend cpu or --backend webgpu.",
  });

/** The execution's own fields: format, verdict and diagnostics are those of the command. */
function fieldsOf({ format: _format, ok: _ok, ...fields }: RunResult): object {
  return fields;
}

interface Execution {
  readonly result?: RunResult;
  readonly diagnostics: readonly Diagnostic[];
}

function executeAsAsked(
  plan: LaunchPlan,
  { backend, order }: RunFlags,
  seeds: { readonly seed: number; readonly dataSeed: number },
): Promise<Execution> {
  if (backend !== "cuda-emulated") return executeSomewhere(plan, backend, seeds);
  return executeEmulated(plan, { backend, ...(order === undefined ? {} : { order }), ...seeds });
}

async function executeEmulated(plan: LaunchPlan, options: EmulatedRunOptions): Promise<Execution> {
  // Other limits are those of sizes, which the miniature does not have.
  if (plan.exchanges.some(({ transport }) => transport !== "nccl"))
    return { diagnostics: await notEmittable(plan) };
  try {
    return { result: await execute(plan, options), diagnostics: [] };
  } catch (error) {
    if (!(error instanceof CompilerUnavailable)) throw error;
    const nowhere = { source: "--backend cuda-emulated", start: 0, end: 0 };
    return { diagnostics: [diagnostic("no-compiler", nowhere, { reason: error.message })] };
  }
}

/** Where no backend is asked for, the CPU stands in for WebGPU. */
async function executeSomewhere(
  plan: LaunchPlan,
  backend: RunOptions["backend"] | undefined,
  seeds: { readonly seed: number; readonly dataSeed: number },
): Promise<Execution> {
  try {
    return { result: await execute(plan, { backend: backend ?? "webgpu", ...seeds }), diagnostics: [] };
  } catch (error) {
    if (!(error instanceof BackendUnavailable)) throw error;
    const nowhere = { source: "--backend webgpu", start: 0, end: 0 };
    const reason = error.message;
    if (backend !== undefined) return { diagnostics: [diagnostic("no-webgpu", nowhere, { reason })] };
    const result = await execute(plan, { backend: "cpu", ...seeds });
    return { result, diagnostics: [diagnostic("cpu-instead", nowhere, { reason })] };
  }
}

async function execute(plan: LaunchPlan, options: AnyRunOptions): Promise<RunResult> {
  const progress = new ProgressLine(process.stderr);
  const doing = {
    building: "building the emitted program",
    preparing: "preparing weights and routers",
    executing: `executing on ${options.backend}`,
  };
  const onProgress: NonNullable<EmulatedRunOptions["onProgress"]> = (share, stage) => {
    progress.show(`${doing[stage]}: ${String(Math.floor(100 * share)).padStart(3)} %`);
  };
  try {
    return await run(plan, { ...options, onProgress });
  } finally {
    progress.clear();
  }
}
