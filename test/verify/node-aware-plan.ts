// A small plan with a node-aware exchange, as the compiler makes it: Mixtral's example with a layer of eight experts, two on
// each of four GPUs, on two nodes.
import { edited, planOf } from "../end-to-end/mixtral.js";
import type { LaunchPlan } from "../../src/plan/index.js";

/** `layers` expert layers; one micro-batch, so that launches have short names. */
export const nodeAwarePlan = (partialSums: boolean, layers = 1): Promise<LaunchPlan> =>
  planOf(
    edited(
      ["H100(nodes: 1)", "H100(nodes: 2, gpus: 2)"],
      ["parallel  = { ep: 8 }", "parallel  = { ep: 4 }"],
      ["micro_batches: auto", "micro_batches: 1"],
      ["overlap   = auto", "overlap   = auto(batches: 1)"],
      ["exchange  = auto", `exchange  = node_aware(partial_sums: ${String(partialSums)})`],
    ),
    [`Mixtral.depth=${String(layers)}`],
  );
