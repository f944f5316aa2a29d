// Each gate's exchange: one dispatch, one combine. That a dispatch is combined at all follows from the types: a block
// returns tokens, and only the combine of the same gate makes tokens of dispatched rows.
import type { Node } from "../../plan/types.gen.js";
import type { Span } from "../../diagnostics/span.js";
import type { Context } from "../context.js";

/** Reports gates that dispatch or combine more than once, among the nodes that a block's result depends on. */
export function checkGates(nodes: readonly Node[], spanOf: (node: Node) => Span, context: Context): void {
  for (const { id: gate, output } of nodes) {
    if (output.kind !== "gate") continue;
    const users = nodes.filter(({ inputs }) => inputs.includes(gate));
    const sent = users.filter(({ op }) => op === "dispatch");
    const returned = users.filter(({ op }) => op === "combine");
    reportSecond(sent, "dispatch", gate, spanOf, context);
    reportSecond(returned, "combine", gate, spanOf, context);
  }
}

function reportSecond(
  nodes: readonly Node[],
  operator: string,
  gate: string,
  spanOf: (node: Node) => Span,
  context: Context,
): void {
  const second = nodes[1];
  if (!second) return;
  context.diagnostics.report("unsupported", spanOf(second), {
    what: `A second ${operator} by the gate "${gate}"`,
    available: `A gate has one dispatch and one combine. Join what the experts compute before combining, or route again.`,
  });
}
