// What the search lowers: time of the busiest GPU and of the busiest node's ports, smoothed so that relieving one of several equally
// busy ones counts too.
import type { PlaceProblem } from "../problem.js";
import type { LayerState } from "./state.js";

/** Rows over their mean at which the time of the experts is taken, for its slope. */
const SLOPE_STEP = 1.25;

/** Microseconds of a layer by what a placement decides. */
export interface Weights {
  /** For all rows on one GPU of speed 1. */
  readonly load: number;
  /** [node] for a copy of every token; 0 where there is one node. */
  readonly reach: Float64Array;
}

export function weightsOf({ gpus, gate, prices }: PlaceProblem): Weights {
  const world = gpus.slots.length;
  const pairs = world * prices.tokensPerGpu * gate.topK;
  const bytes = prices.dispatchBytes + prices.combineBytes;
  const slots = Math.max(1, Math.round(gpus.slots.reduce((sum, each) => sum + each, 0) / world));
  const timeAt = (rows: number): number => prices.expertsUs(new Array<number>(slots).fill(rows / slots));
  const mean = pairs / world;
  const rowUs = Math.max(0, timeAt(SLOPE_STEP * mean) - timeAt(mean)) / ((SLOPE_STEP - 1) * mean);
  const sizes = new Float64Array((gpus.nodeOf.at(-1) ?? 0) + 1);
  for (const node of gpus.nodeOf) sizes[node]!++;
  return {
    load: pairs * (rowUs + ((1 - 1 / world) * bytes) / prices.fastRate),
    reach: sizes.map((size) =>
      size === world ? 0 : (((world - size) / size) * prices.tokensPerGpu * bytes) / prices.slowRate,
    ),
  };
}

/** Of 8, everything counts; of 128, little but the greatest. */
export type Power = 8 | 32 | 128;

/** Time by norms of the loads and of the ports' times. */
export class Objective {
  readonly #loads: Float64Array;
  readonly #ports: Float64Array;
  readonly #doublings: number;
  readonly #root: number;
  #loadSum = 0;
  #portSum = 0;
  #loadScale = 1;
  #portScale = 0;
  #value = 0;
  /** Microseconds by the sums of powers, for small changes. */
  #loadSlope = 0;
  #portSlope = 0;

  constructor(
    readonly state: LayerState,
    readonly weights: Weights,
    power: Power,
  ) {
    this.#loads = new Float64Array(state.cluster.world);
    this.#ports = new Float64Array(state.cluster.nodes);
    this.#doublings = Math.log2(power);
    this.#root = 1 / power;
    this.renew();
  }

  get value(): number {
    return this.#value;
  }

  /** Behind any change of the state. */
  renew(): void {
    const { loads, reach } = this.state;
    const { weights } = this;
    let scale = 0;
    for (let gpu = 0; gpu < loads.length; gpu++) if (loads[gpu]! > scale) scale = loads[gpu]!;
    this.#loadScale = scale === 0 ? 1 : scale;
    this.#loadSum = 0;
    for (let gpu = 0; gpu < loads.length; gpu++)
      this.#loadSum += this.#loads[gpu] = this.#raised(loads[gpu]! / this.#loadScale);
    this.#portScale = 0;
    this.#portSum = 0;
    if (reach !== undefined) {
      const { reached } = reach;
      for (let node = 0; node < reached.length; node++)
        this.#portScale = Math.max(this.#portScale, reached[node]! * weights.reach[node]!);
      if (this.#portScale > 0)
        for (let node = 0; node < reached.length; node++)
          this.#portSum += this.#ports[node] = this.#port(node, reached[node]!);
    }
    this.#value = this.#total(this.#loadSum, this.#portSum);
    const { world, nodes } = this.state.cluster;
    this.#loadSlope =
      (weights.load * this.#loadScale * (this.#loadSum / world) ** this.#root * this.#root) / this.#loadSum;
    this.#portSlope =
      this.#portScale === 0
        ? 0
        : (this.#portScale * (this.#portSum / nodes) ** this.#root * this.#root) / this.#portSum;
  }

  /**
   * What a swap changes: less than nothing is better. Where that is no less than `enough` even if the norms were linear, which they
   * are below, the estimate is given. What raises the sum of the loads' powers by more than `mostLoad` is not looked at closer.
   */
  ofSwap(one: number, other: number, enough: number, mostLoad: number): number {
    const { state } = this;
    const { gpuOf, nodeOf, slowness } = state.cluster;
    const h = gpuOf[one]!;
    const g = gpuOf[other]!;
    const more = state.parts[other]! - state.parts[one]!;
    const loadChange =
      this.#raised((state.loads[h]! + more * slowness[h]!) / this.#loadScale) +
      this.#raised((state.loads[g]! - more * slowness[g]!) / this.#loadScale) -
      this.#loads[h]! -
      this.#loads[g]!;
    const first = nodeOf[h]!;
    const second = nodeOf[g]!;
    if (first === second || this.#portScale === 0 || loadChange > mostLoad)
      return loadChange * this.#loadSlope;
    const reach = state.reach!;
    const a = state.expertOf[one]!;
    const b = state.expertOf[other]!;
    const portChange =
      this.#port(first, reach.exchanged(first, a, b)) +
      this.#port(second, reach.exchanged(second, b, a)) -
      this.#ports[first]! -
      this.#ports[second]!;
    const estimate = loadChange * this.#loadSlope + portChange * this.#portSlope;
    if (estimate >= enough) return estimate;
    return this.#total(this.#loadSum + loadChange, this.#portSum + portChange) - this.#value;
  }

  #port(node: number, reached: number): number {
    return this.#raised((reached * this.weights.reach[node]!) / this.#portScale);
  }

  #raised(x: number): number {
    for (let doubling = 0; doubling < this.#doublings; doubling++) x *= x;
    return x;
  }

  #total(loadSum: number, portSum: number): number {
    const { world, nodes } = this.state.cluster;
    const load = this.weights.load * this.#loadScale * (loadSum / world) ** this.#root;
    return this.#portScale === 0 ? load : load + this.#portScale * (portSum / nodes) ** this.#root;
  }
}
