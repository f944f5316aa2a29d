// A placement of a layer while it is searched: loads of the GPUs and chances of the nodes, kept up to date with every change.
import type { ReachModel } from "./reach-model.js";
import { NodeReach } from "./reach.js";
import { TokenReach } from "./token-reach.js";
import type { ClusterTerms, LayerTerms } from "./terms.js";

export class LayerState {
  readonly cluster: ClusterTerms;
  /** [slot] */
  readonly expertOf: Int32Array;
  /** [expert] its replicas. */
  readonly count: Int32Array;
  /** [slot] share of the rows. An expert's is divided equally until `divide` says otherwise. */
  readonly parts: Float64Array;
  /** [gpu] share of the rows over its speed. */
  readonly loads: Float64Array;
  /** Undefined where nothing crosses, in one node, and where what does is no matter. */
  readonly reach: ReachModel | undefined;
  /** [expert * world + gpu] slot of the expert there, or -1. */
  readonly #slotAt: Int16Array | Int32Array;

  constructor(
    readonly terms: LayerTerms,
    expertOf: ArrayLike<number>,
    /** See `NodeReach`; undefined where loads alone matter. */
    inStep: boolean | undefined,
  ) {
    const { cluster } = terms;
    const { experts, world, nodes } = cluster;
    this.cluster = cluster;
    this.expertOf = new Int32Array(expertOf);
    this.count = new Int32Array(experts);
    this.#slotAt = new (cluster.slots < 2 ** 15 ? Int16Array : Int32Array)(experts * world).fill(-1);
    this.parts = new Float64Array(this.expertOf.length);
    this.loads = new Float64Array(world);
    this.reach = nodes < 2 || inStep === undefined ? undefined : reachOf(terms, this.count, inStep);
    this.expertOf.forEach((expert, slot) => {
      this.count[expert]!++;
      this.#list(slot);
    });
    this.reach?.renew();
    this.divide(this.expertOf.map(() => 1));
  }

  /** Divides the rows of each expert by turns: [slot]. Nodes are still reached as if shares were equal. */
  divide(turns: ArrayLike<number>): void {
    const { cluster, expertOf, loads, parts, terms } = this;
    const rounds = new Float64Array(cluster.experts);
    for (let slot = 0; slot < expertOf.length; slot++) rounds[expertOf[slot]!]! += turns[slot]!;
    loads.fill(0);
    for (let slot = 0; slot < expertOf.length; slot++) {
      const expert = expertOf[slot]!;
      const gpu = cluster.gpuOf[slot]!;
      parts[slot] = (terms.shares[expert]! * turns[slot]!) / rounds[expert]!;
      loads[gpu]! += parts[slot]! * cluster.slowness[gpu]!;
    }
  }

  holds(expert: number, gpu: number): boolean {
    return this.#slotAt[expert * this.cluster.world + gpu]! >= 0;
  }

  /** Share of the rows that each replica of an expert has, where they are equal. */
  piece(expert: number): number {
    return this.terms.shares[expert]! / this.count[expert]!;
  }

  /** Whether the experts of two slots may change places: neither GPU would hold one twice, and neither is pinned. */
  maySwap(one: number, other: number): boolean {
    const { gpuOf } = this.cluster;
    const a = this.expertOf[one]!;
    const b = this.expertOf[other]!;
    const h = gpuOf[one]!;
    const g = gpuOf[other]!;
    if (a === b || this.holds(a, g) || this.holds(b, h)) return false;
    return !this.cluster.isPinned(a, h) && !this.cluster.isPinned(b, g);
  }

  swap(one: number, other: number): void {
    const { cluster, expertOf, loads, parts } = this;
    const [a, b] = [expertOf[one]!, expertOf[other]!];
    const [h, g] = [cluster.gpuOf[one]!, cluster.gpuOf[other]!];
    const more = parts[other]! - parts[one]!;
    loads[h]! += more * cluster.slowness[h]!;
    loads[g]! -= more * cluster.slowness[g]!;
    const [first, second] = [cluster.nodeOf[h]!, cluster.nodeOf[g]!];
    if (first !== second) {
      this.reach?.exchange(first, a, b);
      this.reach?.exchange(second, b, a);
    }
    this.#slotAt[a * cluster.world + h] = -1;
    this.#slotAt[b * cluster.world + g] = -1;
    this.#slotAt[a * cluster.world + g] = other;
    this.#slotAt[b * cluster.world + h] = one;
    expertOf[one] = b;
    expertOf[other] = a;
    parts[one]! += more;
    parts[other]! -= more;
  }

  /** Whether the expert in a slot may make way for one more replica of another. */
  mayReplace(slot: number, expert: number): boolean {
    const old = this.expertOf[slot]!;
    const gpu = this.cluster.gpuOf[slot]!;
    return this.count[old]! > 1 && !this.holds(expert, gpu) && !this.cluster.isPinned(old, gpu);
  }

  /** Both experts' shares are equal again behind it. */
  replace(slot: number, expert: number): void {
    const { cluster } = this;
    const old = this.expertOf[slot]!;
    const gpu = cluster.gpuOf[slot]!;
    const at = cluster.nodeOf[gpu]! * cluster.experts;
    for (const each of [old, expert]) this.#spread(each, -1);
    this.count[old]!--;
    this.count[expert]!++;
    this.#slotAt[old * cluster.world + gpu] = -1;
    this.#slotAt[expert * cluster.world + gpu] = slot;
    this.expertOf[slot] = expert;
    if (this.reach !== undefined) {
      this.reach.onNode[at + old]!--;
      this.reach.onNode[at + expert]!++;
    }
    for (const each of [old, expert]) this.#spread(each, 1);
    // The node that lost its last replica of the old one has the new one.
    this.reach?.recount([old, expert]);
  }

  #list(slot: number): void {
    const { world, experts, gpuOf, nodeOf } = this.cluster;
    const expert = this.expertOf[slot]!;
    const gpu = gpuOf[slot]!;
    this.#slotAt[expert * world + gpu] = slot;
    if (this.reach !== undefined) this.reach.onNode[nodeOf[gpu]! * experts + expert]!++;
  }

  /** Adds what all replicas of an expert are to the sums, or takes it away. */
  #spread(expert: number, sign: 1 | -1): void {
    const { cluster, loads, parts } = this;
    const piece = this.piece(expert);
    const row = expert * cluster.world;
    for (let gpu = 0; gpu < cluster.world; gpu++) {
      const slot = this.#slotAt[row + gpu]!;
      if (slot < 0) continue;
      if (sign > 0) parts[slot] = piece;
      loads[gpu]! += sign * parts[slot]! * cluster.slowness[gpu]!;
    }
  }
}

function reachOf(terms: LayerTerms, count: Int32Array, inStep: boolean): ReachModel {
  const { seen } = terms;
  return seen === undefined
    ? new NodeReach(terms, count, inStep)
    : new TokenReach(terms, count, seen.tokensOf, seen.tokens);
}
