// The messages of each launch of a plan for its demand, in rows. A message is what a rank sends to another in one launch,
// whatever it consists of; sums stand in tables, so that a plan of thousands of GPUs has no list of its pairs.
import { InternalError } from "../../diagnostics/internal-error.js";
import { forEachPairOfNodes, partAt, SHARES, type Route, type Spread } from "../../exchange-plan/index.js";
import type { Demand } from "../demand.js";
import type { Routing } from "../routing.js";

/** Visits a message; `from` and `to` are equal for what stays on its rank. */
export type VisitMessage = (from: number, to: number, rows: number) => void;

/** Pairs of ranks of two nodes that go directly, and the part of their rows that does. */
interface DirectPairs {
  readonly from: number;
  readonly to: number;
  readonly part: number;
}

export class LaunchMessages {
  /** [rank * ranksPerNode + index] to a rank of the same node. */
  #within: Float64Array | undefined;
  /** By rank * nodes + node, to the rank of equal index there. A map, since of many launches each has few of them. */
  readonly #across = new Map<number, number>();
  readonly #direct: DirectPairs[] = [];

  constructor(private readonly demand: Demand) {}

  /** A hop of relayed rows to a rank of the same node; none where they are there already. */
  addHop(from: number, index: number, rows: number): void {
    if (from % this.demand.ranksPerNode !== index) this.addWithin(from, index, rows);
  }

  addWithin(from: number, index: number, rows: number): void {
    this.#within ??= new Float64Array(this.demand.ranks * this.demand.ranksPerNode);
    this.#within[from * this.demand.ranksPerNode + index]! += rows;
  }

  addAcross(from: number, node: number, rows: number): void {
    if (rows === 0) return;
    const at = from * this.demand.nodes + node;
    this.#across.set(at, (this.#across.get(at) ?? 0) + rows);
  }

  addDirect(from: number, to: number, part: number): void {
    this.#direct.push({ from, to, part });
  }

  /** Visits every message that is not empty. */
  forEach(visit: VisitMessage): void {
    const { ranks, ranksPerNode: size, rows } = this.demand;
    if (this.#within !== undefined)
      for (let from = 0, at = 0; from < ranks; from++)
        for (let to = from - (from % size), end = to + size; to < end; to++, at++)
          if (this.#within[at]! > 0) visit(from, to, this.#within[at]!);
    this.forEachAcross(visit);
    for (const { from, to, part } of this.#direct)
      for (let source = from * size; source < (from + 1) * size; source++)
        for (let destination = to * size; destination < (to + 1) * size; destination++) {
          const count = rows[source * ranks + destination]! * part;
          if (count > 0) visit(source, destination, count);
        }
  }

  /** Visits those to ranks of equal index in other nodes that are not direct. */
  forEachAcross(visit: VisitMessage): void {
    const { ranksPerNode: size, nodes } = this.demand;
    for (const [at, rows] of this.#across) {
      const node = at % nodes;
      const from = (at - node) / nodes;
      visit(from, node * size + (from % size), rows);
    }
  }
}

/** [launch] its messages. */
export function launchMessages(
  demand: Demand,
  { launches, routes }: Routing,
  spreads: readonly Spread[],
): LaunchMessages[] {
  const messages = launches.map(() => new LaunchMessages(demand));
  const shape = { ranks: demand.ranks, ranks_per_node: demand.ranksPerNode };
  for (const route of routes) {
    const on = (hop: number): LaunchMessages => {
      const launch = messages[route.launches[hop] ?? -1];
      if (launch === undefined) throw new InternalError("a route names no launch for one of its hops");
      return launch;
    };
    forEachPairOfNodes(shape, route.pairs, (from, to) => {
      addRoute(demand, route, spreads, on, from, to);
    });
  }
  return messages;
}

/** What stays in its node, as one launch. */
export function withinMessages(demand: Demand): LaunchMessages {
  const whole = {
    launches: [{ name: "within" }],
    routes: [{ pairs: "within", share: [0, SHARES], way: "direct", launches: [0] } satisfies Route],
  };
  return launchMessages(demand, whole, [])[0]!;
}

function addRoute(
  demand: Demand,
  { way, share, spread }: Route,
  spreads: readonly Spread[],
  on: (hop: number) => LaunchMessages,
  from: number,
  to: number,
): void {
  const { ranks, ranksPerNode: size, nodes, rows, crossing } = demand;
  const part = partAt(share, SHARES) - partAt(share, 0);
  const rowsOf = (index: number, other: number): number =>
    rows[(from * size + index) * ranks + to * size + other]! * part;
  const crossingOf = (index: number): number => crossing[(from * size + index) * nodes + to]! * part;
  switch (way) {
    case "direct":
      if (from !== to) {
        on(0).addDirect(from, to, part);
        return;
      }
      for (let index = 0; index < size; index++)
        for (let other = 0; other < size; other++)
          on(0).addWithin(from * size + index, other, rowsOf(index, other));
      return;
    case "gather":
      for (let index = 0; index < size; index++)
        for (let other = 0; other < size; other++) {
          const count = rowsOf(index, other);
          on(0).addHop(from * size + index, other, count);
          on(1).addAcross(from * size + other, to, count);
        }
      return;
    case "forward":
      for (let index = 0; index < size; index++) {
        on(0).addAcross(from * size + index, to, crossingOf(index));
        for (let other = 0; other < size; other++)
          on(1).addHop(to * size + index, other, rowsOf(index, other));
      }
      return;
    case "spread": {
      const table = spreads[spread ?? 0]!;
      const cuts = railCuts(table);
      const add = (
        index: number,
        shares: Float64Array,
        crossed: number,
        other: number,
        count: number,
      ): void => {
        for (let rail = 0; rail < size; rail++) {
          const cut = shares[rail]!;
          if (cut === 0) continue;
          if (crossed > 0) {
            on(0).addHop(from * size + index, rail, crossed * cut);
            on(1).addAcross(from * size + rail, to, crossed * cut);
          }
          if (count > 0) on(2).addHop(to * size + rail, other, count * cut);
        }
      };
      for (let index = 0; index < size; index++)
        if (table.by === "source_index") {
          add(index, cuts[index]!, crossingOf(index), 0, 0);
          for (let other = 0; other < size; other++) add(index, cuts[index]!, 0, other, rowsOf(index, other));
        } else
          for (let other = 0; other < size; other++) {
            const row = table.by === "pair" ? index * size + other : to * size + other;
            const count = rowsOf(index, other);
            if (count > 0) add(index, cuts[row]!, count, other, count);
          }
      return;
    }
    default:
      throw new InternalError(`unknown way ${String(way satisfies never)}`);
  }
}

const knownCuts = new WeakMap<Spread, readonly Float64Array[]>();

/** The rows of a spread as shares of 1. */
function railCuts(spread: Spread): readonly Float64Array[] {
  const cuts =
    knownCuts.get(spread) ??
    spread.rails.map((shares) => Float64Array.from(shares, (share) => share / SHARES));
  knownCuts.set(spread, cuts);
  return cuts;
}
