// What does not hold after the moves of a rebalance, in words: which constraints, in which layers, why, and what would do.
import { counted, grouped } from "../units.js";
import type { Constraint } from "./kept.js";
import type { RebalanceReport } from "./rebalance-report.js";

/** Layers that are named one by one. */
const MOST_NAMED = 8;

const NAMES: Readonly<Record<Constraint, string>> = { groups_on_nodes: "groups on nodes", pins: "pins" };

export interface Unmended {
  /** Such as "pins do not hold in layers 0 and 3". */
  readonly what: string;
  /** Completes a sentence that begins with it and a colon. */
  readonly reason: string;
  readonly advice: string;
}

/** Undefined where all holds. */
export function unmendedIn(rebalance: RebalanceReport | undefined): Unmended | undefined {
  if (rebalance === undefined) return undefined;
  const { layers, limit, mending_moves: needed } = rebalance;
  const of = (why?: "max_moves" | "no_safe_order"): readonly number[] =>
    layers.flatMap(({ unmended }, layer) =>
      unmended !== undefined && (why === undefined || unmended === why) ? [layer] : [],
    );
  const [all, short, stuck] = [of(), of("max_moves"), of("no_safe_order")];
  if (all.length === 0) return undefined;
  const broken = (["groups_on_nodes", "pins"] as const).filter((each) =>
    layers.some(({ not_kept: kept = [] }) => kept.includes(each)),
  );
  const allowed = "max_moves" in limit ? ` and ${grouped(limit.max_moves)} are allowed` : "";
  return {
    what: `${broken.map((each) => NAMES[each]).join(" and ")} do not hold in ${named(all)}`,
    reason: [
      ...(short.length === 0
        ? []
        : [
            `it takes ${counted(needed, "move")}${stuck.length === 0 ? "" : " in the other layers"},${allowed}`,
          ]),
      ...(stuck.length === 0
        ? []
        : [
            `${short.length === 0 ? "" : `in ${named(stuck)} `}no moves were found after each of which every expert is live`,
          ]),
    ].join("; "),
    advice:
      stuck.length === 0
        ? `Allow ${counted(needed, "move")}.`
        : "Leave out some of the constraints, or place from nothing and load that anew.",
  };
}

function named(layers: readonly number[]): string {
  const shown = layers.slice(0, MOST_NAMED).map(String);
  const left = layers.length - shown.length;
  const all = left > 0 ? [...shown, `${grouped(left)} more`] : shown;
  const last = all.at(-1) ?? "";
  return all.length === 1 ? `layer ${last}` : `layers ${all.slice(0, -1).join(", ")} and ${last}`;
}
