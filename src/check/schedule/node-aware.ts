// Whether a schedule that pins the node-aware exchange can have it: it forwards tokens within nodes, so there must be several.
import type { Machine } from "../../plan/types.gen.js";
import { nodeShape } from "../../plan/nodes.js";
import type { Context } from "../context.js";
import type { ScheduleSpec } from "../program.js";

/** Reports a pin that the cluster does not allow. */
export function checkNodeAware(
  { algorithm, tokens }: ScheduleSpec["exchange"],
  ep: number,
  machine: Machine | undefined,
  context: Context,
): void {
  if (algorithm.kind !== "pinned" || algorithm.value !== "node_aware" || machine === undefined) return;
  if (tokens.policy === "capacity") {
    context.diagnostics.report("exchange-not-allowed", algorithm.span, {
      choice: "node_aware",
      reason: "copies for nodes have no fixed number, as capacity demands",
      advice: 'Write "direct_by_peer", or let every token reach its experts: tokens: dropless.',
    });
    return;
  }
  if (nodeShape(machine, ep) !== undefined) return;
  const perNode = machine.tiers[0]?.joins ?? 1;
  const whole = perNode > 1 && ep > perNode;
  context.diagnostics.report("exchange-not-allowed", algorithm.span, {
    choice: "node_aware",
    reason: whole
      ? `ep is ${ep}, which is not whole nodes of ${perNode} GPUs`
      : `the ${ep} GPUs that share experts are ${perNode > 1 ? "on one node" : "nodes of their own"}`,
    advice: whole
      ? `Make ep a multiple of ${perNode}, or write "direct_by_peer", or "auto".`
      : 'Write "direct_by_peer", or "auto" to leave it to the compiler.',
  });
}
