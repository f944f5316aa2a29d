// Rules of a block's statements that need no types: each name is bound once, the last statement returns, and what is
// computed is used.
import type { Span } from "../../diagnostics/span.js";
import type { Node } from "../../plan/types.gen.js";
import type { BlockDecl, Let, Return } from "../../syntax/ast.js";
import type { Context } from "../context.js";
import type { Tensor } from "./tensor.js";

export interface Variable {
  readonly tensor: Tensor;
  used: boolean;
}

/** Reports names bound twice, and a return that is missing or not the last statement. */
export function checkStatements(
  block: BlockDecl,
  modelParameters: ReadonlyMap<string, unknown>,
  context: Context,
): void {
  const first = new Map<string, Span>();
  for (const entry of [...block.params, ...block.body]) {
    if (entry.kind === "Return" || entry.name.text === "") continue;
    const { text, span } = entry.name;
    const earlier = first.get(text);
    if (earlier) {
      const advice = "A name of a block stands for one value. Give the second another name.";
      context.diagnostics.report("duplicate-name", span, { what: "variable", name: text, advice }, [
        { span: earlier, message: "the first stands here" },
      ]);
    } else if (modelParameters.has(text)) {
      const taken = "a parameter of the model";
      context.diagnostics.report("reserved-name", span, { name: text, what: "value of a block", taken });
    }
    first.set(text, earlier ?? span);
  }
  const returns = block.body.filter((each): each is Return => each.kind === "Return");
  if (returns.length === 0)
    context.reportAbsence("missing-return", block.name.span, { block: block.name.text });
  const last = block.body.at(-1);
  for (const each of returns)
    if (each !== last) context.diagnostics.report("misplaced-return", each.span, {});
}

/** What the block returns. */
export const returnOf = (block: BlockDecl): Return | undefined =>
  block.body.findLast((each): each is Return => each.kind === "Return");

/** Warns of variables on which the result does not depend. Stays silent where an error left a value unknown. */
export function reportUnused(
  block: BlockDecl,
  variables: ReadonlyMap<string, Variable>,
  nodes: readonly Node[],
  result: string,
  context: Context,
): void {
  const live = reachable(nodes, result);
  const end = returnOf(block)?.span.start ?? 0;
  for (const { name } of block.body.filter((each): each is Let => each.kind === "Let")) {
    const variable = variables.get(name.text);
    if (!variable?.tensor.type || name.span.start > end) continue;
    const isNode = nodes.some(({ id }) => id === variable.tensor.id);
    if (variable.used && (!isNode || live.has(variable.tensor.id))) continue;
    context.diagnostics.report("unused-variable", name.span, { name: name.text });
  }
}

/** Ids of the nodes that a result depends on, itself among them. */
export function reachable(nodes: readonly Node[], result: string): ReadonlySet<string> {
  const live = new Set([result]);
  for (const { id, inputs } of [...nodes].reverse())
    if (live.has(id)) for (const input of inputs) live.add(input);
  return live;
}
