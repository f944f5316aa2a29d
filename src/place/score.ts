// What a placement of a layer costs: loads of the GPUs, copies of tokens for other nodes, and the time of the layer.
import { Choices } from "./crossing.js";
import {
  nodeCount,
  nodeOfSlots,
  slotBegins,
  type Gpus,
  type PlacedLayer,
  type PlaceProblem,
} from "./problem.js";
import { reachedByChoices, reachedByTokens, Whereabouts } from "./reached.js";
import { cappedShares, sharesOf } from "./shares.js";

/** GPUs whose experts are timed. */
const MOST_TIMED = 6;

export interface LayerScore {
  /** Mean over greatest load of the GPUs, each over its speed, where the replicas of an expert have equal shares: 1 is best. */
  readonly evenBalance: number;
  /** The same with the shares that the placement states. */
  readonly balance: number;
  /** Greatest load of a GPU over its speed, in the unit of the loads. */
  readonly maxLoad: number;
  /** Mean number of nodes that a token is sent to, its own left out. */
  readonly copies: number;
  /** Bytes of the whole layer that cross nodes, to the experts and back. */
  readonly slowBytes: number;
  readonly dispatchUs: number;
  readonly expertsUs: number;
  readonly combineUs: number;
  /** Their sum: nothing is hidden behind anything. */
  readonly timeUs: number;
}

interface Crossing {
  /** Nodes that a token is sent to besides its own, in the mean. */
  readonly copies: number;
  /** The most that a GPU's port sends or receives, where the ports of a node share what comes for it. */
  readonly slowCopies: number;
  /** All of them. */
  readonly crossing: number;
}

/** Scores of placements of one layer. */
export class LayerScorer {
  readonly #shares: Float64Array;
  readonly #choices: Choices;
  readonly #sum: number;
  readonly #nodeOfSlot: readonly number[];

  /** `known`: what was found out of the layer before. */
  constructor(
    readonly problem: PlaceProblem,
    readonly layer: number,
    known?: { readonly shares: Float64Array; readonly choices: Choices },
  ) {
    const loads = problem.loads[layer]!;
    this.#shares = known?.shares ?? sharesOf(loads);
    this.#choices = known?.choices ?? new Choices(cappedShares(loads, problem.gate.topK), problem.gate);
    this.#nodeOfSlot = nodeOfSlots(problem.gpus);
    this.#sum = loads.reduce((all, each) => all + each, 0);
  }

  score(placed: PlacedLayer): LayerScore {
    const { gpus, gate, prices } = this.problem;
    const split = splitOf(placed, this.#shares.length);
    const even = splitOf({ ...placed, turns: placed.turns.map(() => 1) }, this.#shares.length);
    const [loads, evenLoads] = [split, even].map((shares) => this.#gpuLoads(placed, shares)) as [
      Float64Array,
      Float64Array,
    ];
    const world = gpus.slots.length;
    const pairs = world * prices.tokensPerGpu * gate.topK;
    const begins = slotBegins(gpus.slots);
    let expertsUs = 0;
    for (const gpu of busiest(loads, gpus.speeds)) {
      const rows = placed.expertOfSlot
        .slice(begins[gpu], begins[gpu + 1])
        .map((expert, own) => this.#shares[expert]! * split[begins[gpu]! + own]! * pairs);
      expertsUs = Math.max(expertsUs, prices.expertsUs(rows) / gpus.speeds[gpu]!);
    }
    const most = loads.reduce((best, each) => Math.max(best, each), 0);
    const fastRows = most * pairs * (1 - 1 / world);
    const { copies, slowCopies, crossing } = this.#crossing(placed.expertOfSlot, placed.turns);
    const exchangeUs = (bytes: number): number =>
      (fastRows * bytes) / prices.fastRate + (slowCopies * bytes) / prices.slowRate;
    const [dispatchUs, combineUs] = [exchangeUs(prices.dispatchBytes), exchangeUs(prices.combineBytes)];
    return {
      evenBalance: balanceOf(evenLoads, gpus),
      balance: balanceOf(loads, gpus),
      maxLoad: loads.reduce((best, each, gpu) => Math.max(best, each / gpus.speeds[gpu]!), 0) * this.#sum,
      copies,
      slowBytes: crossing * (prices.dispatchBytes + prices.combineBytes),
      ...{ dispatchUs, expertsUs, combineUs, timeUs: dispatchUs + expertsUs + combineUs },
    };
  }

  /** Microseconds for which the busiest port between nodes carries copies, to the experts and back. */
  slowUs(expertOfSlot: ArrayLike<number>, turns: ArrayLike<number>): number {
    const { dispatchBytes, combineBytes, slowRate } = this.problem.prices;
    return (this.#crossing(expertOfSlot, turns).slowCopies * (dispatchBytes + combineBytes)) / slowRate;
  }

  /** [gpu] share of all rows. */
  #gpuLoads({ expertOfSlot }: PlacedLayer, split: readonly number[]): Float64Array {
    const { slots } = this.problem.gpus;
    const loads = new Float64Array(slots.length);
    let slot = 0;
    slots.forEach((own, gpu) => {
      for (const end = slot + own; slot < end; slot++)
        loads[gpu]! += this.#shares[expertOfSlot[slot]!]! * split[slot]!;
    });
    return loads;
  }

  #crossing(expertOfSlot: ArrayLike<number>, turns: ArrayLike<number>): Crossing {
    const { gpus, gate, prices, tokens } = this.problem;
    const { nodeOf } = gpus;
    const nodes = nodeCount(gpus);
    if (nodes < 2) return { copies: 0, slowCopies: 0, crossing: 0 };
    const where = new Whereabouts(expertOfSlot, turns, this.#nodeOfSlot, nodes, this.#shares.length);
    const seen = tokens?.[this.layer];
    const reached =
      seen === undefined || seen.length < gate.topK
        ? reachedByChoices(this.#choices, where, gate.groups)
        : reachedByTokens(seen, gate.topK, where);
    const sizes = new Float64Array(nodes);
    for (const node of nodeOf) sizes[node]!++;
    const all = reached.reduce((sum, each) => sum + each, 0);
    let [slowCopies, crossing] = [0, 0];
    for (let node = 0; node < nodes; node++) {
      const others = (nodeOf.length - sizes[node]!) * prices.tokensPerGpu * reached[node]!;
      crossing += others;
      slowCopies = Math.max(slowCopies, others / sizes[node]!, prices.tokensPerGpu * (all - reached[node]!));
    }
    return { copies: crossing / (nodeOf.length * prices.tokensPerGpu), slowCopies, crossing };
  }
}

/** The GPUs with most rows for their speeds, among which is the one that takes longest: tiles make a few rows' difference. */
function busiest(loads: Float64Array, speeds: readonly number[]): readonly number[] {
  const pressure = Array.from(loads, (load, gpu) => load / speeds[gpu]!);
  return pressure
    .map((_, gpu) => gpu)
    .sort((a, b) => pressure[b]! - pressure[a]! || a - b)
    .slice(0, MOST_TIMED);
}

/** [slot] share of its expert's tokens. */
export function splitOf({ expertOfSlot, turns }: PlacedLayer, experts: number): number[] {
  const rounds = new Float64Array(experts);
  expertOfSlot.forEach((expert, slot) => (rounds[expert]! += turns[slot]!));
  return expertOfSlot.map((expert, slot) => turns[slot]! / rounds[expert]!);
}

/** Mean over greatest of the loads, each over its GPU's speed; the mean is what all GPUs with slots would have were they even. */
function balanceOf(loads: Float64Array, { speeds, slots }: Gpus): number {
  let total = 0;
  let speed = 0;
  let most = 0;
  loads.forEach((load, gpu) => {
    total += load;
    speed += slots[gpu]! > 0 ? speeds[gpu]! : 0;
    most = Math.max(most, load / speeds[gpu]!);
  });
  return most === 0 ? 1 : total / speed / most;
}
