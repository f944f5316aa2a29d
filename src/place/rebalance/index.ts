// What others use of rebalancing.
export type { Move, MoveLimit, Rebalanced } from "./moves.js";
export { rebalance } from "./rebalance.js";
