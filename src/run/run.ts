// Executes a plan's miniature with real arithmetic, in an order that a seed picks among those that the plan allows, and
// holds the result against the dense evaluation of the model.
import { miniature, type LaunchPlan } from "../plan/index.js";
import { balanceRouters, type SelectionBias } from "./balance.js";
import type { Backend, MemoryShape } from "./backend.js";
import { ExecutionContext } from "./context.js";
import { executeAndCompare, locate, type Comparison } from "./checked-execution.js";
import { composeResult } from "./compose-result.js";
import { CpuBackend } from "./cpu/backend.js";
import { ExecutionData } from "./data.js";
import { Execution } from "./execution.js";
import type { RunResult } from "./result.js";
import { WebGpuBackend } from "./webgpu/backend.js";
import type { OpenDevice } from "./webgpu/device.js";

/** Largest relative error of a layer in float32. */
export const DEFAULT_TOLERANCE = 1e-4;

export interface RunOptions {
  readonly backend: "webgpu" | "cpu";
  /** Decides the order of launches alone. */
  readonly seed?: number;
  /** Decides weights and inputs alone. */
  readonly dataSeed?: number;
  /** Makes tokens crowd where the schedule's routing would not have them; part of the data. */
  readonly selectionBias?: SelectionBias;
  /** Largest relative error of a layer that passes. */
  readonly tolerance?: number;
  /** An open WebGPU device to use and to leave open; without it one is opened and closed. */
  readonly device?: OpenDevice;
  /** Called now and then with the share of a stage that is done, 0 to 1. */
  readonly onProgress?: (share: number, stage: RunStage) => void;
}

/** Routers are balanced before anything is executed. */
export type RunStage = "preparing" | "executing";

/**
 * Executes a plan. What is wrong with the plan is in the result's `failure`.
 * @throws {BackendUnavailable} where there is no WebGPU device
 */
export async function runPlan(plan: LaunchPlan, options: RunOptions): Promise<RunResult> {
  const { plan: small, reduced } = miniature(plan);
  const context = new ExecutionContext(small);
  const dataSeed = options.dataSeed ?? 0;
  const seed = options.seed ?? 0;
  const data = new ExecutionData(context, dataSeed);
  const { onProgress } = options;
  balanceRouters(context, data, (share) => onProgress?.(share, "preparing"), options.selectionBias);
  const tolerance = options.tolerance ?? DEFAULT_TOLERANCE;
  const shape: MemoryShape = {
    ranks: small.world,
    rankWords: context.rankWords,
    captureWords: context.captures.words,
  };
  const device = options.backend === "webgpu" ? (options.device ?? (await openDevice())) : undefined;
  const openBackend = (): Promise<Backend> =>
    device === undefined ? Promise.resolve(new CpuBackend(shape)) : WebGpuBackend.create(device, shape);
  const execution = new Execution(context, data, seed, (share) => onProgress?.(share, "executing"));
  let checked: Comparison;
  let adapter: string | undefined;
  try {
    const backend = await openBackend();
    ({ adapter } = backend);
    try {
      checked = await executeAndCompare(execution, backend, tolerance);
    } finally {
      backend.destroy();
    }
    if (checked.failure?.kind === "non_finite")
      checked = { ...checked, failure: await locate(execution, checked.failure, openBackend) };
  } finally {
    if (options.device === undefined) device?.destroy();
  }
  return composeResult(plan, context, {
    backend: options.backend,
    ...(adapter === undefined ? {} : { adapter }),
    seed,
    dataSeed,
    reduced,
    tolerance,
    checked,
    executed: execution,
  });
}

async function openDevice(): Promise<OpenDevice> {
  const device = await import("./webgpu/device.js");
  return device.openDevice();
}
