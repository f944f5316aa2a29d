// Reading a node's dims and options, and the arguments that many kernels share. A missing name is Weft's own mistake.
// Operators write their extents as expressions over their own names (`in`, `width`, ...), which `inDims` and `valueOf` fill in.
import { InternalError } from "../diagnostics/internal-error.js";
import { evaluate, expression } from "../plan/expression.js";
import type { Expr } from "../plan/types.gen.js";
import type { Dims, DimValues, LaunchContext, OperandSpec, Options } from "./operator.js";

/** An expression over an operator's own names as one in the plan's dimensions; other names stay. */
export function inDims(expr: Expr, dims: Dims): Expr {
  if (typeof expr === "number") return expr;
  if (typeof expr === "string") return dims[expr] ?? expr;
  const [operator, ...operands] = expr;
  return expression(operator, ...operands.map((each) => inDims(each, dims)));
}

/** Value of an expression over an operator's own names. */
export const valueOf = (expr: Expr, dims: DimValues): number => evaluate(expr, (name) => dims[name]);

/** Several of them by name. */
export function valuesOf<Name extends string>(
  dims: DimValues,
  ...names: readonly Name[]
): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, valueOf(name, dims)])) as Record<Name, number>;
}

function option(options: Options, name: string): Options[string] {
  const value = options[name];
  if (value === undefined) throw new InternalError(`a node has no option \`${name}\``);
  return value;
}

export function realOption(options: Options, name: string): number {
  const value = option(options, name);
  if (typeof value !== "number") throw new InternalError(`option \`${name}\` is not a number`);
  return value;
}

export function flagOption(options: Options, name: string): boolean {
  const value = option(options, name);
  if (typeof value !== "boolean") throw new InternalError(`option \`${name}\` is not a flag`);
  return value;
}

/** The counts by which a kernel with weights finds the slot of a row; `segmentArguments` go with it. */
export const segments: OperandSpec = {
  name: "segments",
  access: "read",
  role: { kind: "segments" },
  liftedOnly: true,
};

/** How the counts of all sources for this rank's slots lie in the table that a launch reads. */
export const countArguments = ({ exchange }: LaunchContext) => ({
  ranks: exchange?.ranks ?? 0,
  own_slots: exchange?.ownSlots ?? 0,
  stride: exchange?.countStride ?? 0,
  first: exchange?.firstCount ?? 0,
});

/** Zero slots say that all rows share one set of weights; the operand's offset, where there is one, goes over the 0 here. */
export const segmentArguments = (context: LaunchContext) => ({ segments: 0, ...countArguments(context) });

export const rowArguments = ({ rowBegin, rowEnd }: LaunchContext) => ({
  row_begin: rowBegin,
  row_end: rowEnd,
});
