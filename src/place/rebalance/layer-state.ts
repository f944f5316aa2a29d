// One layer while its experts move: which expert is where, how its rows divide, and what a change of one or two slots would cost.
import { slotBegins, type PlaceProblem } from "../problem.js";
import { sharesOf } from "../shares.js";
import { MOST_TURNS } from "../split.js";
import { CrossingState } from "./crossing-state.js";
import { Vessel } from "./fill.js";

/** No expert: an empty slot. */
export const FREE = -1;
/** A replica takes at least one turn of the longest round. */
const LEAST_PART = 1 / MOST_TURNS;
/** So many times the rows of all replicated experts are divided anew after a change. */
const SWEEPS = 2;

/**
 * Costs are microseconds: of the hottest GPU's rows, to it, in it and back, and of the copies between nodes. The hottest is taken
 * as a mean of high order, so that of several equally hot GPUs the relief of each counts.
 */
export class LayerState {
  readonly expertOf: Int32Array;
  readonly gpuOf: Int32Array;
  /** [expert] slots that hold it. */
  readonly slotsOf: number[][];
  /** [slot] share of all rows. */
  readonly parts: Float64Array;
  /** [gpu] microseconds if all rows were its own. */
  readonly weights: Float64Array;
  /** [gpu] share of all rows. */
  readonly loads: Float64Array;
  readonly shares: Float64Array;
  readonly experts: number;
  /** The cost of what is there now. */
  costUs = 0;
  /** [gpu * experts + expert] the slot, or -1. */
  readonly #slotAt: Int32Array;
  readonly #nodeOf: readonly number[];
  readonly #crossing: CrossingState;
  readonly #vessel: Vessel;
  readonly #trialLoads: Float64Array;
  readonly #changed: number[] = [];

  constructor(problem: PlaceProblem, layer: number, expertOfSlot: ArrayLike<number>) {
    const { gpus } = problem;
    this.shares = sharesOf(problem.loads[layer]!);
    this.experts = this.shares.length;
    this.expertOf = Int32Array.from(expertOfSlot);
    this.gpuOf = new Int32Array(this.expertOf.length);
    const begins = slotBegins(gpus.slots);
    gpus.slots.forEach((_, gpu) => this.gpuOf.fill(gpu, begins[gpu], begins[gpu + 1]));
    this.#nodeOf = gpus.nodeOf;
    this.parts = new Float64Array(this.expertOf.length);
    this.loads = new Float64Array(gpus.slots.length);
    this.#trialLoads = new Float64Array(gpus.slots.length);
    this.weights = rowWeights(problem, this.experts);
    this.#vessel = new Vessel(this.weights);
    this.#crossing = new CrossingState(problem, layer);
    this.#slotAt = new Int32Array(gpus.slots.length * this.experts).fill(-1);
    this.slotsOf = Array.from({ length: this.experts }, () => []);
    this.expertOf.forEach((expert, slot) => {
      if (expert !== FREE) this.#enter(expert, slot);
    });
    this.#settle();
  }

  /** Whether a GPU holds an expert. */
  holds(gpu: number, expert: number): boolean {
    return this.#slotAt[gpu * this.experts + expert]! >= 0;
  }

  /** Whether what a slot holds has another replica, so that it may be overwritten. */
  isSpare(slot: number): boolean {
    const expert = this.expertOf[slot]!;
    return expert === FREE || this.slotsOf[expert]!.length > 1;
  }

  /** Microseconds of a GPU's rows. */
  levelOf(gpu: number): number {
    return this.loads[gpu]! * this.weights[gpu]!;
  }

  /** Puts an expert into a slot. */
  put(slot: number, expert: number): void {
    this.#leave(slot);
    this.expertOf[slot] = expert;
    if (expert !== FREE) this.#enter(expert, slot);
    this.#settle();
  }

  /** Swaps what two slots hold. */
  swap(first: number, second: number): void {
    const [one, other] = [this.expertOf[first]!, this.expertOf[second]!];
    this.#leave(first);
    this.#leave(second);
    [this.expertOf[first], this.expertOf[second]] = [other, one];
    this.#enter(other, first);
    this.#enter(one, second);
    this.#settle();
  }

  /** The cost with an expert in a slot instead of what is there; at most what it is once all rows are divided anew. */
  costOfPut(slot: number, expert: number): number {
    return this.#trial(slot, expert, -1, FREE);
  }

  costOfSwap(first: number, second: number): number {
    return this.#trial(first, this.expertOf[second]!, second, this.expertOf[first]!);
  }

  #trial(first: number, toFirst: number, second: number, toSecond: number): number {
    const changed = this.#changed;
    changed.length = 0;
    const note = (expert: number): void => {
      if (expert !== FREE && !changed.includes(expert)) changed.push(expert);
    };
    note(this.expertOf[first]!);
    note(toFirst);
    if (second >= 0) {
      note(this.expertOf[second]!);
      note(toSecond);
    }
    const loads = this.#trialLoads;
    loads.set(this.loads);
    for (const expert of changed)
      for (const slot of this.slotsOf[expert]!) loads[this.gpuOf[slot]!]! -= this.parts[slot]!;
    this.#crossing.begin();
    for (const expert of changed) {
      this.#vessel.clear();
      for (const slot of this.slotsOf[expert]!)
        if (slot !== first && slot !== second) this.#vessel.add(this.gpuOf[slot]!);
      if (expert === toFirst) this.#vessel.add(this.gpuOf[first]!);
      if (second >= 0 && expert === toSecond) this.#vessel.add(this.gpuOf[second]!);
      this.#pour(expert, loads);
      this.#divideOverNodes(expert);
    }
    return meanOfHighOrder(loads, this.weights) + this.#crossing.timeUs();
  }

  #pour(expert: number, loads: Float64Array): void {
    const share = this.shares[expert]!;
    const { count } = this.#vessel;
    this.#vessel.fill(share, count * LEAST_PART > 1 / 2 ? 0 : share * LEAST_PART, loads);
  }

  /** Tells the crossing how the vessel's division of an expert falls on the nodes. */
  #divideOverNodes(expert: number): void {
    const { gpus, given, count } = this.#vessel;
    const share = this.shares[expert]!;
    if (share === 0 || this.#crossing.nodes < 2) return;
    for (let node = 0; node < this.#crossing.nodes; node++) {
      let part = 0;
      for (let place = 0; place < count; place++)
        if (this.#nodeOf[gpus[place]!] === node) part += given[place]!;
      this.#crossing.change(node, expert, part / share);
    }
  }

  #enter(expert: number, slot: number): void {
    this.slotsOf[expert]!.push(slot);
    this.#slotAt[this.gpuOf[slot]! * this.experts + expert] = slot;
  }

  #leave(slot: number): void {
    const expert = this.expertOf[slot]!;
    if (expert === FREE) return;
    const slots = this.slotsOf[expert]!;
    slots.splice(slots.indexOf(slot), 1);
    this.#slotAt[this.gpuOf[slot]! * this.experts + expert] = -1;
  }

  /** Divides the rows of all experts, those with one replica first, and prices what comes of it. */
  #settle(): void {
    this.loads.fill(0);
    this.parts.fill(0);
    const replicated: number[] = [];
    this.slotsOf.forEach((slots, expert) => {
      if (slots.length === 1) {
        this.parts[slots[0]!] = this.shares[expert]!;
        this.loads[this.gpuOf[slots[0]!]!]! += this.shares[expert]!;
      } else if (slots.length > 1) replicated.push(expert);
    });
    replicated.sort((a, b) => this.shares[b]! - this.shares[a]! || a - b);
    for (let sweep = 0; sweep <= SWEEPS; sweep++) for (const expert of replicated) this.#divide(expert);
    const fractions = new Float64Array(this.#crossing.nodes * this.experts);
    this.expertOf.forEach((expert, slot) => {
      if (expert === FREE || this.shares[expert] === 0) return;
      const node = this.#nodeOf[this.gpuOf[slot]!]!;
      fractions[node * this.experts + expert]! += this.parts[slot]! / this.shares[expert]!;
    });
    this.#crossing.keep(fractions);
    this.costUs = meanOfHighOrder(this.loads, this.weights) + this.#crossing.timeUs();
  }

  #divide(expert: number): void {
    this.#vessel.clear();
    for (const slot of this.slotsOf[expert]!) {
      this.loads[this.gpuOf[slot]!]! -= this.parts[slot]!;
      this.#vessel.add(this.gpuOf[slot]!);
    }
    this.#pour(expert, this.loads);
    const { gpus, given, count } = this.#vessel;
    for (let place = 0; place < count; place++)
      this.parts[this.#slotAt[gpus[place]! * this.experts + expert]!] = given[place]!;
  }
}

/** (mean of the 16th powers) ^ (1/16) of the loads times their weights. */
function meanOfHighOrder(loads: Float64Array, weights: Float64Array): number {
  let most = 0;
  for (let gpu = 0; gpu < loads.length; gpu++) most = Math.max(most, loads[gpu]! * weights[gpu]!);
  if (most === 0) return 0;
  let sum = 0;
  for (let gpu = 0; gpu < loads.length; gpu++) {
    const part = (loads[gpu]! * weights[gpu]!) / most;
    const fourth = part * part * part * part;
    sum += fourth * fourth * fourth * fourth;
  }
  return most * (sum / loads.length) ** (1 / 16);
}

/** [gpu] microseconds of a unit of load: in the ports there and back, and what more rows take in the experts. */
function rowWeights({ gpus, gate, prices }: PlaceProblem, experts: number): Float64Array {
  const world = gpus.slots.length;
  const pairs = world * prices.tokensPerGpu * gate.topK;
  const exchangeUs = ((1 - 1 / world) * (prices.dispatchBytes + prices.combineBytes)) / prices.fastRate;
  const held = Math.max(1, Math.round(experts / world));
  const timeUs = (rows: number): number => prices.expertsUs(new Array<number>(held).fill(rows / held));
  const mean = pairs / world;
  // Over a wide span, so that steps of tiles do not show.
  const rowUs = Math.max(1e-9, (timeUs(2 * mean) - timeUs(mean)) / mean);
  return Float64Array.from(gpus.speeds, (speed) => pairs * (exchangeUs + rowUs / speed));
}
