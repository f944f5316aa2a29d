// The time of the copies that cross nodes, for a placement that differs from a kept one by a few experts: only what they touch is
// computed again.
import { Choices } from "../crossing.js";
import { nodeCount, type PlaceProblem } from "../problem.js";
import { cappedShares } from "../shares.js";

/** As `LayerScorer` prices it from loads. Experts seen together are left to that: counting them would take too long here. */
export class CrossingState {
  readonly nodes: number;
  readonly #choices: Choices;
  readonly #groups: number;
  readonly #experts: number;
  readonly #sizes: Float64Array;
  /** Microseconds of one copy of each of a GPU's tokens. */
  readonly #copyUs: number;
  /** [node * experts + expert] share of the expert's tokens that the node takes. */
  readonly #fractions: Float64Array;
  /** [node * groups + group] sums that `Choices.missed` needs, and what it gives. */
  readonly #means: Float64Array;
  readonly #logs: Float64Array;
  readonly #misses: Float64Array;
  readonly #reached: Float64Array;
  /** The same with the changes since `begin`; cells that have any, and nodes. */
  readonly #newMeans: Float64Array;
  readonly #newLogs: Float64Array;
  readonly #newMisses: Float64Array;
  readonly #cells: number[] = [];
  readonly #touched: Uint8Array;

  constructor({ loads, gpus, gate, prices }: PlaceProblem, layer: number) {
    this.nodes = nodeCount(gpus);
    this.#choices = new Choices(cappedShares(loads[layer]!, gate.topK), gate);
    this.#groups = gate.groups;
    this.#experts = loads[layer]!.length;
    this.#sizes = new Float64Array(this.nodes);
    for (const node of gpus.nodeOf) this.#sizes[node]!++;
    this.#copyUs = (prices.tokensPerGpu * (prices.dispatchBytes + prices.combineBytes)) / prices.slowRate;
    const cells = this.nodes * this.#groups;
    this.#fractions = new Float64Array(this.nodes * this.#experts);
    this.#means = new Float64Array(cells);
    this.#logs = new Float64Array(cells);
    this.#misses = new Float64Array(cells);
    this.#newMeans = new Float64Array(cells);
    this.#newLogs = new Float64Array(cells);
    this.#newMisses = new Float64Array(cells);
    this.#reached = new Float64Array(this.nodes);
    this.#touched = new Uint8Array(this.nodes);
  }

  /** Keeps a placement: [node * experts + expert] shares of the experts' tokens. */
  keep(fractions: Float64Array): void {
    this.#fractions.set(fractions);
    this.#means.fill(0);
    this.#logs.fill(0);
    for (let node = 0; node < this.nodes; node++) {
      for (let expert = 0; expert < this.#experts; expert++) {
        const chance = this.#chance(expert, fractions[node * this.#experts + expert]!);
        if (chance === 0) continue;
        const cell = node * this.#groups + this.#choices.groupOf[expert]!;
        this.#means[cell]! += chance;
        this.#logs[cell]! += Math.log(1 - chance);
      }
    }
    for (let cell = 0; cell < this.#misses.length; cell++)
      this.#misses[cell] = this.#missed(cell, this.#means, this.#logs);
    for (let node = 0; node < this.nodes; node++)
      this.#reached[node] = this.#choices.reaches(this.#misses, node * this.#groups);
    this.begin();
  }

  /** Forgets all changes. */
  begin(): void {
    if (this.nodes < 2) return;
    this.#newMeans.set(this.#means);
    this.#newLogs.set(this.#logs);
    this.#newMisses.set(this.#misses);
    this.#cells.length = 0;
    this.#touched.fill(0);
  }

  /** A node takes another share of an expert's tokens. */
  change(node: number, expert: number, fraction: number): void {
    const before = this.#fractions[node * this.#experts + expert]!;
    if (fraction === before) return;
    const [was, is] = [this.#chance(expert, before), this.#chance(expert, fraction)];
    const cell = node * this.#groups + this.#choices.groupOf[expert]!;
    this.#newMeans[cell]! += is - was;
    this.#newLogs[cell]! += Math.log(1 - is) - Math.log(1 - was);
    this.#cells.push(cell);
    this.#touched[node] = 1;
  }

  /** Microseconds of the copies on the port that has most of them, there and back. */
  timeUs(): number {
    if (this.nodes < 2) return 0;
    for (const cell of this.#cells) this.#newMisses[cell] = this.#missed(cell, this.#newMeans, this.#newLogs);
    const reached = (node: number): number =>
      this.#touched[node] === 0
        ? this.#reached[node]!
        : this.#choices.reaches(this.#newMisses, node * this.#groups);
    let [all, least, most, gpus] = [0, Infinity, 0, 0];
    for (let node = 0; node < this.nodes; node++) gpus += this.#sizes[node]!;
    for (let node = 0; node < this.nodes; node++) {
      const own = reached(node);
      all += own;
      least = Math.min(least, own);
      most = Math.max(most, (gpus / this.#sizes[node]! - 1) * own);
    }
    return Math.max(most, all - least) * this.#copyUs;
  }

  #chance(expert: number, fraction: number): number {
    return this.#choices.chosen[expert]! * Math.min(1, fraction);
  }

  #missed(cell: number, means: Float64Array, logs: Float64Array): number {
    const mean = means[cell]!;
    // What subtractions leave of nothing is nothing.
    return mean < 1e-15 ? 1 : this.#choices.missed(cell % this.#groups, mean, logs[cell]!);
  }
}
