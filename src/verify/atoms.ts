// Sets of atoms (source rank, slot), and where they stand in a layout. Every set of the plan is a product: a range of
// sources times a list of slots.
import {
  extend,
  slotsOfRank,
  type AtomLayout,
  type AtomSet,
  type Environment,
  type Placement,
} from "../plan/index.js";
import { integerOf, type NoValue } from "./evaluate.js";

export interface Atoms {
  /** Sources: [first, after the last]. */
  readonly sources: readonly [number, number];
  /** Slots, rising. */
  readonly slots: readonly number[];
}

export const sizeOf = ({ sources, slots }: Atoms): number => (sources[1] - sources[0]) * slots.length;

/** Evaluates atom sets on the ranks of one communicator. */
export class AtomReader {
  readonly ranks: number;
  readonly #slots = new Map<string, readonly number[]>();

  constructor(
    readonly placement: Placement,
    readonly environment: Environment,
  ) {
    this.ranks = placement.slot_begin.length - 1;
  }

  /** A rank that an expression over `rank` gives. */
  rank(expr: AtomSet["source"], rank: number): number | NoValue {
    return integerOf(expr, extend(this.environment, { rank }), 0, this.ranks - 1);
  }

  read(set: AtomSet, rank: number): Atoms | NoValue {
    const source = set.source === "all" ? "all" : this.rank(set.source, rank);
    const host = set.host === "all" ? "all" : this.rank(set.host, rank);
    const slot =
      set.slot === undefined
        ? undefined
        : integerOf(set.slot, extend(this.environment, { rank }), 0, this.placement.slots - 1);
    for (const each of [source, host, slot]) if (typeof each === "object") return each;
    return {
      sources: typeof source === "number" ? [source, source + 1] : [0, this.ranks],
      slots: this.#slotsOf(host as number | "all", slot as number | undefined),
    };
  }

  #slotsOf(host: number | "all", own: number | undefined): readonly number[] {
    const key = `${host} ${own ?? ""}`;
    const known = this.#slots.get(key);
    if (known !== undefined) return known;
    const slots: number[] = [];
    const [firstHost, endHost] = host === "all" ? [0, this.ranks] : [host, host + 1];
    for (let each = firstHost; each < endHost; each++) {
      const [first, end] = slotsOfRank(this.placement, each);
      if (own === undefined) for (let slot = first; slot < end; slot++) slots.push(slot);
      else if (first + own < end) slots.push(first + own);
    }
    this.#slots.set(key, slots);
    return slots;
  }
}

export function sameAtoms(left: Atoms, right: Atoms): boolean {
  if (sizeOf(left) !== sizeOf(right)) return false;
  if (sizeOf(left) === 0) return true;
  if (left.sources[0] !== right.sources[0] || left.sources[1] !== right.sources[1]) return false;
  return left.slots === right.slots || left.slots.every((slot, at) => slot === right.slots[at]);
}

/** Whether a layout that holds `held` has all of `part`, and has it in one piece. */
export function isOnePiece(
  part: Atoms,
  held: Atoms,
  order: AtomLayout["order"],
): "yes" | "missing" | "scattered" {
  if (sizeOf(part) === 0) return "yes";
  if (part.sources[0] < held.sources[0] || part.sources[1] > held.sources[1]) return "missing";
  const positions = part.slots.map((slot) => positionIn(held.slots, slot));
  if (positions.includes(-1)) return "missing";
  const [firstSlot, lastSlot] = [positions[0]!, positions.at(-1)!];
  const [firstSource, lastSource] = part.sources.map((each) => each - held.sources[0]) as [number, number];
  const [sources, slots] = [held.sources[1] - held.sources[0], held.slots.length];
  const at = (source: number, slot: number): number =>
    order[0] === "slot" ? slot * sources + source : source * slots + slot;
  return at(lastSource - 1, lastSlot) - at(firstSource, firstSlot) + 1 === sizeOf(part) ? "yes" : "scattered";
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

/** `source 2, slots 4 to 7`. */
export function describe(atoms: Atoms): string {
  if (sizeOf(atoms) === 0) return "no atoms";
  const [first, end] = atoms.sources;
  const sources = end - first === 1 ? `source ${first}` : `sources ${first} to ${end - 1}`;
  const { slots } = atoms;
  const runs = slots.length - 1 === slots.at(-1)! - slots[0]!;
  if (slots.length === 1) return `${sources}, slot ${slots[0]!}`;
  if (runs) return `${sources}, slots ${slots[0]!} to ${slots.at(-1)!}`;
  const shown = slots.slice(0, 8).join(", ");
  return `${sources}, slots ${shown}${slots.length > 8 ? ", ..." : ""}`;
}
