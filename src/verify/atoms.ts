// Sets of atoms (source rank, slot), and where they stand in a layout. Every set of the plan is a product: some sources times
// some slots.
import {
  extend,
  rankOfSlot,
  slotsOfRank,
  slotsWithin,
  type AtomLayout,
  type AtomSet,
  type Environment,
  type Exchange,
  type Expr,
  type Placement,
  type Ranks,
  type SlotRange,
} from "../plan/index.js";
import { integerOf, type NoValue } from "./evaluate.js";
import { OfList } from "./of-list.js";

export interface Atoms {
  /** Ranks, rising. */
  readonly sources: readonly number[];
  /** Slots, rising. */
  readonly slots: readonly number[];
}

export const sizeOf = ({ sources, slots }: Atoms): number => sources.length * slots.length;

/** What is known of lists of ranks and of columns. */
class Lists {
  readonly byRail = new OfList<readonly number[]>();
  readonly columns = { only: new OfList<readonly number[]>(), too: new OfList<readonly number[]>() };
  readonly positions = new OfList<ReadonlyMap<number, number>>();
  /** By host: columns before its own, and its own. */
  readonly hosts = new OfList<ReadonlyMap<number, { readonly before: number; readonly own: number }>>();
  /** A node of which some slots, but not all, are there; -1 for none. */
  readonly partialNode = new OfList<number>();
}

/** Evaluates atom sets on the ranks of one communicator. */
export class AtomReader {
  readonly ranks: number;
  /** Ranks of a node; all of them where the exchange knows no nodes. */
  readonly ranksPerNode: number;
  /** [slot] the rank that holds it. */
  readonly hosts: Int32Array;
  readonly #all: readonly number[];
  /** Lists of ranks that sets name, each one object: one rank by itself, ranges by their numbers. */
  readonly #one: readonly (readonly number[])[];
  readonly #ranges = new Map<string, readonly number[]>();
  /** By list of ranks, and by range of their slots. */
  readonly #slots = new Map<readonly number[], Map<string, readonly number[]>>();
  readonly #held = new Map<AtomLayout, (Atoms | NoValue)[]>();
  /** For `pieces.ts`: what it works out of lists. */
  readonly lists = new Lists();
  readonly #nodes = new OfList<readonly number[]>();

  constructor(
    exchange: Pick<Exchange, "ranks_per_node">,
    readonly placement: Placement,
    readonly environment: Environment,
  ) {
    this.ranks = placement.slot_begin.length - 1;
    this.ranksPerNode = exchange.ranks_per_node ?? this.ranks;
    this.hosts = Int32Array.from({ length: placement.slots }, (_, slot) => rankOfSlot(placement, slot));
    this.#all = Array.from({ length: this.ranks }, (_, rank) => rank);
    this.#one = this.#all.map((rank) => [rank]);
  }

  /** Nodes of some slots, each once. */
  nodesOf = (slots: readonly number[]): readonly number[] =>
    this.#nodes.of(slots, () => [...new Set(slots.map((slot) => this.nodeOf(this.hosts[slot]!)))]);

  nodeOf = (rank: number): number => Math.floor(rank / this.ranksPerNode);

  /** A rank that an expression over `rank` gives. */
  rank(expr: Expr, rank: number): number | NoValue {
    return integerOf(expr, extend(this.environment, { rank }), 0, this.ranks - 1);
  }

  read(set: AtomSet, rank: number): Atoms | NoValue {
    const sources = this.#ranksOf(set.source, rank);
    const hosts = this.#ranksOf(set.host, rank);
    const range = this.#rangeOf(set, rank);
    if ("problem" in sources) return sources;
    if ("problem" in hosts) return hosts;
    if (range !== undefined && "problem" in range) return range;
    return { sources, slots: this.#slotsOf(hosts, range) };
  }

  /** What a layout holds on a rank. */
  held(layout: AtomLayout, rank: number): Atoms | NoValue {
    const byRank = this.#held.get(layout) ?? [];
    this.#held.set(layout, byRank);
    return (byRank[rank] ??= this.read(layout.holds, rank));
  }

  #ranksOf(ranks: Ranks, rank: number): readonly number[] | NoValue {
    if (ranks === "all") return this.#all;
    if (typeof ranks !== "object" || Array.isArray(ranks)) {
      const one = this.rank(ranks, rank);
      return typeof one === "number" ? this.#one[one]! : one;
    }
    const first = this.rank(ranks.first, rank);
    if (typeof first !== "number") return first;
    const last = first + (ranks.count - 1) * ranks.step;
    if (!(last < this.ranks)) return { problem: `a range of ranks ends at ${last}; there are ${this.ranks}` };
    const key = `${first} ${ranks.step} ${ranks.count}`;
    const range =
      this.#ranges.get(key) ?? Array.from({ length: ranks.count }, (_, at) => first + at * ranks.step);
    this.#ranges.set(key, range);
    return range;
  }

  /** The slots of each host that a set names, by their index among its own; undefined for all. */
  #rangeOf({ slot, slots }: AtomSet, rank: number): SlotRange | NoValue | undefined {
    if (slot === undefined) return slots;
    if (slots !== undefined) return { problem: "a set of atoms has `slot` and `slots`" };
    const first = integerOf(slot, extend(this.environment, { rank }), 0, this.placement.slots - 1);
    return typeof first === "number" ? { first, count: 1 } : first;
  }

  #slotsOf(hosts: readonly number[], range: SlotRange | undefined): readonly number[] {
    const byRange = this.#slots.get(hosts) ?? new Map<string, readonly number[]>();
    this.#slots.set(hosts, byRange);
    const key = range === undefined ? "" : `${range.first} ${range.count}`;
    const known = byRange.get(key);
    if (known !== undefined) return known;
    const slots: number[] = [];
    for (const each of hosts) {
      const [begin, end] = slotsOfRank(this.placement, each);
      const [first, last] = slotsWithin(end - begin, range);
      for (let slot = begin + first; slot < begin + last; slot++) slots.push(slot);
    }
    byRange.set(key, slots);
    return slots;
  }
}

const sameList = (left: readonly number[], right: readonly number[]): boolean =>
  left === right || (left.length === right.length && left.every((each, at) => each === right[at]));

export function sameAtoms(left: Atoms, right: Atoms): boolean {
  if (sizeOf(left) !== sizeOf(right)) return false;
  return sizeOf(left) === 0 || (sameList(left.sources, right.sources) && sameList(left.slots, right.slots));
}

/** Index of a number in a rising list, or -1. */
function positionIn(rising: readonly number[], wanted: number): number {
  let [low, high] = [0, rising.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const there = rising[middle]!;
    if (there === wanted) return middle;
    if (there < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** Whether one set has all of another. */
export function includes(held: Atoms, part: Atoms): boolean {
  if (sizeOf(part) === 0) return true;
  const has = (all: readonly number[], some: readonly number[]): boolean =>
    all === some || some.every((each) => positionIn(all, each) >= 0);
  return has(held.sources, part.sources) && has(held.slots, part.slots);
}

/** `source 2, slots 4 to 7`. */
export function describe(atoms: Atoms): string {
  if (sizeOf(atoms) === 0) return "no atoms";
  return `${listed("source", atoms.sources)}, ${listed("slot", atoms.slots)}`;
}

function listed(what: string, numbers: readonly number[]): string {
  const [first, last] = [numbers[0]!, numbers.at(-1)!];
  if (numbers.length === 1) return `${what} ${first}`;
  if (numbers.length - 1 === last - first) return `${what}s ${first} to ${last}`;
  const shown = numbers.slice(0, 8).join(", ");
  return `${what}s ${shown}${numbers.length > 8 ? ", ..." : ""}`;
}

export type Order = Pick<AtomLayout, "order" | "copies">;
