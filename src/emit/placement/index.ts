// Placements in the shapes that other systems load.
import { emitEplb } from "./eplb.js";
import { emitSglang } from "./sglang.js";
import type { EmittedPlacement, PlacementRefusal, PlacementTables } from "./tables.js";
import { emitVllm } from "./vllm.js";

export { isRefusal, type EmittedPlacement, type PlacementRefusal, type PlacementTables } from "./tables.js";

export const placementTargets = ["eplb", "sglang", "vllm"] as const;
export type PlacementTarget = (typeof placementTargets)[number];

/** The file that a system loads, or why it cannot have this placement. */
export function emitPlacement(
  target: PlacementTarget,
  tables: PlacementTables,
): EmittedPlacement | PlacementRefusal {
  switch (target) {
    case "eplb":
      return emitEplb(tables);
    case "sglang":
      return emitSglang(tables);
    case "vllm":
      return emitVllm(tables);
    default:
      return target satisfies never;
  }
}
