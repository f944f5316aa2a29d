// Executes a plan's miniature with real arithmetic, in an order that a seed picks among those that the plan allows, and
// holds the result against the dense evaluation of the model.
import { miniature, type LaunchPlan } from "../plan/index.js";
import { amountsOf } from "./amounts.js";
import { balanceRouters } from "./balance.js";
import type { Backend, MemoryShape } from "./backend.js";
import { ExecutionContext } from "./context.js";
import { CpuBackend } from "./cpu/backend.js";
import { ExecutionData } from "./data.js";
import { Execution } from "./execution.js";
import { ExecutionFailure, type Failure } from "./failure.js";
import { firstNonFinite, Located } from "./locate.js";
import { compareLayers, type LayerComparison } from "./oracle/compare.js";
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
  let comparison: Comparison;
  let adapter: string | undefined;
  try {
    const backend = await openBackend();
    ({ adapter } = backend);
    try {
      comparison = await executeAndCompare(execution, backend, tolerance);
    } finally {
      backend.destroy();
    }
    if (comparison.failure?.kind === "non_finite")
      comparison.failure = await locate(context, data, seed, comparison.failure, openBackend);
  } finally {
    if (options.device === undefined) device?.destroy();
  }
  const { comparisons, failure } = comparison;
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
    ...(failure === undefined ? {} : { failure }),
  };
}

interface Comparison {
  readonly comparisons: readonly LayerComparison[];
  failure?: Failure;
}

/** Where the execution itself fails, nothing is said of its layers. */
async function executeAndCompare(
  execution: Execution,
  backend: Backend,
  tolerance: number,
): Promise<Comparison> {
  const { context } = execution;
  execution.upload(backend);
  const executing = execution.run(backend).finally(() => context.captures.settle());
  const [executed, compared] = await Promise.allSettled([
    executing,
    compareAll(execution, backend, tolerance),
  ]);
  if (executed.status === "fulfilled") {
    if (compared.status === "fulfilled") return compared.value;
    throw compared.reason;
  }
  if (executed.reason instanceof ExecutionFailure)
    return { comparisons: [], failure: executed.reason.failure };
  throw executed.reason;
}

async function compareAll(
  { context, data }: Execution,
  backend: Backend,
  tolerance: number,
): Promise<Comparison> {
  const comparisons: LayerComparison[] = [];
  let failure: Failure | undefined;
  try {
    for await (const comparison of compareLayers(context, data, backend)) {
      if (Number.isFinite(comparison.maxRelativeError)) comparisons.push(comparison);
      failure ??= wrongResult(context, comparison, tolerance);
    }
  } catch (error) {
    if (!(error instanceof ExecutionFailure)) throw error;
    failure ??= error.failure;
  }
  return { comparisons, ...(failure === undefined ? {} : { failure }) };
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

function wrongResult(
  context: ExecutionContext,
  { layer, block, maxRelativeError, worstToken }: LayerComparison,
  tolerance: number,
): Failure | undefined {
  if (maxRelativeError <= tolerance) return undefined;
  const { rank, microBatch, row } = context.captures.ownerOf(layer, worstToken);
  return {
    kind: "wrong_result",
    layer,
    rank,
    micro_batch: microBatch,
    node: context.index.block(block).result,
    message:
      `layer ${layer} (${block}) differs from its dense evaluation by ${maxRelativeError.toExponential(2)}, ` +
      `most on rank ${rank} (micro-batch ${microBatch}, row ${row}); ${tolerance} is allowed`,
  };
}

/** The failure with the launch by which it arises, found by executing once more in the same order. */
async function locate(
  context: ExecutionContext,
  data: ExecutionData,
  seed: number,
  failure: Failure,
  openBackend: () => Promise<Backend>,
): Promise<Failure> {
  const { rank, layer } = failure;
  if (rank === undefined || layer === undefined || failure.launch !== undefined) return failure;
  const backend = await openBackend();
  try {
    const again = new Execution(context, data, seed);
    again.upload(backend);
    await again.run(backend, firstNonFinite(context, rank, layer));
    return failure;
  } catch (error) {
    if (error instanceof ExecutionFailure) return failure;
    if (!(error instanceof Located)) throw error;
    const { node, launch } = error;
    return {
      ...failure,
      node,
      launch,
      message: `${failure.message}; it first appears in node ${node} (launch ${launch})`,
    };
  } finally {
    backend.destroy();
  }
}

async function openDevice(): Promise<OpenDevice> {
  const device = await import("./webgpu/device.js");
  return device.openDevice();
}
