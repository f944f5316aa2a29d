// Where atoms lie in a buffer: prefix sums over the buffer's layout.
import type { AtomOrder, Piece } from "../plan/index.js";

/** The rows (or counts) of an entry: of atom (source, slot), or of the copies of a source for a node. */
export type RowsOf = (source: number, column: number) => number;

/** A range of rows of a buffer. */
export interface RowSpan {
  readonly first: number;
  readonly rows: number;
}

/** The rows of the entries of an order, each behind those before it. */
export class AtomOffsets {
  /** By position, and the end of the last. */
  readonly #begins: Float64Array;

  constructor(order: AtomOrder, rowsOf: RowsOf) {
    const begins = new Float64Array(order.count + 1);
    let position = 0;
    order.forEach((source, column) => {
      begins[position + 1] = begins[position]! + rowsOf(source, column);
      position++;
    });
    this.#begins = begins;
  }

  spanOf({ first, count }: Piece): RowSpan {
    const begin = this.#begins[first]!;
    const rows = (this.#begins[first + count] ?? begin) - begin;
    return rows === 0 ? { first: 0, rows: 0 } : { first: begin, rows };
  }
}
