// What an execution reports, from what it was compared to and what it counted.
import type { LaunchPlan, Reduction } from "../plan/index.js";
import { amountsOf } from "./amounts.js";
import type { Comparison } from "./checked-execution.js";
import type { ExecutionContext } from "./context.js";
import type { Amounts } from "./executor.js";
import type { LayerComparison } from "./oracle/compare.js";
import { sumOfCrossings } from "./oracle/crossings.js";
import type { CrossingCounts, DroppedPairs, LayerResult, RowCounts, RunResult } from "./result.js";
import type { RoundAmounts } from "./rounds.js";
import { sha256OfWords } from "./sha256.js";

/** What an execution counts, whoever executes. */
export interface Executed {
  readonly amounts: Readonly<Amounts>;
  /** What was executed in rounds, where an exchange exceeded its bound. */
  inRounds(): { in_rounds?: RoundAmounts };
  /** Fewest and most rows that a rank received in an exchange, of one layer or of all. */
  receivedRows(layer?: number): { received_rows?: RowCounts };
  /** Copies of tokens that ranks sent to other nodes, of one layer or of all; undefined where none sends copies. */
  copiesAway(layer?: number): number | undefined;
}

export interface ExecutionParts extends Pick<
  RunResult,
  "backend" | "adapter" | "order" | "seed" | "tolerance"
> {
  readonly dataSeed: number;
  readonly reduced: readonly Reduction[];
  readonly checked: Comparison;
  readonly executed: Executed;
}

/** The result of executing the miniature of a plan. */
export async function composeResult(
  plan: LaunchPlan,
  context: ExecutionContext,
  { checked, executed, dataSeed, reduced, seed, tolerance, ...how }: ExecutionParts,
): Promise<RunResult> {
  const { comparisons, failure } = checked;
  return {
    format: "weft.run/1",
    ok: failure === undefined,
    ...how,
    seed,
    data_seed: dataSeed,
    ranks: context.plan.world,
    reduced,
    executed: { layers: comparisons.length, ...executed.amounts },
    of: amountsOf(plan),
    tolerance,
    ties: comparisons.reduce((sum, each) => sum + each.ties, 0),
    max_relative_error:
      comparisons.length === 0 ? null : Math.max(...comparisons.map((each) => each.maxRelativeError)),
    layers: comparisons.map((each) => layerResult(each, executed)),
    routing_sha256: await sha256OfWords(comparisons.flatMap((each) => each.choices)),
    ...executed.receivedRows(),
    ...droppedPairs(comparisons),
    ...crossingCounts(comparisons, executed.copiesAway()),
    ...executed.inRounds(),
    ...(failure === undefined ? {} : { failure }),
  };
}

function layerResult(comparison: LayerComparison, executed: Executed): LayerResult {
  return {
    layer: comparison.layer,
    block: comparison.block,
    max_relative_error: comparison.maxRelativeError,
    ties: comparison.ties,
    ...executed.receivedRows(comparison.layer),
    ...droppedPairs([comparison]),
    ...crossingCounts([comparison], executed.copiesAway(comparison.layer)),
  };
}

/** What was dropped in layers where something may be. */
function droppedPairs(comparisons: readonly LayerComparison[]): { dropped?: DroppedPairs } {
  const all = comparisons.flatMap(({ dropped }) => (dropped === undefined ? [] : [dropped]));
  if (all.length === 0) return {};
  const sum = (of: (each: DroppedPairs) => number): number => all.reduce((so, each) => so + of(each), 0);
  return { dropped: { pairs: sum((each) => each.pairs), of: sum((each) => each.of) } };
}

/** What went to other nodes in layers whose exchanges cross them. `copies`: sent by those that send copies. */
function crossingCounts(
  comparisons: readonly LayerComparison[],
  copies: number | undefined,
): { crossings?: CrossingCounts } {
  const all = comparisons.flatMap(({ crossings }) => (crossings === undefined ? [] : [crossings]));
  if (all.length === 0) return {};
  const { tokens, nodes, gpus, experts, expectedNodes, expectedGpus } = sumOfCrossings(all);
  return {
    crossings: {
      tokens,
      nodes_per_token: nodes / tokens,
      expected_nodes_per_token: expectedNodes / tokens,
      gpus_per_token: gpus / tokens,
      expected_gpus_per_token: expectedGpus / tokens,
      experts_per_token: experts / tokens,
      ...(copies === undefined ? {} : { sent_copies_per_token: copies / tokens }),
    },
  };
}
