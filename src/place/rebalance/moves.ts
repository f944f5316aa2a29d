// What a rebalance is, for those who print it: copies of experts' weights in an order in which serving goes on, and what they gain.
import type { PlacedLayer } from "../problem.js";

/** One expert's weights copied into a slot of another GPU, over what was there. */
export interface Move {
  readonly layer: number;
  readonly expert: number;
  /** A GPU that holds the expert when the move's turn comes, on the same node where there is one. */
  readonly fromGpu: number;
  readonly gpu: number;
  /** Numbered through the GPUs, as in `PlacedLayer`. */
  readonly slot: number;
  /** The expert that was in the slot. */
  readonly replaces: number;
  readonly bytes: number;
  /** Moves of one bundle follow each other and gain together. Numbered from 0 in the order of the moves. */
  readonly bundle: number;
  /** Microseconds by which the layer's predicted time falls: an equal part of what the bundle gains. */
  readonly gainUs: number;
  /** Constraints need its bundle, whatever that costs. */
  readonly forced: boolean;
}

/** Times are predicted microseconds of the layer. */
export interface RebalancedLayer {
  readonly placed: PlacedLayer;
  readonly beforeUs: number;
  /** With better turns for the experts where they were: no weights move for that. */
  readonly resplitUs: number;
  readonly afterUs: number;
  readonly moves: number;
  /** What a placement from nothing takes, and how many moves would lead to it at least. */
  readonly freshUs: number;
  readonly freshMoves: number;
  /** Why pins or groups do not hold after the moves: fewer are allowed, or none is safe. */
  readonly unmended?: "max_moves" | "no_safe_order";
}

export interface Rebalanced {
  readonly layers: readonly RebalancedLayer[];
  /** In a safe order: every expert stays live, no GPU needs a slot more. Forced ones first, then those that gain most per move. */
  readonly moves: readonly Move[];
  /** Sums over the layers, in microseconds. */
  readonly beforeUs: number;
  readonly resplitUs: number;
  readonly afterUs: number;
  readonly freshUs: number;
  /** Moves that constraints need, of all that are made. */
  readonly forcedMoves: number;
  /** Moves that suffice for what must hold to hold in every layer in which moves were found for it. */
  readonly mendingMoves: number;
  /** Weights that are moved. */
  readonly movedBytes: number;
  /** Predicted microseconds of moving them all at once: the port that has most to send or to receive. */
  readonly movingUs: number;
  /** Layers in which every expert has one replica only: nothing in them can move without a slot more. */
  readonly layersWithoutSpare: readonly number[];
}

/** How much may move: so many experts in all layers, or only what saves more than so many microseconds of its layer's time per move. */
export type MoveLimit = { readonly maxMoves: number } | { readonly moveCostUs: number };
