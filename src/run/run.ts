// Executes a plan's miniature with real arithmetic, in an order that a seed picks among those that the plan allows, and
// holds the result against the dense evaluation of the model.
import { miniature, type LaunchPlan } from "../plan/index.js";
import { amountsOf } from "./amounts.js";
import { balanceRouters } from "./balance.js";
import type { Backend, MemoryShape } from "./backend.js";
import { ExecutionContext } from "./context.js";
import { executeAndCompare, locate, type Comparison } from "./checked-execution.js";
import { CpuBackend } from "./cpu/backend.js";
import { ExecutionData } from "./data.js";
import { Execution } from "./execution.js";
import type { LayerComparison } from "./oracle/compare.js";
import type { LayerResult, RunResult } from "./result.js";
import { sha256OfWords } from "./sha256.js";
import { WebGpuBackend } from "./webgpu/backend.js";
import type { OpenDevice } from "./webgpu/device.js";

/** Largest relative error of a layer in float32. */
const DEFAULT_TOLERANCE = 1e-4;

export interface RunOptions {
  readonly backend: "webgpu" | "cpu";
  /** Decides the order of launches alone. */
  readonly seed?: number;
  /** Decides weights and inputs alone. */
  readonly dataSeed?: number;
  /** Largest relative error of a layer that passes. */
  readonly tolerance?: number;
  /** An open WebGPU device to use and to leave open; without it one is opened and closed. */
  readonly device?: OpenDevice;
  /** Called now and then with the share that has been executed, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

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
  balanceRouters(context, data);
  const tolerance = options.tolerance ?? DEFAULT_TOLERANCE;
  const shape: MemoryShape = {
    ranks: small.world,
    rankWords: context.rankWords,
    captureWords: context.captures.words,
  };
  const device = options.backend === "webgpu" ? (options.device ?? (await openDevice())) : undefined;
  const openBackend = (): Promise<Backend> =>
    device === undefined ? Promise.resolve(new CpuBackend(shape)) : WebGpuBackend.create(device, shape);
  const execution = new Execution(context, data, seed, options.onProgress);
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
  const { comparisons, failure } = checked;
  return {
    format: "weft.run/1",
    ok: failure === undefined,
    backend: options.backend,
    ...(adapter === undefined ? {} : { adapter }),
    seed,
    data_seed: dataSeed,
    ranks: small.world,
    reduced,
    executed: { layers: comparisons.length, ...execution.amounts },
    of: amountsOf(plan),
    tolerance,
    ties: comparisons.reduce((sum, each) => sum + each.ties, 0),
    max_relative_error:
      comparisons.length === 0 ? null : Math.max(...comparisons.map((each) => each.maxRelativeError)),
    layers: comparisons.map((each) => layerResult(each, execution)),
    routing_sha256: await sha256OfWords(comparisons.flatMap((each) => each.choices)),
    ...execution.receivedRows(),
    ...execution.inRounds(),
    ...(failure === undefined ? {} : { failure }),
  };
}

function layerResult(comparison: LayerComparison, execution: Execution): LayerResult {
  return {
    layer: comparison.layer,
    block: comparison.block,
    max_relative_error: comparison.maxRelativeError,
    ties: comparison.ties,
    ...execution.receivedRows(comparison.layer),
  };
}

async function openDevice(): Promise<OpenDevice> {
  const device = await import("./webgpu/device.js");
  return device.openDevice();
}
