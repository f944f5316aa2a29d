// What is said of a problem that has no placement.
import type { GateShape, PlaceProblem } from "./problem.js";

/** Why a problem has no placement. */
export interface PlaceFault {
  readonly about: "slots" | "gpus" | "pins" | "groups";
  /** What is at fault, such as `gpus.slots[3]` or `pinned[0]`. */
  readonly place: string;
  /** Part of a sentence: `GPU 3 has ...`. */
  readonly reason: string;
  /** A sentence: the nearest thing that is possible. */
  readonly hint: string;
}

/** As much of a problem as decides whether there is a placement. */
export type Placeable = Pick<PlaceProblem, "loads" | "gpus" | "groupRule" | "pins"> & {
  readonly gate: Pick<GateShape, "groups">;
};
