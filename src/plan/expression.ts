// Expressions of the plan: building, evaluating and printing them. A value of the plan's Expr type is plain JSON.
import { InternalError } from "../diagnostics/internal-error.js";
import type { Expr, ExprOperator } from "./types.gen.js";

/** Gives the value of a dimension, variable or run-time count; undefined where there is none of that name. */
export type Environment = (name: string) => number | undefined;

/** Thrown where an expression names something that is not in scope. */
export class UnknownNameError extends InternalError {
  constructor(readonly unknownName: string) {
    super(`an expression names \`${unknownName}\`, which is not in scope`);
  }
}

/** Value of an expression. Division is floor division; a division by zero throws InternalError. */
export function evaluate(expr: Expr, environment: Environment): number {
  if (typeof expr === "number") return expr;
  if (typeof expr === "string") {
    const value = environment(expr);
    if (value === undefined) throw new UnknownNameError(expr);
    return value;
  }
  let value = evaluate(expr[1], environment);
  for (let at = 2; at < expr.length; at++)
    value = apply(expr[0], value, evaluate(expr[at] as Expr, environment));
  return value;
}

function apply(operator: ExprOperator, left: number, right: number): number {
  if (
    right === 0 &&
    (operator === "/" || operator === "%" || operator === "ceil_div" || operator === "align")
  )
    throw new InternalError(`division by zero in \`${operator}\``);
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return Math.floor(left / right);
    case "ceil_div":
      return Math.ceil(left / right);
    case "%":
      return ((left % right) + right) % right;
    case "min":
      return Math.min(left, right);
    case "max":
      return Math.max(left, right);
    case "align":
      return Math.ceil(left / right) * right;
    default:
      throw new InternalError(`unknown operator ${String(operator satisfies never)}`);
  }
}

/** Builds an expression, folding numbers and dropping neutral elements, so that plans stay readable. */
export function expression(operator: ExprOperator, ...operands: readonly Expr[]): Expr {
  const neutral = operator === "+" ? 0 : operator === "*" ? 1 : undefined;
  const flat = neutral === undefined ? operands : operands.flatMap((each) => splice(operator, each));
  if (operator === "*" && flat.includes(0)) return 0;
  const numbers = flat.filter((each) => typeof each === "number");
  if (numbers.length === flat.length && flat.length > 0)
    return numbers.slice(1).reduce((left, right) => apply(operator, left, right), numbers[0] ?? 0);
  if (neutral === undefined) {
    if (flat[1] === 1 && flat.length === 2 && (operator === "/" || operator === "ceil_div"))
      return flat[0] ?? 0;
    if (flat[1] === 0 && flat.length === 2 && operator === "-") return flat[0] ?? 0;
    return build(operator, flat);
  }
  const folded = numbers.reduce((left, right) => apply(operator, left, right), neutral);
  const others = flat.filter((each) => typeof each !== "number");
  return build(operator, folded === neutral ? others : [folded, ...others]);
}

function splice(operator: ExprOperator, operand: Expr): readonly Expr[] {
  return Array.isArray(operand) && operand[0] === operator ? operand.slice(1) : [operand];
}

function build(operator: ExprOperator, operands: readonly Expr[]): Expr {
  const [first, ...rest] = operands;
  if (first === undefined) throw new InternalError(`\`${operator}\` without operands`);
  return rest.length === 0 ? first : [operator, first, ...rest];
}

export const sum = (...terms: readonly Expr[]): Expr => (terms.length === 0 ? 0 : expression("+", ...terms));
export const product = (...factors: readonly Expr[]): Expr =>
  factors.length === 0 ? 1 : expression("*", ...factors);
export const difference = (left: Expr, right: Expr): Expr => expression("-", left, right);
export const quotient = (left: Expr, right: Expr): Expr => expression("/", left, right);
export const remainder = (left: Expr, right: Expr): Expr => expression("%", left, right);
export const largest = (...terms: readonly Expr[]): Expr => expression("max", ...terms);

const symbols: Partial<Record<ExprOperator, string>> = {
  "+": " + ",
  "-": " - ",
  "*": " * ",
  "/": " / ",
  "%": " % ",
};

/** The expression as people write it, for reports and emitted comments. */
export function printExpression(expr: Expr): string {
  if (typeof expr === "number" || typeof expr === "string") return String(expr);
  const [operator, ...operands] = expr;
  const symbol = symbols[operator];
  if (symbol === undefined) return `${operator}(${operands.map(printExpression).join(", ")})`;
  return operands
    .map((each) =>
      Array.isArray(each) && symbols[each[0]] !== undefined
        ? `(${printExpression(each)})`
        : printExpression(each),
    )
    .join(symbol);
}

/** Every name in an expression, in order of appearance. */
export function namesIn(expr: Expr): readonly string[] {
  if (typeof expr === "number") return [];
  if (typeof expr === "string") return [expr];
  const [, ...operands] = expr;
  return operands.flatMap(namesIn);
}
