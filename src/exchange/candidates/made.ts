// What a generator makes of an exchange, or why it makes nothing.
import type { Spread } from "../../exchange-plan/index.js";
import type { Routing } from "../routing.js";

/** A schedule to be priced. */
export interface Made {
  readonly routing: Routing;
  readonly spreads: Spread[];
  /** Sets of node pairs that cross one after another. */
  readonly stages: number;
}

/** Why there is no such schedule. */
export interface NotMade {
  readonly reason: string;
}
