// Constant expressions to quantities: numbers, units, parameters and arithmetic. Not the dataflow of blocks.
import { didYouMean } from "../../diagnostics/did-you-mean.js";
import type { Span } from "../../diagnostics/span.js";
import type { BinaryExpr, Expr, QuantityExpr } from "../../syntax/ast.js";
import type { Context } from "../context.js";
import { describeExpression } from "../describe.js";
import { compute, type Quantity } from "./quantity.js";
import { describeMeasure, quantities, units } from "./units.js";

/** A value with what a diagnostic about it needs. */
export interface Evaluated {
  readonly quantity: Quantity;
  /** Where the expression stands. */
  readonly span: Span;
  /** The option `--set` that decided it, where one did; complaints go there. */
  readonly decidedBy?: Span;
  /** Where the parameter got its value, for an expression that is nothing but a parameter. */
  readonly definedAt?: Span;
  /** The parameter, where the expression is nothing but its name. */
  readonly parameter?: string;
}

/** Parameters in scope. `undefined` stands for one whose value is not known; nothing is said about it. */
export interface Scope {
  /** Completes "There is no parameter x ...". */
  readonly where: string;
  readonly values: ReadonlyMap<string, Evaluated | undefined>;
  /** Names that are declared further down, where order matters. */
  readonly later?: ReadonlySet<string>;
  /** Parameters that were asked for. */
  readonly used: Set<string>;
}

export const noScope: Scope = { where: "here", values: new Map(), used: new Set() };

/** The value of an expression, or undefined after reporting why it has none. */
export function evaluate(expr: Expr, scope: Scope, context: Context): Evaluated | undefined {
  switch (expr.kind) {
    case "Number":
      return { quantity: { value: expr.value, measure: quantities.number.measure }, span: expr.span };
    case "Quantity":
      return fromQuantity(expr, context);
    case "Name": {
      if (!scope.values.has(expr.text)) {
        reportUnknown(expr.text, expr.span, scope, context);
        return undefined;
      }
      scope.used.add(expr.text);
      const found = scope.values.get(expr.text);
      return (
        found && { ...found, span: expr.span, definedAt: found.definedAt ?? found.span, parameter: expr.text }
      );
    }
    case "Unary": {
      const operand = evaluate(expr.operand, scope, context);
      if (!operand) return undefined;
      const { value, measure } = operand.quantity;
      return { ...withoutParameter(operand), quantity: { value: -value, measure }, span: expr.span };
    }
    case "Binary":
      return fromBinary(expr, scope, context);
    case "Error":
      return undefined;
    case "String":
    case "List":
    case "Record":
    case "Call":
      context.diagnostics.report("wrong-value", expr.span, {
        what: "This value",
        expected: "a number or a quantity",
        found: describeExpression(expr),
        advice: "Write a number such as 4096, a quantity such as 80 GiB, or a parameter's name.",
      });
      return undefined;
  }
}

function reportUnknown(name: string, span: Span, scope: Scope, context: Context): void {
  if (context.mayBeBound(span.source, name)) return;
  context.diagnostics.report("unknown-parameter", span, {
    name,
    where: scope.where,
    suggestion: scope.later?.has(name)
      ? "It is declared further down. Move that line up."
      : didYouMean(name, scope.values.keys(), "Write a number, or declare the parameter first."),
  });
}

function fromQuantity(expr: QuantityExpr, context: Context): Evaluated | undefined {
  const unit = units.get(expr.unit);
  if (!unit) {
    context.diagnostics.report("unknown-unit", expr.unitSpan, {
      unit: expr.unit,
      suggestion: didYouMean(
        expr.unit,
        units.keys(),
        "Units are B, GB, GiB, GB/s, Gb/s, s, ms, us, ns, TFLOPS.",
      ),
    });
    return undefined;
  }
  return { quantity: { value: expr.value * unit.scale, measure: unit.measure }, span: expr.span };
}

function fromBinary(expr: BinaryExpr, scope: Scope, context: Context): Evaluated | undefined {
  const left = evaluate(expr.left, scope, context);
  const right = evaluate(expr.right, scope, context);
  if (!left || !right) return undefined;
  const outcome = compute(expr.op, left.quantity, right.quantity);
  if (outcome.ok) {
    const decidedBy = left.decidedBy ?? right.decidedBy;
    return { quantity: outcome.quantity, span: expr.span, ...(decidedBy ? { decidedBy } : {}) };
  }
  if (outcome.problem === "measures") {
    context.diagnostics.report("incompatible-units", expr.span, {
      operator: expr.op,
      left: describeMeasure(left.quantity.measure),
      right: describeMeasure(right.quantity.measure),
    });
  } else {
    const reason = outcome.problem === "division_by_zero" ? "it divides by zero" : "it is too large";
    context.diagnostics.report("not-a-finite-number", expr.span, { reason });
  }
  return undefined;
}

function withoutParameter({ quantity, span, decidedBy }: Evaluated): Evaluated {
  return { quantity, span, ...(decidedBy ? { decidedBy } : {}) };
}
