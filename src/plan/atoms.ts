// What a layout holds, entry by entry. An entry is what has a count of its own: an atom (source, slot), or the copies of a source
// for a node. Both are numbered as (source, column): columns are the slots, and behind them the nodes.
import { InternalError } from "../diagnostics/internal-error.js";
import { slotRangeOf, slotsWithin } from "./chunks.js";
import { extend } from "./dimensions.js";
import { evaluate, type Environment } from "./expression.js";
import { slotsOfRank } from "./placement.js";
import type { AtomLayout, AtomSet, Exchange, Placement, Ranks, SlotRange } from "./types.gen.js";

/** Where the entries of an exchange live: who holds which slots, and which ranks make a node. */
export class AtomSpace {
  readonly ranks: number;
  readonly slots: number;
  /** Ranks of a node; all of them where the exchange knows no nodes. */
  readonly ranksPerNode: number;
  readonly nodes: number;
  /** Columns of a source: its slots and nodes. */
  readonly columns: number;
  /** [slot] */
  readonly #hosts: Int32Array;
  readonly #all: readonly number[];
  readonly #one: readonly (readonly number[])[];

  constructor(
    { ranks_per_node: ranksPerNode }: Pick<Exchange, "ranks_per_node">,
    readonly placement: Placement,
  ) {
    this.ranks = placement.slot_begin.length - 1;
    this.slots = placement.slots;
    this.ranksPerNode = ranksPerNode ?? this.ranks;
    this.nodes = Math.ceil(this.ranks / this.ranksPerNode);
    this.columns = this.slots + this.nodes;
    this.#all = Array.from({ length: this.ranks }, (_, rank) => rank);
    this.#one = this.#all.map((rank) => [rank]);
    this.#hosts = new Int32Array(this.slots);
    for (let rank = 0; rank < this.ranks; rank++) this.#hosts.fill(rank, ...slotsOfRank(placement, rank));
  }

  nodeOf = (rank: number): number => Math.floor(rank / this.ranksPerNode);

  ranksOfNode = (node: number): readonly number[] =>
    Array.from({ length: this.ranksPerNode }, (_, at) => node * this.ranksPerNode + at);

  /** Where a rank stands when they are sorted by their index in a node first. */
  byRail = (rank: number): number => (rank % this.ranksPerNode) * this.nodes + this.nodeOf(rank);

  /** Rank that holds a slot. */
  hostOf = (slot: number): number => this.#hosts[slot]!;

  /** Ranks in ascending order; `environment` knows `rank`. */
  ranksIn(ranks: Ranks, environment: Environment): readonly number[] {
    if (ranks === "all") return this.#all;
    if (typeof ranks !== "object" || Array.isArray(ranks)) {
      const rank = evaluate(ranks, environment);
      return this.#one[rank] ?? [rank];
    }
    const { first, step, count } = ranks;
    const lowest = evaluate(first, environment);
    return Array.from({ length: count }, (_, at) => lowest + at * step);
  }

  /** Where a column stands among all that a source tells: each node's slots, and behind them its copies. */
  toldAt(column: number): number {
    if (column < this.slots) return column + this.nodeOf(this.hostOf(column));
    const node = column - this.slots;
    const [, end] = slotsOfRank(this.placement, (node + 1) * this.ranksPerNode - 1);
    return end + node;
  }

  /** [column] what a source tells. */
  byColumn(told: Uint32Array): Uint32Array {
    return Uint32Array.from({ length: this.columns }, (_, column) => told[this.toldAt(column)]!);
  }

  /** Slots of some ranks in ascending order: those of a range on each of them, or all. */
  slotsOf(hosts: readonly number[], range: SlotRange | undefined): readonly number[] {
    const slots: number[] = [];
    for (const host of hosts) {
      const [begin, end] = slotsOfRank(this.placement, host);
      const [first, last] = slotsWithin(end - begin, range);
      for (let slot = begin + first; slot < begin + last; slot++) slots.push(slot);
    }
    return slots;
  }
}

/** A set of entries: sources in the order of the layout, times columns, of each host apart where the layout sorts by host. */
interface Entries {
  readonly sources: readonly number[];
  /** Columns that stand together; one block but for layouts that sort by host. */
  readonly blocks: readonly (readonly number[])[];
  /** Whether all sources of a column stand together, rather than all columns of a source. */
  readonly byColumn: boolean;
}

/** The entries of a set as a layout orders them. */
function entriesOf(
  set: AtomSet,
  { order, copies }: Pick<AtomLayout, "order" | "copies">,
  space: AtomSpace,
  environment: Environment,
): Entries {
  const sources = space.ranksIn(set.source, environment);
  const hosts = space.ranksIn(set.host, environment);
  const range = slotRangeOf(set, environment);
  const slots = order[0] === "host" ? hosts.map((host) => space.slotsOf([host], range)) : undefined;
  const all = (): readonly (readonly number[])[] => slots ?? [space.slotsOf(hosts, range)];
  const rail = (source: number): number => source % space.ranksPerNode;
  return {
    sources: order.includes("rail")
      ? [...sources].sort((left, right) => rail(left) - rail(right) || left - right)
      : sources,
    blocks: copies === undefined ? all() : [columnsOfNodes(hosts, range, copies, space)],
    byColumn: order[0] === "slot" || order[0] === "node",
  };
}

/** By node the slots of its hosts, where these count too, and its copies. */
function columnsOfNodes(
  hosts: readonly number[],
  range: SlotRange | undefined,
  copies: NonNullable<AtomLayout["copies"]>,
  space: AtomSpace,
): readonly number[] {
  const nodes = [...new Set(hosts.map(space.nodeOf))];
  if (copies === "only") return nodes.map((node) => space.slots + node);
  return nodes.flatMap((node) => [
    ...space.slotsOf(
      hosts.filter((host) => space.nodeOf(host) === node),
      range,
    ),
    space.slots + node,
  ]);
}

/** How many entries a set has in each column that it touches. */
export function countByColumn(
  set: AtomSet,
  layout: Pick<AtomLayout, "order" | "copies">,
  space: AtomSpace,
  environment: Environment,
): { readonly columns: readonly number[]; readonly sources: number } {
  const { sources, blocks } = entriesOf(set, layout, space, environment);
  return { columns: blocks.flat(), sources: sources.length };
}

/** Consecutive entries of a layout. */
export interface Piece {
  readonly first: number;
  readonly count: number;
}

/** The entries that a layout holds on one rank, in order. */
export class AtomOrder {
  readonly count: number;
  /** With `rank`. */
  readonly environment: Environment;
  readonly #entries: Entries;
  readonly #sourceAt: ReadonlyMap<number, number>;
  /** By column: its block, and its place within. */
  readonly #columnAt: ReadonlyMap<number, readonly [block: number, at: number]>;
  /** Entries before each block. */
  readonly #begins: readonly number[];

  /** `rank` is the index within the communicator. */
  constructor(
    readonly layout: AtomLayout,
    readonly space: AtomSpace,
    environment: Environment,
    rank: number,
  ) {
    this.environment = extend(environment, { rank });
    this.#entries = entriesOf(layout.holds, layout, space, this.environment);
    const { sources, blocks } = this.#entries;
    this.#sourceAt = new Map(sources.map((source, at) => [source, at]));
    this.#columnAt = new Map(
      blocks.flatMap((columns, block) =>
        columns.map((column, at) => [column, [block, at] as const] as const),
      ),
    );
    let before = 0;
    this.#begins = blocks.map((columns) => {
      const begin = before;
      before += columns.length * sources.length;
      return begin;
    });
    this.count = before;
  }

  /** Where an entry stands, or undefined where the layout does not hold it. */
  positionOf(source: number, column: number): number | undefined {
    const { sources, blocks, byColumn } = this.#entries;
    const at = this.#sourceAt.get(source);
    const found = this.#columnAt.get(column);
    if (at === undefined || found === undefined) return undefined;
    const [block, within] = found;
    const inBlock = byColumn ? within * sources.length + at : at * blocks[block]!.length + within;
    return this.#begins[block]! + inBlock;
  }

  /**
   * The entries of a set, which the plan says stand together: from the first of them on.
   * @throws {InternalError} where the layout does not hold them
   */
  pieceOf(set: AtomSet): Piece {
    const { sources, blocks } = entriesOf(set, this.layout, this.space, this.environment);
    const count = blocks.reduce((sum, columns) => sum + columns.length * sources.length, 0);
    const column = blocks.flat()[0];
    if (count === 0 || column === undefined) return { first: 0, count: 0 };
    const first = this.positionOf(sources[0]!, column);
    if (first === undefined)
      throw new InternalError(
        `layout ${this.layout.name} holds no entry of source ${sources[0]!}, column ${column}`,
      );
    return { first, count };
  }

  forEach(visit: (source: number, column: number) => void): void {
    const { sources, blocks, byColumn } = this.#entries;
    for (const columns of blocks) {
      if (byColumn) for (const column of columns) for (const source of sources) visit(source, column);
      else for (const source of sources) for (const column of columns) visit(source, column);
    }
  }
}
