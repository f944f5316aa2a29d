// An execution that is compared while it runs, and what is wrong with it.
import type { Backend } from "./backend.js";
import type { ExecutionContext } from "./context.js";
import { Execution } from "./execution.js";
import { ExecutionFailure, type Failure } from "./failure.js";
import { firstNonFinite, Located } from "./locate.js";
import { compareLayers, type LayerComparison } from "./oracle/compare.js";

export interface Comparison {
  readonly comparisons: readonly LayerComparison[];
  readonly failure?: Failure;
}

/** Executes and compares, each layer as soon as it is there. Where the execution itself fails, nothing is said of its layers. */
export async function executeAndCompare(
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

/** Compares what has been captured, layer by layer. */
export async function compareAll(
  { context, data }: Pick<Execution, "context" | "data">,
  backend: Pick<Backend, "read">,
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
export async function locate(
  { context, data, seed }: Execution,
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
