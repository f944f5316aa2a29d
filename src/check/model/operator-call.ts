// One call of an operator to one node: its inputs, attributes, constraints and the type of its result.
import type { Operator } from "../../operators/operator.js";
import type { Node } from "../../plan/types.gen.js";
import type { CallExpr } from "../../syntax/ast.js";
import { countOf } from "../describe.js";
import { readAttributes } from "./attributes.js";
import { checkConstraints } from "./constraints.js";
import { fitInputs, type Typed } from "./inputs.js";
import type { ModelScope } from "./model-scope.js";
import { outputType, withInputExtents } from "./output.js";
import type { Tensor } from "./tensor.js";

/** The node, or undefined after reporting every mistake of the call. `block` is where it belongs. */
export function callOperator(
  operator: Operator,
  call: CallExpr,
  inputs: readonly Tensor[],
  id: string,
  block: string,
  scope: ModelScope,
): Node | undefined {
  const { context, dimensions, parameters } = scope;
  const { environment } = dimensions;
  const qualifiedName = (attribute: string): string => `${block}.${id}.${attribute}`;
  const attributes = readAttributes(call, operator, qualifiedName, dimensions, parameters, context);
  const typed = inputs.filter((each): each is Typed => each.type !== undefined);
  // `+` always has its two sides.
  const counted =
    inputs.length === operator.ports.length || hasInputCount(call, operator.ports.length, scope);
  if (!counted || typed.length < inputs.length) return undefined;
  const fitted = fitInputs(operator, typed, call.callee.span, environment, context);
  if (!fitted || !attributes) return undefined;
  const dims = withInputExtents(operator, attributes.dims, fitted);
  const { given, options } = attributes;
  if (!checkConstraints(operator, { dims, given }, call.callee.span, environment, context)) return undefined;
  const output = outputType(operator, fitted, dims, context);
  return (
    output && {
      id,
      op: operator.name,
      inputs: typed.map((each) => each.id),
      dims,
      options,
      output,
      span: context.planSpan(call.span),
    }
  );
}

/** Whether a call gives as many values as are taken; reports where it does not. */
export function hasInputCount(call: CallExpr, expected: number, scope: ModelScope): boolean {
  const positional = call.args.filter((each) => each.name === undefined);
  const found = positional.length;
  if (expected === found) return true;
  const extra = positional[expected];
  // A number where a value belongs has been reported already.
  if (extra?.value.kind === "Number" || extra?.value.kind === "Quantity") return false;
  const callee = call.callee.text;
  scope.context.diagnostics.report("wrong-input-count", extra?.span ?? call.callee.span, {
    callee,
    expected: countOf(expected, "input"),
    found: countOf(found, "input"),
    advice: scope.signatureOf(callee),
  });
  return false;
}
