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

/** A buffer's atoms on one rank, with the offset of each. */
export class AtomOffsets {
  readonly #offsets = new Map<number, RowSpan>();
  readonly #placement: Placement;
  readonly #layout: AtomLayout;

  constructor(
    layout: AtomLayout,
    placement: Placement,
    ranks: number,
    environment: Environment,
    rowsOf: RowsOf,
  ) {
    this.#placement = placement;
    this.#layout = layout;
    let first = 0;
    for (const { source, slot } of atomsOf(layout.holds, layout.order, placement, ranks, environment)) {
      const rows = rowsOf(source, slot);
      this.#offsets.set(source * placement.slots + slot, { first, rows });
      first += rows;
    }
  }

  /** The rows of a set of atoms, which the plan says are contiguous. */
  spanOf(set: AtomSet, ranks: number, environment: Environment): RowSpan {
    let first = Infinity;
    let rows = 0;
    for (const { source, slot } of atomsOf(set, this.#layout.order, this.#placement, ranks, environment)) {
      const span = this.#offsets.get(source * this.#placement.slots + slot);
      if (span === undefined)
        throw new InternalError(`layout ${this.#layout.name} holds no atom (${source}, ${slot})`);
      first = Math.min(first, span.first);
      rows += span.rows;
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
