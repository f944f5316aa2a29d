// Mixtral where more tokens go to some ranks than a bound lets them receive.
import type { LaunchPlan } from "../../src/plan/index.js";
import { edited, planOf } from "./mixtral.js";

/** Sixteen experts in order on eight ranks, some of them far more popular than others, and no room beyond the mean. */
export const crowded = (
  overflow: "rounds" | "abort",
  exchange = "auto",
  sums = false,
  nodes = "H100(nodes: 1)",
): Promise<LaunchPlan> =>
  planOf(
    edited(
      [
        "exchange  = auto",
        `exchange  = ${exchange}(tokens: dropless(bound: 1.0, overflow: ${overflow}), partial_sums: ${String(sums)})`,
      ],
      ["H100(nodes: 1)", nodes],
      ["placement = auto", "placement = contiguous"],
      ["lognormal(sigma: 0.5, seed: 7)", "lognormal(sigma: 1.5, seed: 7)"],
    ),
    ["Mixtral.depth=3", "Mixtral.experts=16"],
    ["bound-below-expected"],
  );

/** The same on two nodes of four, or four of two, where tokens are forwarded. */
export const overNodes = (overflow: "rounds" | "abort", sums: boolean, nodes = 2): Promise<LaunchPlan> =>
  crowded(overflow, "node_aware", sums, `H100(nodes: ${String(nodes)}, gpus: ${String(8 / nodes)})`);
