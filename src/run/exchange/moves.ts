// The pieces of a plan with actual rows, as they are executed: in a dispatch as they stand, in a combine backwards.
import {
  forEachPairOfNodes,
  forEachPiece,
  hopsOf,
  rowsOfPiece,
  type Counts,
  type ExchangePlan,
  type Piece,
} from "../../exchange-plan/index.js";

/** Rows that move together in one launch. */
export interface Move {
  /** In the order of execution. */
  readonly launch: number;
  readonly from: number;
  readonly to: number;
  /** `copies`: a row for each token of the source that has a destination on the node `destination`. In a combine, sums. */
  readonly carries: Piece["carries"];
  readonly source: number;
  readonly destination: number;
  /** Which of the pair's rows, or of the node's copies. */
  readonly first: number;
  readonly end: number;
  /** Whether `to` is where they are wanted. */
  readonly arrives: boolean;
  /** Combine only: whether they are added at `to` to the sum of their token for the node. */
  readonly merges: boolean;
}

/**
 * All moves that have rows, in the order of the plan's pieces (a combine: backwards). Says now and then which share of the pieces
 * has been looked at.
 */
export function movesOf(plan: ExchangePlan, counts: Counts, onProgress?: (share: number) => void): Move[] {
  const moves: Move[] = [];
  const all = piecesAtMost(plan);
  let pieces = 0;
  forEachPiece(plan, (piece) => {
    if (++pieces % PIECES_PER_REPORT === 0) onProgress?.(pieces / all);
    const [first, end] = rowsOfPiece(plan, piece, counts);
    if (end <= first) return;
    if (plan.direction === "dispatch") {
      const { launch, from, to, carries, source, destination, last: arrives } = piece;
      moves.push({ launch, from, to, carries, source, destination, first, end, arrives, merges: false });
    } else moves.push(...backwards(plan, piece, first, end, counts));
  });
  return plan.direction === "dispatch" ? moves : moves.reverse();
}

const PIECES_PER_REPORT = 1 << 18;

/** As many pieces as there would be without copies, and with something on every rail. */
function piecesAtMost(plan: ExchangePlan): number {
  const { ranks_per_node: size } = plan;
  return plan.routes.reduce((sum, { pairs, way }) => {
    let nodePairs = 0;
    forEachPairOfNodes(plan, pairs, () => nodePairs++);
    return sum + nodePairs * hopsOf[way] * size * size * (way === "spread" ? size : 1);
  }, 1);
}

function backwards(plan: ExchangePlan, piece: Piece, first: number, end: number, counts: Counts): Move[] {
  const { ranks_per_node: size } = plan;
  const { carries, source, destination } = piece;
  const same = {
    launch: plan.launches.length - 1 - piece.launch,
    from: piece.to,
    to: piece.from,
    source,
    arrives: piece.hop === 0,
  };
  if (carries === "rows") {
    // In a plan with copies, rows for other nodes are those of copies that were taken apart.
    const crosses = Math.floor(source / size) !== Math.floor(destination / size);
    const merges = plan.copies && plan.partial_sums && crosses;
    return [{ ...same, carries, destination, first, end, merges }];
  }
  if (plan.partial_sums) return [{ ...same, carries, destination, first, end, merges: false }];
  // Nothing is added: every row of the tokens crosses.
  return Array.from({ length: size }, (_, at) => destination * size + at).flatMap((rank) => {
    const rows = {
      first: counts.rowsOfCopies(source, rank, first),
      end: counts.rowsOfCopies(source, rank, end),
    };
    return rows.end > rows.first
      ? [{ ...same, carries: "rows" as const, destination: rank, ...rows, merges: false }]
      : [];
  });
}

/** A move as messages name it. */
export function describeMove(plan: ExchangePlan, move: Move): string {
  const { carries, source, destination, first, end, from, to } = move;
  const name =
    plan.launches[plan.direction === "dispatch" ? move.launch : plan.launches.length - 1 - move.launch]?.name;
  const what =
    carries === "rows"
      ? `rows ${first} to ${end - 1} of rank ${source} for rank ${destination}`
      : `copies ${first} to ${end - 1} of rank ${source} for node ${destination}`;
  return `${what}, from rank ${from} to rank ${to} in launch ${String(name)}`;
}
