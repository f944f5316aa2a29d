// A layer's placement: several starts, each levelled and improved, the best of them, and uneven shares where they help.
import { InternalError } from "../../diagnostics/internal-error.js";
import { bestTurns } from "../split.js";
import { improve, type Tries } from "./improve.js";
import { level } from "./level.js";
import { climbNodes } from "./node-packing.js";
import type { Weights } from "./objective.js";
import { affinityStart, coactivationStart } from "./affinity.js";
import { groupStart, spreadStart } from "./starts.js";
import { LayerState } from "./state.js";
import type { ClusterTerms, LayerTerms } from "./terms.js";

/** Changes of one levelling, and swaps over nodes, that the usual effort allows. */
const LEVELLING = 80;
const ROUGH: Tries = { swaps: 80, tries: 36, patience: 1 };
const FINE: Tries = { swaps: 24, tries: 36, patience: 1 };
/** How far above their mean the greatest load may stay, as a share of it. */
const LEVEL_ENOUGH = 2e-4;
/** GPUs that the tries above are meant for. */
const FEW_GPUS = 32;
/** Above a level load by so much of it, equal shares leave something to unequal ones. */
const UNEVEN = 0.05;
/** A further change must lower the time by so much of it. */
const LEAST_GAIN = 1e-6;
/** Two ways to spread experts differ by less in time. */
const NOT_NEAR = 0.99;
/** Rounds of dividing tokens and levelling what is left. */
const REFINEMENTS = 3;

export interface Solved {
  readonly expertOf: Int32Array;
  readonly turns: readonly number[];
  /** Whether no change of any start was for the better. */
  readonly startWasBest: boolean;
  /** Whether it is so much quicker than experts spread over all GPUs whatever their groups that no such placement comes near. */
  readonly beatsSpread: boolean;
}

/** `floor`: the greatest load, with equal shares, that the result may have at most where any start or search finds such. */
export function solveLayer(terms: LayerTerms, given: SearchLimits): Solved {
  const search = withEnough(terms, given);
  const { floor } = search;
  let first = Infinity;
  let spread = Infinity;
  let best: Found | undefined;
  const offer = (found: Found): void => {
    if (best === undefined || isBetter(found, best, floor)) best = found;
  };
  for (const start of starts(terms)) {
    const begun = begunAs(terms, start.expertOf, search);
    first = Math.min(first, begun.time);
    if (start.scope === "cluster") spread = begun.time;
    if (best !== undefined && isFutile(terms, start, begun, best, search)) continue;
    // Where experts stay on their nodes whatever that costs, these are worth packing well.
    const from = keepsGroups(terms) ? climbNodes(terms, start.expertOf, search) : start.expertOf;
    const state = new LayerState(terms, from, start.inStep);
    searchFrom(state, start, search);
    const searched = foundAs(state, terms.cluster.evenTurns, greatest(state.loads), search);
    offer(searched);
    offer(refine(state, searched, search));
    // Levelling by equal shares may lead away from what unequal ones would make of the start.
    if (searched.evenMost > search.enough * (1 + UNEVEN) && !keepsGroups(terms))
      offer(refine(new LayerState(terms, start.expertOf, start.inStep), begun, search));
  }
  if (best === undefined) throw new InternalError("no start for a placement: its problem has faults");
  return {
    ...best,
    startWasBest: best.time >= first * (1 - 1e-9),
    beatsSpread: best.time < spread * NOT_NEAR,
  };
}

/**
 * A placement as it is, with equal shares and with the tokens divided where that helps; for one whose experts are to stay where they
 * are. Gives each that differs.
 */
export function solvedFrom(terms: LayerTerms, expertOf: Int32Array, search: SearchLimits): Solved[] {
  const state = new LayerState(terms, expertOf, undefined);
  const limits = withEnough(terms, search);
  const found = foundAs(state, terms.cluster.evenTurns, greatest(state.loads), limits);
  const refined = refine(state, found, limits);
  return (refined === found ? [found] : [found, refined]).map((each) => ({
    ...{ ...each, startWasBest: false, beatsSpread: false },
  }));
}

/** A placement that the search came upon. */
interface Found {
  readonly expertOf: Int32Array;
  readonly turns: readonly number[];
  /** Greatest load of a GPU over its speed with equal shares. */
  readonly evenMost: number;
  readonly time: number;
}

/** A state with the loads that it has under these turns. */
function foundAs(
  state: LayerState,
  turns: readonly number[],
  evenMost: number,
  { weights, slowUs }: Search,
): Found {
  const expertOf = state.expertOf.slice();
  return { expertOf, turns, evenMost, time: weights.load * greatest(state.loads) + slowUs(expertOf, turns) };
}

/** A start with equal shares. */
function begunAs({ cluster, shares }: LayerTerms, expertOf: Int32Array, { weights, slowUs }: Search): Begun {
  const counts = new Int32Array(cluster.experts);
  for (let slot = 0; slot < expertOf.length; slot++) counts[expertOf[slot]!]!++;
  const loads = new Float64Array(cluster.world);
  for (let slot = 0; slot < expertOf.length; slot++) {
    const expert = expertOf[slot]!;
    const gpu = cluster.gpuOf[slot]!;
    loads[gpu]! += (shares[expert]! / counts[expert]!) * cluster.slowness[gpu]!;
  }
  const evenMost = greatest(loads);
  const time = weights.load * evenMost + slowUs(expertOf, cluster.evenTurns);
  return { expertOf, turns: cluster.evenTurns, evenMost, time, loads };
}

interface Begun extends Found {
  /** [gpu] share of the rows over its speed. */
  readonly loads: Float64Array;
}

const isBetter = (one: Found, other: Found, floor: number): boolean =>
  one.evenMost <= floor === other.evenMost <= floor ? one.time < other.time : one.evenMost <= floor;

export interface SearchLimits {
  readonly weights: Weights;
  readonly floor: number;
  readonly effort: number;
  /** Microseconds for which the busiest port between nodes carries copies. */
  readonly slowUs: (expertOf: Int32Array, turns: readonly number[]) => number;
}

interface Search extends SearchLimits {
  /** A greatest load at which levelling ends. */
  readonly enough: number;
}

function withEnough({ cluster }: LayerTerms, limits: SearchLimits): Search {
  return { ...limits, enough: Math.min(limits.floor, enoughIn(cluster)) };
}

/** A greatest load than which a lower one is not worth the search. */
export const enoughIn = ({ nodeSpeeds }: ClusterTerms): number =>
  (1 / nodeSpeeds.reduce((sum, each) => sum + each, 0)) * (1 + LEVEL_ENOUGH);

interface Start {
  readonly expertOf: Int32Array;
  /** Within what GPUs experts may move. */
  readonly scope: "node" | "cluster";
  /** Whether experts may change nodes for the sake of copies. */
  readonly crosses: boolean;
  /** Whether replicas of different experts are placed side by side, and stay so: see `NodeReach`. */
  readonly inStep: boolean;
}

export const keepsGroups = ({ cluster }: LayerTerms): boolean =>
  cluster.nodes > 1 && cluster.groups > 1 && cluster.problem.groupRule === "hard";

/** The most promising first. */
function* starts(terms: LayerTerms): Iterable<Start> {
  const { nodes, groups } = terms.cluster;
  if (nodes > 1) {
    const isHard = keepsGroups(terms);
    const together = isHard || terms.seen === undefined ? undefined : coactivationStart(terms, terms.seen);
    if (together !== undefined) yield { expertOf: together, scope: "node", crosses: true, inStep: true };
    const affine = isHard ? undefined : affinityStart(terms);
    if (affine !== undefined)
      yield { expertOf: affine, scope: "node", crosses: true, inStep: terms.seen !== undefined };
    const grouped = groups > 1 ? groupStart(terms) : undefined;
    if (grouped !== undefined) yield { expertOf: grouped, scope: "node", crosses: false, inStep: false };
    if (isHard) return;
  }
  yield { expertOf: spreadStart(terms), scope: "cluster", crosses: nodes > 1, inStep: true };
}

/** Whether even perfectly level loads, within what its experts may not leave, would not make a start the best. */
function isFutile(
  { cluster }: LayerTerms,
  { scope }: Start,
  begun: Begun,
  best: Found,
  { weights, floor }: Search,
): boolean {
  if (best.evenMost > floor) return false;
  const { gpusOf, nodeSpeeds, slowness } = cluster;
  const { loads } = begun;
  const carried = gpusOf.map((gpus) => gpus.reduce((sum, gpu) => sum + loads[gpu]! / slowness[gpu]!, 0));
  const ideal =
    scope === "node"
      ? Math.max(...carried.map((load, node) => (load === 0 ? 0 : load / nodeSpeeds[node]!)))
      : carried.reduce((sum, load) => sum + load, 0) / nodeSpeeds.reduce((sum, each) => sum + each, 0);
  return begun.time - weights.load * (begun.evenMost - ideal) >= best.time;
}

function searchFrom(state: LayerState, { scope, crosses, inStep: whole }: Start, search: Search): void {
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
  const { layer, seen } = state.terms;
  const tried = seen === undefined ? effort : SEEN_EFFORT * effort;
  // Of more GPUs a smaller part is looked at by as many tries.
  const crowd = Math.max(1, Math.sqrt(state.cluster.world / FEW_GPUS));
  improve(state, weights, 8, { ...scaled(ROUGH, tried, crowd), whole }, layer);
  levelNodes(false);
  improve(state, weights, 128, { ...scaled(FINE, tried, crowd), whole }, layer + 1);
  levelNodes(false);
  if (greatest(state.loads) > floor) levelAll();
}

/** Tokens that were seen tell more than groups do, and are worth more swaps. */
const SEEN_EFFORT = 4;

const scaled = ({ swaps, tries, patience }: Tries, effort: number, crowd: number): Tries => ({
  swaps: Math.round(swaps * effort),
  tries: Math.round(tries * crowd * Math.sqrt(effort)),
  patience: Math.ceil(patience * effort),
});

/** Divides the tokens, and swaps experts by what their replicas then have, as often as that helps. */
function refine(state: LayerState, found: Found, search: Search): Found {
  const { cluster, terms } = state;
  const { floor, enough, effort } = search;
  let best = found;
  for (let round = 0; round < REFINEMENTS; round++) {
    const turns = bestTurns(terms.shares, state.expertOf, cluster.problem);
    if (turns.every((each) => each === 1)) break;
    state.divide(terms.cluster.evenTurns);
    const evenMost = greatest(state.loads);
    state.divide(turns);
    const divided = foundAs(state, turns, evenMost, search);
    if (divided.time >= best.time * (1 - LEAST_GAIN) || divided.evenMost > Math.max(floor, found.evenMost))
      break;
    best = divided;
    let changes = 0;
    for (const own of cluster.gpusOf)
      changes += level(state, own, { changes: LEVELLING * effort, enough, replicas: false });
    if (changes === 0) break;
  }
  return best;
}

function greatest(loads: Float64Array): number {
  let most = 0;
  for (let gpu = 0; gpu < loads.length; gpu++) if (loads[gpu]! > most) most = loads[gpu]!;
  return most;
}
