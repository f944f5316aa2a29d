// A layer's placement: several starts, each levelled and improved, the best of them, and uneven shares where they help.
import { bestTurns } from "../split.js";
import { improve, type Effort } from "./improve.js";
import { level } from "./level.js";
import type { Weights } from "./objective.js";
import { affinityStart, groupStart, spreadStart } from "./starts.js";
import { LayerState } from "./state.js";
import type { LayerTerms } from "./terms.js";

/** Changes of one levelling, and swaps over nodes, that the usual effort allows. */
const LEVELLING = 80;
const ROUGH: Effort = { swaps: 60, tries: 100 };
const FINE: Effort = { swaps: 24, tries: 100 };
/** Rounds of dividing tokens and levelling what is left. */
const REFINEMENTS = 3;

export interface Solved {
  readonly expertOf: Int32Array;
  readonly turns: readonly number[];
  /** Whether no change of any start was for the better. */
  readonly startWasBest: boolean;
}

/** `floor`: the greatest load, with equal shares, that the result may have at most where any start or search finds such. */
export function solveLayer(terms: LayerTerms, weights: Weights, floor: number, effort: number): Solved {
  const starts = startsOf(terms);
  const first = Math.min(...starts.map((start) => timeOf(new LayerState(terms, start.expertOf), weights)));
  let best: LayerState | undefined;
  for (const start of starts) {
    const found = searched(new LayerState(terms, start.expertOf), start, weights, effort, floor);
    if (best === undefined || isBetter(found, best, weights, floor)) best = found;
  }
  const state = best!;
  const searchedTime = timeOf(state, weights);
  const refined = refine(state, weights, floor);
  return { ...refined, startWasBest: Math.min(searchedTime, refined.time) >= first * (1 - 1e-9) };
}

interface Start {
  readonly expertOf: Int32Array;
  /** Within what GPUs experts may move. */
  readonly scope: "node" | "cluster";
  /** Whether experts may change nodes for the sake of copies. */
  readonly crosses: boolean;
}

function startsOf(terms: LayerTerms): readonly Start[] {
  const { nodes, groups, problem } = terms.cluster;
  const spread: Start = { expertOf: spreadStart(terms), scope: "cluster", crosses: false };
  if (nodes < 2) return [spread];
  const grouped = groups > 1 ? groupStart(terms) : undefined;
  const whole: readonly Start[] =
    grouped === undefined ? [] : [{ expertOf: grouped, scope: "node", crosses: false }];
  if (groups > 1 && problem.groupRule === "hard") return whole;
  const affine = affinityStart(terms);
  return [
    ...(affine === undefined ? [] : [{ expertOf: affine, scope: "node", crosses: true } as const]),
    ...whole,
    spread,
  ];
}

function searched(
  state: LayerState,
  { scope, crosses }: Start,
  weights: Weights,
  effort: number,
  floor: number,
): LayerState {
  const { gpusOf } = state.cluster;
  const most = LEVELLING * effort;
  const levelNodes = (replicas: boolean): void => {
    for (const gpus of gpusOf) level(state, gpus, most, replicas);
  };
  if (scope === "cluster") level(state, gpusOf.flat(), 2 * most, true);
  else levelNodes(!crosses);
  if (!crosses) return state;
  const { layer } = state.terms;
  improve(state, weights, 8, scaled(ROUGH, effort), layer);
  levelNodes(false);
  improve(state, weights, 128, scaled(FINE, effort), layer + 1);
  levelNodes(false);
  if (greatest(state.loads) > floor) level(state, gpusOf.flat(), 2 * most, true);
  return state;
}

const scaled = ({ swaps, tries }: Effort, effort: number): Effort => ({
  swaps: swaps * effort,
  tries: Math.round(tries * Math.sqrt(effort)),
});

/** Divides the tokens, and swaps experts by what their replicas then have, as often as that helps. */
function refine(
  state: LayerState,
  weights: Weights,
  floor: number,
): { readonly expertOf: Int32Array; readonly turns: readonly number[]; readonly time: number } {
  const { cluster, terms } = state;
  const { gpus } = cluster.problem;
  const even = state.expertOf.map(() => 1);
  let best = {
    expertOf: state.expertOf.slice(),
    turns: [...even] as readonly number[],
    time: timeOf(state, weights),
  };
  for (let round = 0; round < REFINEMENTS; round++) {
    const turns = bestTurns(terms.shares, state.expertOf, gpus);
    if (turns.every((each) => each === 1)) break;
    state.divide(even);
    const evenMost = greatest(state.loads);
    state.divide(turns);
    const time = timeOf(state, weights);
    if (time < best.time * (1 - 1e-6) && (round === 0 || evenMost <= floor))
      best = { expertOf: state.expertOf.slice(), turns, time };
    else if (round > 0) break;
    let changes = 0;
    for (const own of cluster.gpusOf) changes += level(state, own, LEVELLING, false);
    if (changes === 0) break;
  }
  return best;
}

function isBetter(found: LayerState, best: LayerState, weights: Weights, floor: number): boolean {
  const [a, b] = [greatest(found.loads) <= floor, greatest(best.loads) <= floor];
  if (a !== b) return a;
  return timeOf(found, weights) < timeOf(best, weights);
}

/** Microseconds of a layer that the placement decides. */
function timeOf({ loads, reach }: LayerState, weights: Weights): number {
  let port = 0;
  reach?.reached.forEach((reached, node) => {
    port = Math.max(port, reached * weights.reach[node]!);
  });
  return weights.load * greatest(loads) + port;
}

export function greatest(loads: Float64Array): number {
  let most = 0;
  for (const load of loads) if (load > most) most = load;
  return most;
}
