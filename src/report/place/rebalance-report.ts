// Moves from the placement that serves now, as `weft place --json` prints them.
import type { PlaceProblem } from "../../place/index.js";
import type { MoveLimit, Rebalanced } from "../../place/rebalance/index.js";
import { notKept, type Constraint } from "./kept.js";

export interface RebalanceReport {
  readonly limit: { readonly max_moves: number } | { readonly move_cost_us: number };
  /** In a safe order: every expert stays live, and no GPU needs a slot more. */
  readonly moves: readonly MoveReport[];
  /** Sums over the layers of their predicted times: before, with better splits alone, after the moves, and placed from nothing. */
  readonly before_us: number;
  readonly resplit_us: number;
  readonly after_us: number;
  readonly fresh_us: number;
  /** Moves that pins or groups need, of all. */
  readonly forced_moves: number;
  /** Moves that suffice for pins and groups to hold wherever moves were found for it. */
  readonly mending_moves: number;
  readonly moved_bytes: number;
  /** Predicted time of all copies at once: of the port that has most to send or to receive. */
  readonly moving_us: number;
  readonly layers: readonly {
    readonly moves: number;
    readonly before_us: number;
    readonly resplit_us: number;
    readonly after_us: number;
    readonly fresh_us: number;
    /** Moves that would lead to the placement from nothing, at least. */
    readonly fresh_moves: number;
    /** Where pins or groups do not hold after the moves: why, and which. */
    readonly unmended?: "max_moves" | "no_safe_order";
    readonly not_kept?: readonly Constraint[];
  }[];
  /** Layers in which every expert has one replica: nothing in them can move without a slot more. */
  readonly layers_without_spare: readonly number[];
}

/** An expert's weights copied from one GPU into a slot of another, over what was there. */
export interface MoveReport {
  readonly layer: number;
  readonly expert: number;
  readonly from_gpu: number;
  readonly gpu: number;
  readonly slot: number;
  readonly replaces: number;
  readonly bytes: number;
  /** Moves of one bundle gain together. */
  readonly bundle: number;
  readonly gain_us: number;
  readonly forced: boolean;
}

export function reportRebalance(
  rebalanced: Rebalanced,
  limit: MoveLimit,
  problem: PlaceProblem,
): RebalanceReport {
  const { moves, layers } = rebalanced;
  return {
    limit: "maxMoves" in limit ? { max_moves: limit.maxMoves } : { move_cost_us: limit.moveCostUs },
    moves: moves.map(({ fromGpu, gainUs, ...move }) => ({ ...move, from_gpu: fromGpu, gain_us: gainUs })),
    ...{ before_us: rebalanced.beforeUs, resplit_us: rebalanced.resplitUs },
    ...{ after_us: rebalanced.afterUs, fresh_us: rebalanced.freshUs },
    ...{ forced_moves: rebalanced.forcedMoves, mending_moves: rebalanced.mendingMoves },
    moved_bytes: rebalanced.movedBytes,
    moving_us: rebalanced.movingUs,
    layers: layers.map((each) => ({
      ...{ moves: each.moves, before_us: each.beforeUs, resplit_us: each.resplitUs },
      ...{ after_us: each.afterUs, fresh_us: each.freshUs, fresh_moves: each.freshMoves },
      ...(each.unmended === undefined
        ? {}
        : { unmended: each.unmended, not_kept: notKept(problem, each.placed) }),
    })),
    layers_without_spare: rebalanced.layersWithoutSpare,
  };
}
