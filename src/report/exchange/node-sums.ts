// Sums of rows over pairs of nodes: all of them, those between ranks of equal index, and those that a hop within a node moves.
import { railsOf, SHARES, type ExchangePlan, type Route } from "../../exchange-plan/index.js";

export interface NodeSumsOf {
  readonly plan: ExchangePlan;
  /** [source * ranks + destination] */
  readonly rows: Float64Array;
  /** [source * nodes + node] where tokens cross once for a node. */
  readonly copies?: Float64Array;
}

export class NodeSums {
  readonly #size: number;
  readonly #ranks: number;
  readonly #nodes: number;
  readonly #all: Float64Array;
  readonly #aligned: Float64Array;
  readonly #copies: Float64Array | undefined;
  readonly #onRail = new Map<string, Float64Array>();

  constructor(private readonly of: NodeSumsOf) {
    const { ranks, ranks_per_node: size } = of.plan;
    [this.#ranks, this.#size, this.#nodes] = [ranks, size, ranks / size];
    this.#all = new Float64Array(this.#nodes ** 2);
    this.#aligned = new Float64Array(this.#nodes ** 2);
    this.#forEachRow((pair, source, destination, rows) => {
      this.#all[pair]! += rows;
      if (source % size === destination % size) this.#aligned[pair]! += rows;
    });
    this.#copies = of.copies && this.#copiesByPair(of.copies);
  }

  /** Rows between ranks of two nodes. */
  all = (from: number, to: number): number => this.#all[from * this.#nodes + to]!;

  /** Those between ranks of equal index; within a node, of a rank for itself. */
  aligned = (from: number, to: number): number => this.#aligned[from * this.#nodes + to]!;

  /** What crosses: copies, where there are any and a combine may add what comes back for them. */
  crossing(from: number, to: number): number {
    const { direction, partial_sums: areAdded } = this.of.plan;
    if (this.#copies === undefined || (direction === "combine" && !areAdded)) return this.all(from, to);
    return this.#copies[from * this.#nodes + to]!;
  }

  /** Rows that a hop which crosses nothing moves to another rank, of all rows of a pair. */
  hopWithin({ way, spread }: Route, from: number, to: number, hop: number): number {
    const pair = from * this.#nodes + to;
    if (way !== "spread") return this.all(from, to) - this.aligned(from, to);
    const before = hop === 0;
    if (!before && hop === 1) return 0;
    const amount = before && from !== to ? this.crossing(from, to) : this.all(from, to);
    return Math.max(0, amount - this.#stays(spread ?? 0, before)[pair]!);
  }

  /** [pair] of what is spread, the part that is on its rail's rank already: at its source, or at its destination. */
  #stays(spread: number, before: boolean): Float64Array {
    const key = `${String(spread)} ${String(before)}`;
    const known = this.#onRail.get(key);
    if (known !== undefined) return known;
    const { plan, copies } = this.of;
    const [size, nodes] = [this.#size, this.#nodes];
    const shareOf = (source: number, destination: number, index: number): number => {
      const begins = railsOf(plan, spread, source, destination);
      return (begins[index + 1]! - begins[index]!) / SHARES;
    };
    const stays = new Float64Array(nodes ** 2);
    const areCopies = before && copies !== undefined && (plan.direction === "dispatch" || plan.partial_sums);
    if (areCopies)
      for (let source = 0; source < this.#ranks; source++)
        for (let node = 0; node < nodes; node++)
          stays[Math.floor(source / size) * nodes + node]! +=
            copies[source * nodes + node]! * shareOf(source, node * size, source % size);
    else
      this.#forEachRow((pair, source, destination, rows) => {
        if (rows === 0) return;
        stays[pair]! += rows * shareOf(source, destination, (before ? source : destination) % size);
      });
    this.#onRail.set(key, stays);
    return stays;
  }

  #copiesByPair(copies: Float64Array): Float64Array {
    const sums = new Float64Array(this.#nodes ** 2);
    for (let source = 0; source < this.#ranks; source++)
      for (let node = 0; node < this.#nodes; node++)
        sums[Math.floor(source / this.#size) * this.#nodes + node]! += copies[source * this.#nodes + node]!;
    return sums;
  }

  #forEachRow(visit: (pair: number, source: number, destination: number, rows: number) => void): void {
    for (let source = 0; source < this.#ranks; source++) {
      const first = Math.floor(source / this.#size) * this.#nodes;
      for (let destination = 0; destination < this.#ranks; destination++)
        visit(
          first + Math.floor(destination / this.#size),
          source,
          destination,
          this.of.rows[source * this.#ranks + destination]!,
        );
    }
  }
}
