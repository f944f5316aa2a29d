// Whether a schedule that pins an exchange in which nodes pass rows on can have it: there must be several nodes.
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
  if (algorithm.kind !== "pinned" || machine === undefined) return;
  const { value: choice } = algorithm;
  if (choice !== "node_aware" && choice !== "gather") return;
  if (tokens.policy === "capacity") {
    context.diagnostics.report("exchange-not-allowed", algorithm.span, {
      choice,
      reason:
        choice === "gather"
          ? "those who pass rows on learn by counts how many there are, and capacity tells none"
          : "copies for nodes have no fixed number, as capacity demands",
      advice: 'Write "direct_by_peer", or let every token reach its experts: tokens: dropless.',
    });
    return;
  }
  if (nodeShape(machine, ep) !== undefined) return;
  const perNode = machine.tiers[0]?.joins ?? 1;
  const whole = perNode > 1 && ep > perNode;
  context.diagnostics.report("exchange-not-allowed", algorithm.span, {
    choice,
    reason: whole
      ? `ep is ${ep}, which is not whole nodes of ${perNode} GPUs`
      : `the ${ep} GPUs that share experts are ${perNode > 1 ? "on one node" : "nodes of their own"}`,
    advice: whole
      ? `Make ep a multiple of ${perNode}, or write "direct_by_peer", or "auto".`
      : 'Write "direct_by_peer", or "auto" to leave it to the compiler.',
  });
}
