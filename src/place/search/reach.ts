// Which nodes tokens go to, kept up to date while experts change nodes. All replicas of an expert have equal shares.
import type { ReachModel } from "./reach-model.js";
import type { LayerTerms } from "./terms.js";

/** Sums over the experts of a node, group by group, and what follows from them. */
class NodeSums {
  /** [group] see `Choices.missed`. */
  readonly means: Float64Array;
  readonly logs: Float64Array;
  readonly misses: Float64Array;
  /** See `Choices.withoutPairs`; made when first asked for. */
  #without: Float64Array | undefined;
  #isFresh = false;
  /** Share of the tokens that have one of the experts. */
  reached = 0;

  constructor(readonly terms: LayerTerms) {
    this.means = new Float64Array(terms.groups);
    this.logs = new Float64Array(terms.groups);
    this.misses = new Float64Array(terms.groups).fill(1);
  }

  clear(): void {
    this.means.fill(0);
    this.logs.fill(0);
  }

  add(group: number, mean: number, log: number): void {
    this.means[group]! += mean;
    this.logs[group]! += log;
  }

  missWith(group: number, mean: number, log: number): number {
    const sum = this.means[group]! + mean;
    return sum < 1e-12 ? 1 : this.terms.choices.missed(group, sum, this.logs[group]! + log);
  }

  /** Behind changes of a group's sums. */
  renewGroup(group: number): void {
    this.misses[group] = this.missWith(group, 0, 0);
  }

  /** Behind all of them. */
  renew(): void {
    this.reached = this.terms.choices.reaches(this.misses, 0);
    this.#isFresh = false;
  }

  /** What `reached` were with other sums of two groups, or of one. */
  reachedWith(
    from: number,
    less: number,
    lessLog: number,
    to: number,
    more: number,
    moreLog: number,
  ): number {
    const { choices, groups } = this.terms;
    const without = (this.#without ??= new Float64Array(3 * groups * groups));
    if (!this.#isFresh) {
      choices.withoutPairs(this.misses, 0, without);
      this.#isFresh = true;
    }
    if (from === to) {
      const missed = this.missWith(from, less + more, lessLog + moreLog);
      return choices.reachesBut(without, from, missed, from, missed);
    }
    return choices.reachesBut(
      without,
      from,
      this.missWith(from, less, lessLog),
      to,
      this.missWith(to, more, moreLog),
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
  /** [node] with what its replicas of divided experts have, in the share of the tokens that have any of those there. */
  readonly #with: readonly NodeSums[];
  readonly #stepShare: Float64Array;
  /** [node] without divided experts, for all other tokens. */
  readonly #plain: readonly NodeSums[];

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
    this.#with = Array.from({ length: nodes }, () => new NodeSums(terms));
    this.#plain = inStep ? Array.from({ length: nodes }, () => new NodeSums(terms)) : [];
  }

  /** Everything from `onNode`, anew. */
  renew(): void {
    for (let node = 0; node < this.terms.nodes; node++) this.#renewAll(node);
  }

  #renewAll(node: number): void {
    const { experts, groups, choices } = this.terms;
    const sums = this.#with[node]!;
    const plain = this.#plain[node];
    const share = (this.#stepShare[node] = this.#shareInStep(node));
    sums.clear();
    plain?.clear();
    for (let expert = 0; expert < experts; expert++) {
      const replicas = this.onNode[node * experts + expert]!;
      if (replicas === 0) continue;
      const group = choices.groupOf[expert]!;
      const count = this.count[expert]!;
      if (count === 1 || replicas === count) {
        sums.add(group, choices.chosen[expert]!, this.terms.logMiss[expert]!);
        plain?.add(group, choices.chosen[expert]!, this.terms.logMiss[expert]!);
        continue;
      }
      const chance = (choices.chosen[expert]! * replicas) / count / share;
      sums.add(group, chance, Math.log(1 - chance));
    }
    for (const each of plain === undefined ? [sums] : [sums, plain]) {
      for (let group = 0; group < groups; group++) each.renewGroup(group);
      each.renew();
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
      share * this.#with[node]!.reached + (share === 1 ? 0 : (1 - share) * this.#plain[node]!.reached);
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
    const reached = this.#with[node]!.reachedWith(from, less, lessLog, to, more, moreLog);
    const share = this.#stepShare[node]!;
    if (share === 1) return reached;
    return (
      share * reached + (1 - share) * this.#plain[node]!.reachedWith(from, less, lessLog, to, more, moreLog)
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
    this.#with[node]!.renew();
    if (this.inStep) this.#plain[node]!.renew();
    this.#renewNode(node);
  }

  #shift(node: number, expert: number, by: 1 | -1): void {
    const group = this.terms.choices.groupOf[expert]!;
    const log = this.#logChange(node, expert, by);
    for (const sums of this.inStep ? [this.#with[node]!, this.#plain[node]!] : [this.#with[node]!]) {
      sums.add(group, by * this.#mean(expert), log);
      sums.renewGroup(group);
    }
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
