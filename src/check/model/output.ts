// The type of an operator's result, lifted or not, and the rule that rows go back by the gate that sent them.
import type { Operator } from "../../operators/operator.js";
import type { Expr, TensorType } from "../../plan/types.gen.js";
import type { Context } from "../context.js";
import type { Inputs, Typed } from "./inputs.js";

/** Extents of an operator with those that its inputs bring: `in` for the width of the first, `top_k` for a gate. */
export function withInputExtents(
  operator: Operator,
  dims: Readonly<Record<string, Expr>>,
  inputs: Inputs,
): Record<string, Expr> {
  const all: Record<string, Expr> = {};
  operator.ports.forEach(({ extent }, index) => {
    const last = inputs.tensors[index]?.type.shape.at(-1);
    if (extent !== undefined && last !== undefined) all[extent] = last;
  });
  return Object.assign(all, dims);
}

/** Type of the result, or undefined after reporting a wrong gate or an operator that cannot be lifted. */
export function outputType(
  operator: Operator,
  inputs: Inputs,
  dims: Readonly<Record<string, Expr>>,
  context: Context,
): TensorType | undefined {
  const { tensors, liftedOver } = inputs;
  const gate = tensors.find(({ type }) => type.kind === "gate");
  if (gate && !sentByGate(operator, tensors, gate, context)) return undefined;
  const types = tensors.map(({ type }) => (liftedOver === undefined ? type : inPlace(type)));
  const result = operator.output(types, dims);
  if (result.kind === "routed") return { ...result, gate: gate?.id ?? "" };
  return liftedOver === undefined
    ? result
    : { kind: "routed", shape: ["rows", ...result.shape.slice(1)], gate: liftedOver };
}

/** Dispatched rows as an operator sees them that does not know of dispatching. */
function inPlace(type: TensorType): TensorType {
  return type.kind === "routed" ? { kind: "tokens", shape: ["tokens", ...type.shape.slice(1)] } : type;
}

function sentByGate(operator: Operator, tensors: readonly Typed[], gate: Typed, context: Context): boolean {
  const routed = tensors.find(({ type }) => type.kind === "routed");
  if (!routed || routed.type.gate === gate.id) return true;
  context.diagnostics.report(
    "gate-mismatch",
    gate.span,
    { operator: operator.name, given: gate.id, sent_by: routed.type.gate ?? "" },
    [{ span: routed.span, message: "the rows come from here" }],
  );
  return false;
}
