// Which nodes tokens go to, kept up to date while experts change nodes. All replicas of an expert have equal shares.
import type { ReachModel } from "./reach-model.js";
import type { LayerTerms } from "./terms.js";

/** Sums over the experts of each node, group by group, and what follows from them. */
class NodeSums {
  /** [node * groups + group] see `Choices.missed`. */
  readonly #means: Float64Array;
  readonly #logs: Float64Array;
  readonly #misses: Float64Array;
  /** [node] see `Choices.withoutPairs`; made when first asked for. */
  readonly #without: (Float64Array | undefined)[];
  /** [node] whether that is of now. */
  readonly #isFresh: Uint8Array;
  /** [node] share of the tokens that have one of the experts. */
  readonly reached: Float64Array;

  constructor(readonly terms: LayerTerms) {
    const { nodes, groups } = terms;
    this.#means = new Float64Array(nodes * groups);
    this.#logs = new Float64Array(nodes * groups);
    this.#misses = new Float64Array(nodes * groups).fill(1);
    this.#without = new Array<Float64Array | undefined>(nodes).fill(undefined);
    this.#isFresh = new Uint8Array(nodes);
    this.reached = new Float64Array(nodes);
  }

  clear(node: number): void {
    const { groups } = this.terms;
    this.#means.fill(0, node * groups, (node + 1) * groups);
    this.#logs.fill(0, node * groups, (node + 1) * groups);
  }

  add(node: number, group: number, mean: number, log: number): void {
    const at = node * this.terms.groups + group;
    this.#means[at]! += mean;
    this.#logs[at]! += log;
  }

  #missWith(node: number, group: number, mean: number, log: number): number {
    const at = node * this.terms.groups + group;
    const sum = this.#means[at]! + mean;
    return sum < 1e-12 ? 1 : this.terms.choices.missed(group, sum, this.#logs[at]! + log);
  }

  /** Behind changes of a group's sums. */
  renewGroup(node: number, group: number): void {
    this.#misses[node * this.terms.groups + group] = this.#missWith(node, group, 0, 0);
  }

  /** Behind all of them. */
  renew(node: number): void {
    this.reached[node] = this.terms.choices.reaches(this.#misses, node * this.terms.groups);
    this.#isFresh[node] = 0;
  }

  /** What `reached` were with other sums of two groups, or of one. */
  reachedWith(
    node: number,
    from: number,
    less: number,
    lessLog: number,
    to: number,
    more: number,
    moreLog: number,
  ): number {
    const { choices, groups } = this.terms;
    const without = (this.#without[node] ??= new Float64Array(3 * groups * groups));
    if (this.#isFresh[node] === 0) {
      choices.withoutPairs(this.#misses, node * groups, without);
      this.#isFresh[node] = 1;
    }
    if (from === to) {
      const missed = this.#missWith(node, from, less + more, lessLog + moreLog);
      return choices.reachesBut(without, from, missed, from, missed);
    }
    return choices.reachesBut(
      without,
      from,
      this.#missWith(node, from, less, lessLog),
      to,
      this.#missWith(node, to, more, moreLog),
    );
  }
}

/**
 * Chances of the nodes. `inStep`: replicas of different experts are on a node for the same tokens, as far as they can be, as they
 * are where rounds are equally long and replicas lie side by side; else each expert's for tokens of their own.
 */
export class NodeReach implements ReachModel {
  /** [node * experts + expert] replicas on a node. */
  readonly onNode: Int32Array;
  /** [node] share of the tokens that have an expert there. */
  readonly reached: Float64Array;
  /** With what a node's replicas of divided experts have, in the share of the tokens that have any of those there. */
  readonly #with: NodeSums;
  readonly #stepShare: Float64Array;
  /** Without divided experts, for all other tokens, where shares are in step. */
  readonly #plain: NodeSums | undefined;

  /** `count`: [expert] replicas; whoever changes it calls `recount` behind. */
  constructor(
    readonly terms: LayerTerms,
    readonly count: Int32Array,
    readonly inStep: boolean,
  ) {
    const { nodes, experts } = terms;
    this.onNode = new Int32Array(nodes * experts);
    this.reached = new Float64Array(nodes);
    this.#stepShare = new Float64Array(nodes).fill(1);
    this.#with = new NodeSums(terms);
    this.#plain = inStep ? new NodeSums(terms) : undefined;
  }

  /** Everything from `onNode`, anew. */
  renew(): void {
    for (let node = 0; node < this.terms.nodes; node++) this.#renewAll(node);
  }

  #renewAll(node: number): void {
    const { experts, groups, choices } = this.terms;
    const sums = this.#with;
    const plain = this.#plain;
    const share = (this.#stepShare[node] = this.#shareInStep(node));
    sums.clear(node);
    plain?.clear(node);
    for (let expert = 0; expert < experts; expert++) {
      const replicas = this.onNode[node * experts + expert]!;
      if (replicas === 0) continue;
      const group = choices.groupOf[expert]!;
      const count = this.count[expert]!;
      if (count === 1 || replicas === count) {
        sums.add(node, group, choices.chosen[expert]!, this.terms.logMiss[expert]!);
        plain?.add(node, group, choices.chosen[expert]!, this.terms.logMiss[expert]!);
        continue;
      }
      const chance = (choices.chosen[expert]! * replicas) / count / share;
      sums.add(node, group, chance, Math.log(1 - chance));
    }
    for (const each of plain === undefined ? [sums] : [sums, plain]) {
      for (let group = 0; group < groups; group++) each.renewGroup(node, group);
      each.renew(node);
    }
    this.#renewNode(node);
  }

  /** The greatest share of a divided expert's tokens that comes to a node: 1 where shares are not in step. */
  #shareInStep(node: number): number {
    if (!this.inStep) return 1;
    const { experts } = this.terms;
    let share = 0;
    for (let expert = 0; expert < experts; expert++) {
      const replicas = this.onNode[node * experts + expert]!;
      const count = this.count[expert]!;
      if (replicas > 0 && replicas < count) share = Math.max(share, replicas / count);
    }
    return share === 0 ? 1 : share;
  }

  #renewNode(node: number): void {
    const share = this.#stepShare[node]!;
    this.reached[node] =
      share * this.#with.reached[node]! + (share === 1 ? 0 : (1 - share) * this.#plain!.reached[node]!);
  }

  /** The chance of a node if one replica of an expert went and one of another came. In step, of experts that have no other. */
  exchanged(node: number, leaving: number, coming: number): number {
    const { groupOf } = this.terms.choices;
    const from = groupOf[leaving]!;
    const to = groupOf[coming]!;
    const less = -this.#mean(leaving);
    const more = this.#mean(coming);
    const lessLog = this.#logChange(node, leaving, -1);
    const moreLog = this.#logChange(node, coming, 1);
    const reached = this.#with.reachedWith(node, from, less, lessLog, to, more, moreLog);
    const share = this.#stepShare[node]!;
    if (share === 1) return reached;
    return (
      share * reached + (1 - share) * this.#plain!.reachedWith(node, from, less, lessLog, to, more, moreLog)
    );
  }

  /** A replica of an expert leaves a node and one of another comes. */
  exchange(node: number, leaving: number, coming: number): void {
    if (this.inStep && (this.count[leaving]! > 1 || this.count[coming]! > 1)) {
      this.onNode[node * this.terms.experts + leaving]!--;
      this.onNode[node * this.terms.experts + coming]!++;
      this.#renewAll(node);
      return;
    }
    this.#shift(node, leaving, -1);
    this.#shift(node, coming, 1);
    this.#with.renew(node);
    this.#plain?.renew(node);
    this.#renewNode(node);
  }

  #shift(node: number, expert: number, by: 1 | -1): void {
    const group = this.terms.choices.groupOf[expert]!;
    const log = this.#logChange(node, expert, by);
    const mean = by * this.#mean(expert);
    this.#with.add(node, group, mean, log);
    this.#with.renewGroup(node, group);
    this.#plain?.add(node, group, mean, log);
    this.#plain?.renewGroup(node, group);
    this.onNode[node * this.terms.experts + expert]! += by;
  }

  /** Behind a change of experts' numbers of replicas, or of their nodes. */
  recount(experts: readonly number[]): void {
    for (let node = 0; node < this.terms.nodes; node++)
      if (experts.some((expert) => this.onNode[node * this.terms.experts + expert]! > 0))
        this.#renewAll(node);
  }

  /** Chance that a token which chose an expert's group goes to one of its replicas. */
  #mean(expert: number): number {
    return this.terms.choices.chosen[expert]! / this.count[expert]!;
  }

  #logChange(node: number, expert: number, by: number): number {
    const replicas = this.onNode[node * this.terms.experts + expert]!;
    return this.#log(expert, replicas + by) - this.#log(expert, replicas);
  }

  #log(expert: number, replicas: number): number {
    if (replicas === 0) return 0;
    const count = this.count[expert]!;
    return replicas === count
      ? this.terms.logMiss[expert]!
      : Math.log(1 - (this.terms.choices.chosen[expert]! * replicas) / count);
  }
}
