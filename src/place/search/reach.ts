// Which nodes tokens go to, kept up to date while experts change nodes. All replicas of an expert have equal shares.
import type { LayerTerms } from "./terms.js";

export class NodeReach {
  /** [node * experts + expert] replicas on a node. */
  readonly onNode: Int32Array;
  /** [node] share of the tokens that have an expert there. */
  readonly reached: Float64Array;
  /** [node * groups + group] sums over the experts there, see `Choices.missed`. */
  readonly #means: Float64Array;
  readonly #logs: Float64Array;
  readonly #misses: Float64Array;
  /** [node] see `Choices.withoutPairs`; made when first asked for. */
  readonly #without: (Float64Array | undefined)[];
  /** [node] whether that is of now. */
  readonly #isFresh: Uint8Array;

  /** `count`: [expert] replicas; whoever changes it calls `uncount` before and `recount` behind. */
  constructor(
    readonly terms: LayerTerms,
    readonly count: Int32Array,
  ) {
    const { nodes, experts, groups } = terms;
    this.onNode = new Int32Array(nodes * experts);
    this.reached = new Float64Array(nodes);
    this.#means = new Float64Array(nodes * groups);
    this.#logs = new Float64Array(nodes * groups);
    this.#misses = new Float64Array(nodes * groups).fill(1);
    this.#without = new Array<Float64Array | undefined>(nodes).fill(undefined);
    this.#isFresh = new Uint8Array(nodes);
  }

  /** Everything from `onNode`, anew. */
  renew(): void {
    const { nodes, experts, groups, choices } = this.terms;
    this.#means.fill(0);
    this.#logs.fill(0);
    for (let node = 0; node < nodes; node++)
      for (let expert = 0; expert < experts; expert++) {
        const replicas = this.onNode[node * experts + expert]!;
        if (replicas === 0) continue;
        const at = node * groups + choices.groupOf[expert]!;
        this.#means[at]! += this.#mean(expert, replicas);
        this.#logs[at]! += this.#log(expert, replicas);
      }
    for (let node = 0; node < nodes; node++) {
      for (let group = 0; group < groups; group++) this.#renewGroup(node, group);
      this.#renewNode(node);
    }
  }

  /** The chance of a node if one replica of an expert went and one of another came. */
  exchanged(node: number, leaving: number, coming: number): number {
    const { groups, choices } = this.terms;
    const base = node * groups;
    const from = choices.groupOf[leaving]!;
    const to = choices.groupOf[coming]!;
    const less = -this.#mean(leaving, 1);
    const more = this.#mean(coming, 1);
    const lessLog = this.#logChange(node, leaving, -1);
    const moreLog = this.#logChange(node, coming, 1);
    const without = this.#withoutPairs(node);
    if (from === to) {
      const missed = this.#missWith(base + from, from, less + more, lessLog + moreLog);
      return choices.reachesBut(without, from, missed, from, missed);
    }
    const missedFrom = this.#missWith(base + from, from, less, lessLog);
    const missedTo = this.#missWith(base + to, to, more, moreLog);
    return choices.reachesBut(without, from, missedFrom, to, missedTo);
  }

  /** A replica of an expert leaves a node and one of another comes. */
  exchange(node: number, leaving: number, coming: number): void {
    this.#shift(node, leaving, -1);
    this.#shift(node, coming, 1);
    this.#renewNode(node);
  }

  /** Before the number of an expert's replicas, or their nodes, change. */
  uncount(expert: number): void {
    this.#spread(expert, -1);
  }

  /** Behind that. */
  recount(expert: number): void {
    this.#spread(expert, 1);
    const group = this.terms.choices.groupOf[expert]!;
    for (let node = 0; node < this.terms.nodes; node++) {
      this.#renewGroup(node, group);
      this.#renewNode(node);
    }
  }

  #spread(expert: number, sign: number): void {
    const { nodes, experts, groups, choices } = this.terms;
    for (let node = 0; node < nodes; node++) {
      const replicas = this.onNode[node * experts + expert]!;
      if (replicas === 0) continue;
      const at = node * groups + choices.groupOf[expert]!;
      this.#means[at]! += sign * this.#mean(expert, replicas);
      this.#logs[at]! += sign * this.#log(expert, replicas);
    }
  }

  #shift(node: number, expert: number, by: number): void {
    const { experts, groups, choices } = this.terms;
    const group = choices.groupOf[expert]!;
    const at = node * groups + group;
    this.#means[at]! += by * this.#mean(expert, 1);
    this.#logs[at]! += this.#logChange(node, expert, by);
    this.onNode[node * experts + expert]! += by;
    this.#renewGroup(node, group);
  }

  #logChange(node: number, expert: number, by: number): number {
    const replicas = this.onNode[node * this.terms.experts + expert]!;
    return this.#log(expert, replicas + by) - this.#log(expert, replicas);
  }

  #missWith(at: number, group: number, mean: number, log: number): number {
    const sum = this.#means[at]! + mean;
    return sum < 1e-12 ? 1 : this.terms.choices.missed(group, sum, this.#logs[at]! + log);
  }

  #renewGroup(node: number, group: number): void {
    const at = node * this.terms.groups + group;
    this.#misses[at] = this.#missWith(at, group, 0, 0);
  }

  #renewNode(node: number): void {
    const { choices, groups } = this.terms;
    this.reached[node] = choices.reaches(this.#misses, node * groups);
    this.#isFresh[node] = 0;
  }

  #withoutPairs(node: number): Float64Array {
    const { choices, groups } = this.terms;
    const known = (this.#without[node] ??= new Float64Array(3 * groups * groups));
    if (this.#isFresh[node] === 0) {
      choices.withoutPairs(this.#misses, node * groups, known);
      this.#isFresh[node] = 1;
    }
    return known;
  }

  #mean(expert: number, replicas: number): number {
    return (this.terms.choices.chosen[expert]! * replicas) / this.count[expert]!;
  }

  #log(expert: number, replicas: number): number {
    if (replicas === 0) return 0;
    const count = this.count[expert]!;
    return replicas === count
      ? this.terms.logMiss[expert]!
      : Math.log(1 - (this.terms.choices.chosen[expert]! * replicas) / count);
  }
}
