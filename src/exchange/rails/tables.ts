// Solved shares of rails as the tables of a plan, and which pair of nodes takes which.
import { SHARES, type Spread } from "../../exchange-plan/index.js";
import type { Demand } from "../demand.js";
import { evenSpread } from "../routing.js";
import { RAIL_PARTS, type DividedParcel } from "./balance.js";
import { railsMode } from "./mode.js";

export interface RailTables {
  readonly spreads: Spread[];
  /** Whether all pairs of nodes take the first. */
  readonly one: boolean;
  /** Spread of a pair of nodes: index into `spreads`. */
  readonly spreadOf: (from: number, to: number) => number;
  /** Whether every rank's rows stay on its own rail. */
  readonly own: boolean;
}

export function railTables(demand: Demand, divided: readonly DividedParcel[]): RailTables {
  const { nodes, ranks, ranksPerNode: size } = demand;
  const even = evenSpread(size).rails[0]!;
  const by = railsMode(demand);
  const own = divided.every(({ parcel, parts }) => parts[(parcel.source ?? -1) % size] === RAIL_PARTS);
  const sharesOf = (parts: Uint8Array): number[] =>
    Array.from(parts, (count) => (count * SHARES) / RAIL_PARTS);
  if (by === "destination") {
    const rails = Array.from({ length: ranks }, () => even);
    for (const { parcel, parts } of divided)
      if (parcel.destination !== undefined) rails[parcel.destination] = sharesOf(parts);
    return { spreads: [{ by, rails }], one: true, spreadOf: () => 0, own };
  }
  const tables = new Map<number, number[][]>();
  for (const { parcel, parts } of divided) {
    const { source = 0, node, destination = 0 } = parcel;
    const between = demand.nodeOf(source) * nodes + node;
    const rows = by === "pair" ? size * size : size;
    const table = tables.get(between) ?? Array.from({ length: rows }, () => even);
    tables.set(between, table);
    table[by === "pair" ? (source % size) * size + (destination % size) : source % size] = sharesOf(parts);
  }
  return { ...distinctTables(by, tables, nodes, even, size), own };
}

/** Equal tables once. */
function distinctTables(
  by: Spread["by"],
  tables: ReadonlyMap<number, number[][]>,
  nodes: number,
  even: number[],
  size: number,
): Omit<RailTables, "own"> {
  const rows = by === "pair" ? size * size : size;
  const spreads: Spread[] = [];
  const known = new Map<string, number>();
  const index = new Int32Array(nodes * nodes);
  const blank = Array.from({ length: rows }, () => even);
  for (let between = 0; between < nodes * nodes; between++) {
    if (between % (nodes + 1) === 0) continue;
    const rails = tables.get(between) ?? blank;
    const text = rails.join(";");
    const found = known.get(text) ?? spreads.length;
    if (found === spreads.length) {
      known.set(text, found);
      spreads.push({ by, rails });
    }
    index[between] = found;
  }
  return { spreads, one: spreads.length === 1, spreadOf: (from, to) => index[from * nodes + to]! };
}
