// The best placement of a small layer, with what is proved about it.
import { lowerBoundShare } from "../bound.js";
import { placeLayers } from "../place.js";
import { gpuOfSlots, nodeCount, type PlacedLayer, type PlaceProblem } from "../problem.js";
import { LayerScorer, splitOf, type LayerScore } from "../score.js";
import { sharesOf } from "../shares.js";
import { modelOf, type LayerModel } from "./model.js";
import { solveProgram, type SolveLimits } from "./program.js";
import { wholeTurns } from "./whole-turns.js";

export interface ExactOptions {
  /** Nodes of the search tree of each of the two programs. */
  readonly nodeLimit?: number;
  /** Seconds for each of the two programs; the placement then depends on the machine. */
  readonly timeLimitS?: number;
}

export interface ExactPlacement {
  readonly placed: PlacedLayer;
  readonly score: LayerScore;
  /** No placement has a greater load below it, with any whole turns; in the unit of the loads. */
  readonly lowerBoundLoad: number;
  /** What the greatest load is above that bound, as a share of the bound: whole turns and unfinished proofs. */
  readonly gap: number;
  /** Whether the search ended, so that the bound is the optimum for real shares. */
  readonly proved: boolean;
  /** Nodes of the search trees. */
  readonly nodes: number;
}

/** Experts times GPUs with slots. Larger layers take minutes, and their search seldom ends. */
export interface TooLarge {
  readonly refused: "too_large";
  readonly cells: number;
  readonly most: number;
}

const MOST_CELLS = 400;
const NODE_LIMIT = 500;
/** HiGHS's tolerances are 1e-6 of the mean, so its bound may be above the optimum by little more. */
const TOLERANCE = 5e-6;
/** Loads that differ by less than this share are taken as equal where copies decide. */
const EQUAL = 1e-3;
/** What the greatest load may be above its least where copies are as few as can be: less crosses for it. */
const SLACKS = [EQUAL / 10, 0.02, 0.05];

/**
 * Places one layer so that the greatest load is least, which bounds that of every placement. Time follows no linear law: where tokens
 * cross nodes, placements of the same load and of a little more are also made with groups on few nodes, and the quickest of all
 * that are at hand is given, the search's among them; its greatest load may be above the least by what `gap` says. In one node the
 * least greatest load as served is given. No proof speaks of time. The problem must have no faults (`placeFaults`).
 */
export async function placeExactly(
  problem: PlaceProblem,
  layer: number,
  { nodeLimit = NODE_LIMIT, timeLimitS }: ExactOptions = {},
): Promise<ExactPlacement | TooLarge> {
  const usable = problem.gpus.slots.filter((own) => own > 0).length;
  const cells = problem.loads[layer]!.length * usable;
  if (cells > MOST_CELLS) return { refused: "too_large", cells, most: MOST_CELLS };

  const limits: SolveLimits = { nodes: nodeLimit, ...(timeLimitS === undefined ? {} : { timeLimitS }) };
  const shares = sharesOf(problem.loads[layer]!);
  const start = placeLayers(onlyLayer(problem, layer))[0]!.placed;
  const peaks = {
    least: lowerBoundShare(problem, layer),
    most: peakOf(start, shares, problem) * (1 + 1e-6),
  };
  const model = modelOf(problem, layer, peaks);
  const least = await solveProgram(model.data({ least: "peak" }), limits);
  const found = [start, { ...start, turns: wholeTurns(shares, start.expertOfSlot, problem) }];
  let nodes = least.nodes;
  if (least.values !== undefined) {
    found.push(placementOf(least.values, model, shares, problem));
    if (model.columns.groups > 1 && problem.groupRule === "priced") {
      for (const slack of SLACKS) {
        const peak = least.values[model.columns.peak]! * (1 + slack);
        const few = await solveProgram(model.data({ least: "copies", peak }), limits);
        nodes += few.nodes;
        if (few.values !== undefined) found.push(placementOf(few.values, model, shares, problem));
      }
    }
  }
  const placed = bestOf(found, problem, layer);
  const bound = Math.max(peaks.least, least.bound * model.unit * (1 - TOLERANCE));
  const total = problem.loads[layer]!.reduce((sum, load) => sum + load, 0);
  return {
    ...{ placed, score: new LayerScorer(problem, layer).score(placed) },
    lowerBoundLoad: bound * total,
    gap: peakOf(placed, shares, problem) / bound - 1,
    ...{ proved: least.proved, nodes },
  };
}

const onlyLayer = ({ tokens, ...problem }: PlaceProblem, layer: number): PlaceProblem => ({
  ...problem,
  loads: [problem.loads[layer]!],
  ...(tokens === undefined ? {} : { tokens: [tokens[layer]] }),
});

function placementOf(
  values: Float64Array,
  { columns }: LayerModel,
  shares: Float64Array,
  problem: PlaceProblem,
): PlacedLayer {
  const expertOfSlot = [...problem.gpus.slots.keys()].flatMap((gpu) =>
    [...shares.keys()].filter((expert) => values[columns.held(expert, gpu)]! > 0.5),
  );
  return { expertOfSlot, turns: wholeTurns(shares, expertOfSlot, problem) };
}

/** Greatest share of the rows over a GPU's speed. */
function peakOf(placed: PlacedLayer, shares: Float64Array, { gpus }: PlaceProblem): number {
  const split = splitOf(placed, shares.length);
  const loads = new Float64Array(gpus.slots.length);
  gpuOfSlots(gpus).forEach((gpu, slot) => {
    loads[gpu]! += (shares[placed.expertOfSlot[slot]!]! * split[slot]!) / gpus.speeds[gpu]!;
  });
  return Math.max(...loads);
}

/** The one that takes least time: in one node, of those whose greatest load is least. */
function bestOf(found: readonly PlacedLayer[], problem: PlaceProblem, layer: number): PlacedLayer {
  const scorer = new LayerScorer(problem, layer);
  const shares = sharesOf(problem.loads[layer]!);
  const each = found.map((placed) => ({
    placed,
    peak: peakOf(placed, shares, problem),
    timeUs: scorer.score(placed).timeUs,
  }));
  const least = each.reduce((peak, other) => Math.min(peak, other.peak), Infinity);
  const most = nodeCount(problem.gpus) > 1 ? Infinity : least * (1 + EQUAL);
  const equal = each.filter(({ peak }) => peak <= most);
  return equal.reduce((best, other) => (other.timeUs < best.timeUs ? other : best)).placed;
}
