// The demand of a plan by nodes: what ranks have for whole nodes, and nodes for single ranks. Nothing is kept for pairs of ranks.
import type { ExchangePlan, Table } from "../../exchange-plan/index.js";
import { nodesOf, PARTS, railShare } from "./stops.js";

/** Rows, or tokens of which one copy for a node stands for all their rows. */
export type Carried = "rows" | "copies";

export class NodeDemand {
  readonly #nodes: number;
  /** [source * nodes + node] rows, and copies. */
  readonly #fromRank: Readonly<Record<Carried, Float64Array>>;
  /** [destination * nodes + source's node] rows. */
  readonly #toRank: Float64Array;
  readonly #spread = new Map<number, Float64Array>();

  constructor(private readonly plan: ExchangePlan) {
    const { ranks, ranks_per_node: size, demand } = plan;
    const nodes = (this.#nodes = nodesOf(plan));
    const rows = new Float64Array(ranks * nodes);
    const toRank = new Float64Array(ranks * nodes);
    for (let source = 0; source < ranks; source++) {
      const node = Math.floor(source / size);
      forEachEntry(demand.rows, source, source, (destination, entry) => {
        const at = source * nodes + Math.floor(destination / size);
        rows[at] = rows[at]! + entry;
        toRank[destination * nodes + node] = toRank[destination * nodes + node]! + entry;
      });
    }
    const copies = rows.slice();
    if (demand.copies !== undefined)
      for (let source = 0; source < ranks; source++)
        forEachEntry(demand.copies, source, Math.floor(source / size), (node, entry) => {
          // A copy for a node stands for one row at least.
          const at = source * nodes + node;
          copies[at] = Math.min(copies[at]!, entry);
        });
    this.#fromRank = { rows, copies };
    this.#toRank = toRank;
  }

  /** What a rank has for a node. */
  from(rank: number, node: number, carried: Carried): number {
    return this.#fromRank[carried][rank * this.#nodes + node]!;
  }

  /** Rows that a node has for a rank. */
  to(rank: number, node: number): number {
    return this.#toRank[rank * this.#nodes + node]!;
  }

  /** [rail] what a node has for another by the rail over which it is spread. */
  overRails(spread: number, from: number, to: number, carried: Carried): Float64Array {
    const pair = (spread * this.#nodes + from) * this.#nodes + to;
    const key = 2 * pair + (carried === "copies" ? 1 : 0);
    const known = this.#spread.get(key);
    if (known !== undefined) return known;
    const { spreads, ranks_per_node: size } = this.plan;
    const over = new Float64Array(size);
    const add = (source: number, destination: number, has: number): void => {
      for (let rail = 0; rail < size; rail++)
        over[rail] = over[rail]! + (has * railShare(this.plan, spread, source, destination, rail)) / PARTS;
    };
    const { by } = spreads[spread]!;
    for (let index = 0; index < size; index++) {
      const [source, destination] = [from * size + index, to * size + index];
      if (by === "source_index") add(source, destination, this.from(source, to, carried));
      else if (by === "destination") add(source, destination, this.to(destination, from));
      else
        for (let each = to * size; each < (to + 1) * size; each++)
          add(source, each, this.#entry(source, each));
    }
    this.#spread.set(key, over);
    return over;
  }

  /** All rows that a rank has for others and itself. */
  given(rank: number): number {
    return this.#sum(this.#fromRank.rows, rank);
  }

  /** All rows for a rank. */
  received(rank: number): number {
    return this.#sum(this.#toRank, rank);
  }

  #entry(source: number, destination: number): number {
    const { ranks, demand } = this.plan;
    const { profiles, of, relative } = demand.rows;
    const column = relative === true ? (destination - source + ranks) % ranks : destination;
    return profiles[of[of.length === 1 ? 0 : source]!]![column]!;
  }

  #sum(table: Float64Array, rank: number): number {
    let sum = 0;
    for (let node = 0; node < this.#nodes; node++) sum += table[rank * this.#nodes + node]!;
    return sum;
  }
}

/** Visits the entries of a row; `own` is the column that is its own. */
function forEachEntry(
  { profiles, of, relative }: Table,
  row: number,
  own: number,
  visit: (column: number, entry: number) => void,
): void {
  const profile = profiles[of[of.length === 1 ? 0 : row]!]!;
  const shift = relative === true ? own : 0;
  for (let at = 0; at < profile.length; at++) {
    const column = at + shift;
    visit(column < profile.length ? column : column - profile.length, profile[at]!);
  }
}
