// Equal chunks: what formats without counts of their own divide buffers into. The rows of every pair of ranks lie together,
// rounded up to whole chunks, so that unequal counts become unequal numbers of equal chunks.
import { denseTable, type ExchangePlan } from "../../exchange-plan/index.js";

export interface Chunks {
  /** Rows that a chunk holds, one behind the other. */
  readonly rows: number;
  /** Bytes of a chunk: its rows, rounded up to the alignment. */
  readonly bytes: number;
  /** [source * ranks + destination] chunks of a pair of a dispatch; of a combine, those that it gives back. */
  readonly ofPair: Float64Array;
}

/** [source * ranks + destination] rows of the demand, whole ones: means are rounded up. */
export function wholeRows({ demand, ranks }: ExchangePlan): Float64Array {
  // A mean that is whole but for the noise of its summation is that whole number.
  return denseTable(demand.rows, ranks, ranks, (rank) => rank).map((rows) => Math.ceil(rows - 1e-6));
}

export function chunksOf(
  rowsOfPair: Float64Array,
  rowBytes: number,
  rows: number,
  alignment: number,
): Chunks {
  return {
    rows,
    bytes: Math.ceil((rows * rowBytes) / alignment) * alignment,
    ofPair: rowsOfPair.map((each) => Math.ceil(each / rows)),
  };
}

/** Bytes that move without being asked for: what chunks hold beyond rows, over all pairs. */
export function paddingOf(rowsOfPair: Float64Array, rowBytes: number, { bytes, ofPair }: Chunks): number {
  let padding = 0;
  rowsOfPair.forEach((rows, pair) => (padding += ofPair[pair]! * bytes - rows * rowBytes));
  return padding;
}

/** Of several chunk sizes the one that pads least; of equals the first. */
export function leastPadded(
  rowsOfPair: Float64Array,
  rowBytes: number,
  alignment: number,
  candidates: readonly number[],
): Chunks {
  let best: Chunks | undefined;
  let least = Infinity;
  for (const rows of candidates) {
    const chunks = chunksOf(rowsOfPair, rowBytes, rows, alignment);
    const padding = paddingOf(rowsOfPair, rowBytes, chunks);
    if (padding < least) [best, least] = [chunks, padding];
  }
  return best ?? chunksOf(rowsOfPair, rowBytes, 1, alignment);
}
