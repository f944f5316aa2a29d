// A layer's placement: several starts, each levelled and improved, the best of them, and uneven shares where they help.
import { InternalError } from "../../diagnostics/internal-error.js";
import { bestTurns } from "../split.js";
import { improve, type Effort } from "./improve.js";
import { level } from "./level.js";
import type { Weights } from "./objective.js";
import { affinityStart, groupStart, spreadStart } from "./starts.js";
import { LayerState } from "./state.js";
import type { LayerTerms } from "./terms.js";

/** Changes of one levelling, and swaps over nodes, that the usual effort allows. */
const LEVELLING = 80;
const ROUGH: Effort = { swaps: 80, tries: 64 };
const FINE: Effort = { swaps: 24, tries: 64 };
/** How far above their mean the greatest load may stay, as a share of it. */
const LEVEL_ENOUGH = 2e-4;
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
  const { nodeSpeeds } = terms.cluster;
  const even = 1 / nodeSpeeds.reduce((sum, each) => sum + each, 0);
  const search: Search = { weights, floor, effort, enough: Math.min(floor, even * (1 + LEVEL_ENOUGH)) };
  let first = Infinity;
  let best: LayerState | undefined;
  for (const start of starts(terms, search)) {
    const state = new LayerState(terms, start.expertOf);
    first = Math.min(first, timeOf(state, weights));
    if (best !== undefined && isFutile(state, start, best, search)) continue;
    searchFrom(state, start, search);
    if (best === undefined || isBetter(state, best, search)) best = state;
  }
  if (best === undefined) throw new InternalError("no start for a placement: its problem has faults");
  const refined = refine(best, search);
  return { ...refined, startWasBest: refined.time >= first * (1 - 1e-9) };
}

interface Search {
  readonly weights: Weights;
  readonly floor: number;
  readonly effort: number;
  /** A greatest load at which levelling ends. */
  readonly enough: number;
}

interface Start {
  readonly expertOf: Int32Array;
  /** Within what GPUs experts may move. */
  readonly scope: "node" | "cluster";
  /** Whether experts may change nodes for the sake of copies. */
  readonly crosses: boolean;
}

/** The most promising first. */
function* starts(terms: LayerTerms, search: Search): Iterable<Start> {
  const { nodes, groups, problem } = terms.cluster;
  if (nodes > 1) {
    const isHard = groups > 1 && problem.groupRule === "hard";
    const affine = isHard ? undefined : affinityStart(terms);
    if (affine !== undefined) yield { expertOf: affine, scope: "node", crosses: true };
    const grouped = groups > 1 ? groupStart(terms, isHard ? search : undefined) : undefined;
    if (grouped !== undefined) yield { expertOf: grouped, scope: "node", crosses: false };
    if (isHard) return;
  }
  yield { expertOf: spreadStart(terms), scope: "cluster", crosses: nodes > 1 };
}

/** Whether even perfectly level loads, within what its experts may not leave, would not make a start the best. */
function isFutile(
  state: LayerState,
  { scope }: Start,
  best: LayerState,
  { weights, floor }: Search,
): boolean {
  if (greatest(best.loads) > floor) return false;
  const { gpusOf, nodeSpeeds, slowness } = state.cluster;
  const carried = gpusOf.map((gpus) =>
    gpus.reduce((sum, gpu) => sum + state.loads[gpu]! / slowness[gpu]!, 0),
  );
  const ideal =
    scope === "node"
      ? Math.max(...carried.map((load, node) => (load === 0 ? 0 : load / nodeSpeeds[node]!)))
      : carried.reduce((sum, load) => sum + load, 0) / nodeSpeeds.reduce((sum, each) => sum + each, 0);
  return weights.load * ideal + portTime(state, weights) >= timeOf(best, weights);
}

function searchFrom(state: LayerState, { scope, crosses }: Start, search: Search): void {
  const { gpusOf } = state.cluster;
  const { weights, floor, effort, enough } = search;
  const changes = LEVELLING * effort;
  const levelNodes = (replicas: boolean): void => {
    for (const gpus of gpusOf) level(state, gpus, { changes, enough, replicas });
  };
  const levelAll = (): number =>
    level(state, gpusOf.flat(), { changes: 2 * changes, enough, replicas: true });
  if (scope === "cluster") levelAll();
  else levelNodes(!crosses);
  if (!crosses) return;
  const { layer } = state.terms;
  improve(state, weights, 8, scaled(ROUGH, effort), layer);
  levelNodes(false);
  improve(state, weights, 128, scaled(FINE, effort), layer + 1);
  levelNodes(false);
  if (greatest(state.loads) > floor) levelAll();
}

const scaled = ({ swaps, tries }: Effort, effort: number): Effort => ({
  swaps: swaps * effort,
  tries: Math.round(tries * Math.sqrt(effort)),
});

/** Divides the tokens, and swaps experts by what their replicas then have, as often as that helps. */
function refine(
  state: LayerState,
  { weights, floor, enough, effort }: Search,
): { readonly expertOf: Int32Array; readonly turns: readonly number[]; readonly time: number } {
  const { cluster, terms } = state;
  const { gpus, evenSplit = false } = cluster.problem;
  const even = state.expertOf.map(() => 1);
  let best = {
    expertOf: state.expertOf.slice(),
    turns: [...even] as readonly number[],
    time: timeOf(state, weights),
  };
  for (let round = 0; round < (evenSplit ? 0 : REFINEMENTS); round++) {
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
    for (const own of cluster.gpusOf)
      changes += level(state, own, { changes: LEVELLING * effort, enough, replicas: false });
    if (changes === 0) break;
  }
  return best;
}

function isBetter(found: LayerState, best: LayerState, { weights, floor }: Search): boolean {
  const [a, b] = [greatest(found.loads) <= floor, greatest(best.loads) <= floor];
  return a === b ? timeOf(found, weights) < timeOf(best, weights) : a;
}

/** Microseconds of a layer that the placement decides. */
const timeOf = (state: LayerState, weights: Weights): number =>
  weights.load * greatest(state.loads) + portTime(state, weights);

function portTime({ reach }: LayerState, weights: Weights): number {
  let most = 0;
  reach?.reached.forEach((reached, node) => {
    most = Math.max(most, reached * weights.reach[node]!);
  });
  return most;
}

function greatest(loads: Float64Array): number {
  let most = 0;
  for (const load of loads) if (load > most) most = load;
  return most;
}
