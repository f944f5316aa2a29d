// What moves between ranks when a plan meets the demand that it was made for: every hop of every part, in the direction and the
// order in which it runs.
import {
  denseTable,
  forEachPiece,
  rowsOfPiece,
  type Counts,
  type ExchangePlan,
  type Piece,
} from "../../exchange-plan/index.js";

/** One part on one hop between two different ranks. */
export interface Transfer {
  /** Counted as launches run: of a combine, from the plan's last. */
  readonly launch: number;
  readonly from: number;
  readonly to: number;
  readonly bytes: number;
}

/**
 * Visits what moves, route by route and hop by hop as of a dispatch. `piece` is the dispatch's, whose ends a combine swaps.
 * Means are rounded up to whole rows. What stays on its rank is not visited.
 */
export function forEachTransfer(plan: ExchangePlan, visit: (transfer: Transfer, piece: Piece) => void): void {
  const counts = expectedCounts(plan);
  const combined = plan.direction === "combine";
  const last = plan.launches.length - 1;
  forEachPiece(plan, (piece) => {
    if (piece.from === piece.to) return;
    const rows = movedRows(plan, piece, counts);
    if (rows === 0) return;
    const bytes = rows * plan.row_bytes;
    const { launch, from, to } = piece;
    visit(
      combined ? { launch: last - launch, from: to, to: from, bytes } : { launch, from, to, bytes },
      piece,
    );
  });
}

/** Rows that cross on a hop. A combine gives back what was copied as the rows that it became, unless they are added first. */
function movedRows(plan: ExchangePlan, piece: Piece, counts: Counts): number {
  const { direction, partial_sums: summed, ranks_per_node: size } = plan;
  const [first, end] = rowsOfPiece(plan, piece, counts);
  if (piece.carries === "rows" || direction === "dispatch" || summed) return end - first;
  let rows = 0;
  for (let rank = piece.destination * size; rank < (piece.destination + 1) * size; rank++)
    rows += counts.rowsOfCopies(piece.source, rank, end) - counts.rowsOfCopies(piece.source, rank, first);
  return rows;
}

/** The demand in whole rows. Those of a pair lie evenly among the tokens that have a destination on its node. */
function expectedCounts({ demand, ranks, ranks_per_node: size }: ExchangePlan): Counts {
  const nodes = ranks / size;
  // A mean that is whole but for the noise of its summation is that whole number.
  const whole = (mean: number): number => Math.ceil(mean - 1e-6);
  const rows = denseTable(demand.rows, ranks, ranks, (rank) => rank).map(whole);
  const known =
    demand.copies === undefined
      ? undefined
      : denseTable(demand.copies, ranks, nodes, (rank) => Math.floor(rank / size)).map(whole);
  const copies = (source: number, node: number): number => {
    if (known !== undefined) return known[source * nodes + node]!;
    // No two rows are known to be of one token.
    let sum = 0;
    for (let rank = node * size; rank < (node + 1) * size; rank++) sum += rows[source * ranks + rank]!;
    return sum;
  };
  return {
    rows: (source, destination) => rows[source * ranks + destination]!,
    copies,
    rowsOfCopies: (source, destination, some) => {
      const all = copies(source, Math.floor(destination / size));
      return all === 0 ? 0 : Math.floor((rows[source * ranks + destination]! * some) / all);
    },
  };
}
