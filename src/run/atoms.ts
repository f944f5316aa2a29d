// Where atoms lie in a buffer: prefix sums over the buffer's layout.
import { InternalError } from "../diagnostics/internal-error.js";
import {
  evaluate,
  extend,
  slotsOfRank,
  type AtomLayout,
  type AtomSet,
  type Environment,
  type Expr,
  type Placement,
} from "../plan/index.js";

/** The rows (or counts) of atom (source, slot). */
export type RowsOf = (source: number, slot: number) => number;

/** A range of rows of a buffer. */
export interface RowSpan {
  readonly first: number;
  readonly rows: number;
}

interface Atom {
  readonly source: number;
  readonly slot: number;
}

/** Which atoms a layout holds on one rank, in order: the same whatever the routing. */
export class AtomOrder {
  readonly atoms: readonly Atom[];
  readonly #positions: ReadonlyMap<number, number>;

  constructor(
    readonly layout: AtomLayout,
    readonly placement: Placement,
    readonly ranks: number,
    readonly environment: Environment,
  ) {
    this.atoms = atomsOf(layout.holds, layout.order, placement, ranks, environment);
    this.#positions = new Map(this.atoms.map((atom, position) => [this.#keyOf(atom), position]));
  }

  /** Where the atoms of a set stand in the order. */
  positionsOf(set: AtomSet): Int32Array {
    const { layout, placement, ranks, environment } = this;
    return Int32Array.from(atomsOf(set, layout.order, placement, ranks, environment), (atom) => {
      const position = this.#positions.get(this.#keyOf(atom));
      if (position === undefined)
        throw new InternalError(`layout ${layout.name} holds no atom (${atom.source}, ${atom.slot})`);
      return position;
    });
  }

  #keyOf = ({ source, slot }: Atom): number => source * this.placement.slots + slot;
}

/** The rows of the atoms of an order, each behind those before it. */
export class AtomOffsets {
  /** By position, and the end of the last. */
  readonly #begins: Float64Array;

  constructor({ atoms }: AtomOrder, rowsOf: RowsOf) {
    const begins = new Float64Array(atoms.length + 1);
    atoms.forEach(({ source, slot }, position) => {
      begins[position + 1] = begins[position]! + rowsOf(source, slot);
    });
    this.#begins = begins;
  }

  /** The rows of atoms, which the plan says are contiguous. */
  spanOf(positions: Int32Array): RowSpan {
    let first = Infinity;
    let rows = 0;
    for (const position of positions) {
      const begin = this.#begins[position]!;
      first = Math.min(first, begin);
      rows += this.#begins[position + 1]! - begin;
    }
    return rows === 0 ? { first: 0, rows: 0 } : { first, rows };
  }
}

/** The atoms of a set in the order of `order`. */
export function atomsOf(
  set: AtomSet,
  order: AtomLayout["order"],
  placement: Placement,
  ranks: number,
  environment: Environment,
): Atom[] {
  const sources = ranksOf(set.source, ranks, environment);
  const slots = ranksOf(set.host, ranks, environment).flatMap((host) => {
    const [first, end] = slotsOfRank(placement, host);
    if (set.slot === undefined) return Array.from({ length: end - first }, (_, index) => first + index);
    const slot = first + evaluate(set.slot, extend(environment, { host }));
    return slot < end ? [slot] : [];
  });
  return order[0] === "source"
    ? sources.flatMap((source) => slots.map((slot) => ({ source, slot })))
    : slots.flatMap((slot) => sources.map((source) => ({ source, slot })));
}

/** The ranks that an expression means: one, or all. */
function ranksOf(expr: Expr, ranks: number, environment: Environment): number[] {
  return expr === "all" ? Array.from({ length: ranks }, (_, rank) => rank) : [evaluate(expr, environment)];
}
