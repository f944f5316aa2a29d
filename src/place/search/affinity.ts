// A placement that a search begins from: groups on nodes as far as the nodes stay equally loaded.
import { fills } from "./groups.js";
import { pack, pieceLoads, piecesOf, pinnedCounts, replicaCounts } from "./pack.js";
import type { SeenTokens } from "./seen-tokens.js";
import type { ClusterTerms, LayerTerms } from "./terms.js";

/** How much more than its share a node may carry before hot experts of its groups go elsewhere. */
const NODE_SLACK = 1.02;

/**
 * Groups fill nodes one behind the other, their cold experts first; what would load a node beyond its share goes where there is
 * most room. So hot experts are spread and the others stay together.
 */
export function affinityStart({ cluster, shares }: LayerTerms): Int32Array | undefined {
  const filling = new NodeFilling(cluster, shares);
  const spilled: number[] = [];
  for (const own of groupsByLoad(cluster, shares)) spilled.push(...filling.putGroup(own));
  const { loads } = filling;
  spilled.sort((a, b) => loads[b]! - loads[a]! || a - b);
  if (!spilled.every((expert) => filling.putAnywhere(expert))) return undefined;
  return filling.packed();
}

/**
 * The same by tokens that were seen, whatever the groups: an expert goes where more of its tokens go already than chance would have. Those of several
 * replicas come first, where there is room: they are everywhere.
 */
export function coactivationStart(
  { cluster, shares }: LayerTerms,
  { tokensOf, tokens }: SeenTokens,
): Int32Array | undefined {
  const filling = new NodeFilling(cluster, shares);
  const { loads } = filling;
  const there = new Uint8Array(cluster.nodes * tokens);
  const arrived = new Int32Array(cluster.nodes);
  const open = filling.pieces().sort((a, b) => loads[b]! - loads[a]! || a - b);
  for (const expert of open) {
    const own = tokensOf[expert]!;
    const shared = (node: number): number => {
      let count = 0;
      for (const token of own) count += there[node * tokens + token]!;
      return count - (own.length * arrived[node]!) / tokens;
    };
    const node = filling.isDivided(expert) ? undefined : filling.putBest(expert, shared);
    if (node === undefined) {
      if (!filling.putAnywhere(expert)) return undefined;
      continue;
    }
    for (const token of own) {
      if (there[node * tokens + token] === 0) arrived[node]!++;
      there[node * tokens + token] = 1;
    }
  }
  return filling.packed();
}

/** Nodes that get replicas of experts. */
class NodeFilling {
  /** [expert] load of each replica. */
  readonly loads: Float64Array;
  /** [expert] replicas, and those that are not on a node yet. */
  readonly #counts: Int32Array;
  readonly #left: Int32Array;
  /** [node * experts + expert] */
  readonly #onNode: Int32Array;
  readonly #held: Int32Array;
  readonly #carried: Float64Array;
  readonly #all: readonly number[];
  readonly #speed: number;

  constructor(
    readonly cluster: ClusterTerms,
    shares: Float64Array,
  ) {
    const { nodes, experts, slots, gpusOf, nodeOf } = cluster;
    this.#all = Array.from({ length: experts }, (_, expert) => expert);
    const gpus = gpusOf.flat();
    this.#counts = replicaCounts(shares, this.#all, slots, gpus.length, pinnedCounts(cluster, gpus));
    this.#left = this.#counts.slice();
    this.loads = pieceLoads(shares, this.#counts);
    this.#onNode = new Int32Array(nodes * experts);
    this.#held = new Int32Array(nodes);
    this.#carried = new Float64Array(nodes);
    this.#speed = cluster.nodeSpeeds.reduce((sum, each) => sum + each, 0);
    for (const { expert, gpu } of cluster.problem.pins) this.#put(nodeOf[gpu]!, expert);
  }

  #put(node: number, expert: number): void {
    this.#onNode[node * this.cluster.experts + expert]!++;
    this.#held[node]!++;
    this.#carried[node]! += this.loads[expert]!;
    this.#left[expert]!--;
  }

  #hasRoom(node: number, expert: number): boolean {
    const { nodeSlots, gpusOf, experts } = this.cluster;
    return (
      this.#held[node]! < nodeSlots[node]! && this.#onNode[node * experts + expert]! < gpusOf[node]!.length
    );
  }

  /** Whether a node has room for an expert and carries no more than its share with it. */
  #fits(node: number, expert: number): boolean {
    const most = (NODE_SLACK * this.cluster.nodeSpeeds[node]!) / this.#speed;
    return this.#hasRoom(node, expert) && this.#carried[node]! + this.loads[expert]! <= most;
  }

  /** The node with least load for its speed that has room, or -1. */
  #emptiest(expert: number): number {
    const { nodes, nodeSpeeds } = this.cluster;
    let best = -1;
    for (let node = 0; node < nodes; node++) {
      if (!this.#hasRoom(node, expert)) continue;
      if (best < 0 || this.#carried[node]! / nodeSpeeds[node]! < this.#carried[best]! / nodeSpeeds[best]!)
        best = node;
    }
    return best;
  }

  /** Fills nodes with a group's experts, the coldest first; what is too much for a node is given back. */
  putGroup(experts: readonly number[]): readonly number[] {
    const { loads } = this;
    const pieces = experts
      .flatMap((expert) => new Array<number>(this.#left[expert]!).fill(expert))
      .sort((a, b) => loads[a]! - loads[b]! || a - b);
    let node = -1;
    return pieces.filter((expert) => {
      if (node < 0 || this.#held[node]! >= this.cluster.nodeSlots[node]!) node = this.#roomiest();
      if (node < 0 || !this.#fits(node, expert)) return true;
      this.#put(node, expert);
      return false;
    });
  }

  /** The node with most free slots; of equal ones the least loaded; -1 where all are full. */
  #roomiest(): number {
    const { nodes, nodeSlots } = this.cluster;
    let best = -1;
    for (let node = 0; node < nodes; node++) {
      const room = nodeSlots[node]! - this.#held[node]!;
      if (room <= 0) continue;
      const most = best < 0 ? -1 : nodeSlots[best]! - this.#held[best]!;
      if (room > most || (room === most && this.#carried[node]! < this.#carried[best]!)) best = node;
    }
    return best;
  }

  /** Replicas that are not on a node yet. */
  pieces(): number[] {
    return this.#all.flatMap((expert) => new Array<number>(this.#left[expert]!).fill(expert));
  }

  isDivided(expert: number): boolean {
    return this.#counts[expert]! > 1;
  }

  /** Puts a replica on the node of greatest worth that it fits, and gives it; of equal ones the least loaded. */
  putBest(expert: number, worth: (node: number) => number): number | undefined {
    let best: { readonly node: number; readonly worth: number } | undefined;
    for (let node = 0; node < this.cluster.nodes; node++) {
      if (!this.#fits(node, expert)) continue;
      const own = worth(node);
      const isBetter =
        best === undefined ||
        own > best.worth ||
        (own === best.worth && this.#carried[node]! < this.#carried[best.node]!);
      if (isBetter) best = { node, worth: own };
    }
    if (best === undefined) return undefined;
    this.#put(best.node, expert);
    return best.node;
  }

  /** Puts a replica where there is most room; where none is for its expert, another gets a replica. False where none can. */
  putAnywhere(expert: number): boolean {
    const node = this.#emptiest(expert);
    if (node >= 0) {
      this.#put(node, expert);
      return true;
    }
    const open = this.#held.findIndex((count, each) => count < this.cluster.nodeSlots[each]!);
    let best = -1;
    for (const other of this.#all)
      if (this.#hasRoom(open, other) && (best < 0 || this.loads[other]! > this.loads[best]!)) best = other;
    if (best < 0) return false;
    this.#put(open, best);
    return true;
  }

  /** [slot] experts, packed to the GPUs of their nodes; undefined where those cannot hold them. */
  packed(): Int32Array | undefined {
    const { cluster } = this;
    const { experts, gpusOf, slots } = cluster;
    const expertOf = new Int32Array(slots);
    for (const [node, gpus] of gpusOf.entries()) {
      const own = this.#onNode.slice(node * experts, (node + 1) * experts);
      const there = this.#all.filter((expert) => own[expert]! > 0);
      if (!fills(there.length, gpus, cluster)) return undefined;
      pack(piecesOf(this.loads, own, there), gpus, cluster, expertOf);
    }
    return expertOf;
  }
}

/** Experts of each group, the group with the greatest load first. */
function groupsByLoad(
  { groupOf, groups }: ClusterTerms,
  shares: Float64Array,
): readonly (readonly number[])[] {
  const own = Array.from({ length: groups }, (): number[] => []);
  const loads = new Float64Array(groups);
  groupOf.forEach((group, expert) => {
    own[group]!.push(expert);
    loads[group]! += shares[expert]!;
  });
  return own
    .map((experts, group) => ({ experts, load: loads[group]!, group }))
    .sort((a, b) => b.load - a.load || a.group - b.group)
    .map(({ experts }) => experts);
}
