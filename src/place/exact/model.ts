// The placement of one layer as a mixed-integer program, whose optimum no split of the tokens beats.
//
//   minimise   peak
//   where      sum over g of load[e,g] = w[e]                 an expert's tokens all go somewhere
//              w[e] / 32 held[e,g] <= load[e,g] <= w[e] held[e,g]     to its replicas, each at least a turn of 32
//              sum over e of held[e,g] = slots[g]             held is 0 or 1: never two replicas on a GPU
//              sum over e of load[e,g] <= speed[g] peak
//              held[e,g] <= there[q(e), node(g)]              groups, where they are kept on nodes or their copies counted
//              sum over n of there[q,n] = 1                   where they are kept on one node
//
// Loads are in units of the mean, so that the peak is near 1. Shares are real numbers here; whole turns come after.
import type { ModelData } from "highs";
import { groupOfExpert, nodeCount, type PlaceProblem } from "../problem.js";
import { sharesOf } from "../shares.js";
import { MOST_TURNS } from "../split.js";
import { Rows } from "../../linear/rows.js";
import { alikeGpus, alikeNodes } from "./symmetry.js";

/** `peak`: the greatest load. `copies`: the sum of the groups' loads over the nodes they are on, the peak being given. */
export type Objective = { readonly least: "peak" } | { readonly least: "copies"; readonly peak: number };

/** Which column is what. */
export class Columns {
  constructor(
    readonly experts: number,
    readonly gpus: number,
    readonly groups: number,
    readonly nodes: number,
  ) {}
  readonly peak = 0;
  held(expert: number, gpu: number): number {
    return 1 + expert * this.gpus + gpu;
  }
  load(expert: number, gpu: number): number {
    return this.held(this.experts + expert, gpu);
  }
  there(group: number, node: number): number {
    return this.held(2 * this.experts, 0) + group * this.nodes + node;
  }
  get count(): number {
    return this.there(this.groups, 0);
  }
}

export interface LayerModel {
  readonly columns: Columns;
  /** [expert] loads in units of the mean over the speeds. */
  readonly loads: readonly number[];
  /** Share of all rows that a peak of 1 is. */
  readonly unit: number;
  /** Experts that are on a GPU, over all GPUs that are alike, come first on the first: one of the orders that are equally good. */
  readonly data: (objective: Objective) => ModelData;
}

/** `peakBetween`: bounds that are known; the greater is of a placement that is at hand. */
export function modelOf(
  problem: PlaceProblem,
  layer: number,
  peakShares: { readonly least: number; readonly most: number },
): LayerModel {
  const { gpus, gate, pins } = problem;
  const { slots, speeds, nodeOf } = gpus;
  const shares = sharesOf(problem.loads[layer]!);
  const unit = 1 / slots.reduce((sum, own, gpu) => sum + (own > 0 ? speeds[gpu]! : 0), 0);
  const loads = Array.from(shares, (share) => share / unit);
  const nodes = nodeCount(gpus);
  const columns = new Columns(loads.length, slots.length, nodes > 1 ? gate.groups : 0, nodes);
  const experts = [...loads.keys()];
  const world = [...slots.keys()];
  const groupOf = (expert: number): number => groupOfExpert(expert, loads.length, gate.groups);

  // An expert with more replicas than a round has turns gets a longer round.
  const turns = Math.max(MOST_TURNS, slots.length);
  const rows = new Rows();
  for (const expert of experts) {
    const load = loads[expert]!;
    rows.equal(
      load,
      world.map((gpu) => [columns.load(expert, gpu), 1]),
    );
    rows.between(
      1,
      world.length,
      world.map((gpu) => [columns.held(expert, gpu), 1]),
    );
    for (const gpu of world) {
      rows.atMost(0, [[columns.load(expert, gpu), 1], [columns.held(expert, gpu), -load]]); // prettier-ignore
      rows.atMost(0, [[columns.held(expert, gpu), load / turns], [columns.load(expert, gpu), -1]]); // prettier-ignore
      if (columns.groups > 0)
        rows.atMost(0, [[columns.held(expert, gpu), 1], [columns.there(groupOf(expert), nodeOf[gpu]!), -1]]); // prettier-ignore
    }
  }
  for (const gpu of world) {
    rows.equal(
      slots[gpu]!,
      experts.map((expert) => [columns.held(expert, gpu), 1]),
    );
    rows.atMost(0, [
      [columns.peak, -speeds[gpu]!],
      ...experts.map((expert): readonly [number, number] => [columns.load(expert, gpu), 1]),
    ]);
  }
  if (problem.groupRule === "hard")
    for (let group = 0; group < columns.groups; group++)
      rows.equal(
        1,
        Array.from({ length: nodes }, (_, node) => [columns.there(group, node), 1]),
      );
  // Of the orders of GPUs that are alike, and of nodes that are, the one in which those with the heaviest expert come first.
  const heaviest = loads.indexOf(Math.max(...loads));
  for (const [first, second] of [...alikeGpus(problem), ...alikeNodes(problem)])
    rows.atMost(0, [[columns.held(heaviest, second), 1], [columns.held(heaviest, first), -1]]); // prettier-ignore

  const lower = new Float64Array(columns.count);
  const upper = new Float64Array(columns.count).fill(1);
  for (const { expert, gpu } of pins) lower[columns.held(expert, gpu)] = 1;
  for (const expert of experts) for (const gpu of world) upper[columns.load(expert, gpu)] = loads[expert]!;
  const integrality = new Int32Array(columns.count).fill(1);
  integrality.fill(0, columns.load(0, 0), columns.there(0, 0));
  integrality[columns.peak] = 0;
  const groupLoads = new Float64Array(columns.groups);
  if (columns.groups > 0) for (const expert of experts) groupLoads[groupOf(expert)]! += loads[expert]!;

  return {
    ...{ columns, loads, unit },
    data: (objective) => {
      const cost = new Float64Array(columns.count);
      const [least, most] = [peakShares.least / unit, peakShares.most / unit];
      switch (objective.least) {
        case "peak":
          cost[columns.peak] = 1;
          [lower[columns.peak], upper[columns.peak]] = [least, most];
          break;
        case "copies":
          for (let group = 0; group < columns.groups; group++)
            for (let node = 0; node < nodes; node++) cost[columns.there(group, node)] = groupLoads[group]!;
          [lower[columns.peak], upper[columns.peak]] = [least, objective.peak];
          break;
        default:
          return objective satisfies never;
      }
      return {
        ...{ numCols: columns.count, colCost: cost, colLower: lower, colUpper: upper, integrality },
        ...rows.data(columns.count),
      };
    },
  };
}
