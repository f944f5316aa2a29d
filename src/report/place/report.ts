// What came of a placement, as `weft place --json` prints it. Loads are in the unit of the input, times in microseconds.
import {
  gpuOfSlots,
  nodeCount,
  type GroupRule,
  slotBegins,
  splitOf,
  type LayerScore,
  type PlacedLayer,
  type PlacedResult,
  type PlaceProblem,
  ruleObstacle,
  type RuleObstacle,
  type RulePolicy,
} from "../../place/index.js";
import { notKept } from "./kept.js";
import type { RebalanceReport } from "./rebalance-report.js";

/** Whose shapes and rates the prices are. */
export interface PricedWith {
  readonly model: string;
  readonly cluster: string;
  /** Whether neither was named. */
  readonly assumed: boolean;
  readonly tokens_per_gpu: number;
  /** Number formats of weights, and of rows on their way to the experts and back. */
  readonly precision: { readonly weights: string; readonly dispatch: string; readonly combine: string };
}

/** Per layer, each. */
export interface LayerCosts {
  /** Mean over greatest load of a GPU where the replicas of an expert share its tokens evenly. */
  readonly balancedness: readonly number[];
  /** Greatest load of a GPU over its speed: what a GPU of speed 1 would have that takes as long. */
  readonly max_load: readonly number[];
  /** Dispatch, the hottest GPU's experts and combine, one after the other. */
  readonly predicted_time_us: readonly number[];
  readonly dispatch_us: readonly number[];
  readonly experts_us: readonly number[];
  readonly combine_us: readonly number[];
  /** Bytes of all GPUs that cross nodes, both ways. */
  readonly slow_bytes: readonly number[];
  /** [layer][gpu] tokens of the GPU, in the unit of the loads, with the stated split. */
  readonly gpu_loads: readonly (readonly number[])[];
}

export interface PlacementReport extends LayerCosts {
  readonly layers: number;
  readonly experts: number;
  readonly gpus: number;
  readonly nodes: number;
  readonly slots: number;
  /** [gpu] */
  readonly slots_per_gpu: readonly number[];
  readonly node_of_gpu: readonly number[];
  /** [gpu] 1 but where constraints say that it is slower. */
  readonly speeds: readonly number[];
  readonly top_k: number;
  readonly groups: number;
  readonly top_groups: number;
  /** Whether groups were to be kept on nodes, and whether they are so in all layers. */
  readonly group_rule: GroupRule;
  readonly groups_on_nodes: boolean;
  readonly priced_with: PricedWith;
  /** What the user should know of how the input was taken. */
  readonly notes: readonly string[];
  /** [layer][slot] the expert of each slot, the GPU of each slot, and the share of its expert's tokens that the slot takes. */
  readonly physical_to_logical: readonly (readonly number[])[];
  readonly gpu_of_slot: readonly (readonly number[])[];
  readonly split: readonly (readonly number[])[];
  /** [layer][expert] */
  readonly replicas: readonly (readonly number[])[];
  /** Mean over greatest load with the stated split. */
  readonly split_balancedness: readonly number[];
  /** What no placement and no split can go below that keeps what this one keeps. */
  readonly lower_bound_load: readonly number[];
  /** By what share the greatest load exceeds its lower bound. */
  readonly gap: readonly number[];
  readonly start_was_best: readonly boolean[];
  /** Bytes of an expert's weights, and what each GPU holds of replicas beyond its share of one copy of each expert, over all layers. */
  readonly expert_bytes: number;
  readonly replica_bytes_per_gpu: number;
  /** What EPLB's rule does: it packs groups to nodes where all divides, and spreads experts where something is in the way. */
  readonly rule: LayerCosts & { readonly policy: RulePolicy; readonly spread_since?: RuleObstacle };
  /** Where the loads have several windows. */
  readonly windows?: WindowsReport;
  /** Where it is known which experts are chosen together. */
  readonly coactivation?: CoactivationReport;
  /** Where layers were placed exactly. */
  readonly exact?: ExactReport;
  /** Where experts were, and how they move from there. */
  readonly from?: LayerCosts;
  readonly rebalance?: RebalanceReport;
}

export interface WindowsReport {
  readonly count: number;
  readonly placed_for: "mean" | "worst" | number;
  /** [layer] the window in which it is least balanced, and how balanced it is there, with the stated split. */
  readonly worst_window: readonly number[];
  readonly worst_balancedness: readonly number[];
  /** [layer] the window in which it takes longest, and its time there, with the same split. */
  readonly slowest_window: readonly number[];
  readonly worst_time_us: readonly number[];
  /** The rule's, each in its own worst window; it splits evenly. */
  readonly rule_worst_balancedness: readonly number[];
  readonly rule_worst_time_us: readonly number[];
}

export interface ExactReport {
  /** [layer] whether no placement is better but for whole turns, and by what share at most one could be. */
  readonly proved: readonly boolean[];
  readonly gap: readonly number[];
}

export interface CoactivationReport {
  /** [layer] bytes over the slow tier of a placement that knows the loads alone. */
  readonly slow_bytes_without: readonly number[];
}

/** What a report says besides what the problem and its results do. */
export type ReportFrame = Pick<
  PlacementReport,
  "priced_with" | "notes" | "windows" | "coactivation" | "from" | "rebalance" | "exact"
>;

export function reportPlacement(
  problem: PlaceProblem,
  results: readonly PlacedResult[],
  frame: ReportFrame,
): PlacementReport {
  const { loads, gpus, gate, prices } = problem;
  const experts = loads[0]?.length ?? 0;
  const slots = gpus.slots.reduce((sum, each) => sum + each, 0);
  const gpuOfSlot = gpuOfSlots(gpus);
  const obstacle = ruleObstacle(problem);
  return {
    ...{
      layers: loads.length,
      experts,
      gpus: gpus.slots.length,
      nodes: nodeCount(gpus),
      slots,
    },
    ...{ slots_per_gpu: gpus.slots, node_of_gpu: gpus.nodeOf, speeds: gpus.speeds },
    ...{ top_k: gate.topK, groups: gate.groups, top_groups: gate.topGroups },
    group_rule: problem.groupRule,
    groups_on_nodes:
      problem.groupRule === "hard" &&
      gate.groups > 1 &&
      results.every(({ placed }) => !notKept(problem, placed).includes("groups_on_nodes")),
    ...frame,
    physical_to_logical: results.map(({ placed }) => placed.expertOfSlot),
    gpu_of_slot: results.map(() => gpuOfSlot),
    split: results.map(({ placed }) => splitOf(placed, experts)),
    replicas: results.map(({ placed }) => replicasOf(placed, experts)),
    ...costsOf(problem, results),
    split_balancedness: results.map(({ score }) => score.balance),
    lower_bound_load: results.map(({ lowerBoundLoad }) => lowerBoundLoad),
    gap: results.map(({ score, lowerBoundLoad }) =>
      lowerBoundLoad === 0 ? 0 : Math.max(0, score.maxLoad / lowerBoundLoad - 1),
    ),
    start_was_best: results.map(({ startWasBest }) => startWasBest),
    expert_bytes: prices.expertBytes,
    replica_bytes_per_gpu: ((slots - experts) * prices.expertBytes * loads.length) / gpus.slots.length,
    rule: {
      policy: results[0]?.rule.policy ?? "spread",
      ...(obstacle === undefined ? {} : { spread_since: obstacle }),
      ...costsOf(
        problem,
        results.map(({ rule }) => rule),
      ),
    },
  };
}

export function costsOf(
  problem: PlaceProblem,
  results: readonly { readonly placed: PlacedLayer; readonly score: LayerScore }[],
): LayerCosts {
  const each = (of: (score: LayerScore) => number): readonly number[] =>
    results.map(({ score }) => of(score));
  return {
    balancedness: each(({ evenBalance }) => evenBalance),
    max_load: each(({ maxLoad }) => maxLoad),
    predicted_time_us: each(({ timeUs }) => timeUs),
    dispatch_us: each(({ dispatchUs }) => dispatchUs),
    experts_us: each(({ expertsUs }) => expertsUs),
    combine_us: each(({ combineUs }) => combineUs),
    slow_bytes: each(({ slowBytes }) => slowBytes),
    gpu_loads: results.map(({ placed }, layer) => gpuLoads(problem, placed, layer)),
  };
}

function replicasOf({ expertOfSlot }: PlacedLayer, experts: number): readonly number[] {
  const counts = new Array<number>(experts).fill(0);
  for (const expert of expertOfSlot) counts[expert]!++;
  return counts;
}

/** [gpu] in the unit of the loads. */
function gpuLoads({ loads, gpus }: PlaceProblem, placed: PlacedLayer, layer: number): readonly number[] {
  const row = loads[layer]!;
  const split = splitOf(placed, row.length);
  const begins = slotBegins(gpus.slots);
  return gpus.slots.map((_, gpu) => {
    let load = 0;
    for (let slot = begins[gpu]!; slot < begins[gpu + 1]!; slot++)
      load += row[placed.expertOfSlot[slot]!]! * split[slot]!;
    return load;
  });
}
