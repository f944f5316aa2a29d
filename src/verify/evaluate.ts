// Expressions of a plan that may say anything: evaluation that names the problem instead of throwing.
import { evaluate, printExpression, type Environment, type Expr } from "../plan/index.js";
import { InternalError } from "../diagnostics/internal-error.js";

/** Why an expression has no value. */
export interface NoValue {
  readonly problem: string;
}

/** Deeper expressions than this are refused, so that evaluating needs a bounded stack. */
const MOST_DEPTH = 100;
const printed = (expr: Expr): string => printExpression(expr).slice(0, 120);

/** The finite value of an expression, or why it has none. */
export function valueOf(expr: Expr, environment: Environment): number | NoValue {
  if (isDeeperThan(expr, MOST_DEPTH))
    return { problem: `an expression is nested deeper than ${MOST_DEPTH} levels` };
  if (hasWrongArity(expr))
    return { problem: `\`${printed(expr)}\` gives an operator too few or too many operands` };
  try {
    const value = evaluate(expr, environment);
    if (Number.isFinite(value)) return value;
    return { problem: `\`${printed(expr)}\` is not finite` };
  } catch (error) {
    if (!(error instanceof InternalError)) throw error;
    return { problem: `\`${printed(expr)}\` has no value: ${error.message}` };
  }
}

/** The value where it is a whole number from `least` to `most`, or why it is not. */
export function integerOf(
  expr: Expr,
  environment: Environment,
  least: number,
  most: number,
): number | NoValue {
  const value = valueOf(expr, environment);
  if (typeof value !== "number") return value;
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  return { problem: `\`${printed(expr)}\` is ${value}, not a whole number from ${least} to ${most}` };
}

function isDeeperThan(expr: Expr, depth: number): boolean {
  if (!Array.isArray(expr)) return false;
  return depth === 0 || expr.some((each, at) => at > 0 && isDeeperThan(each, depth - 1));
}

function hasWrongArity(expr: Expr): boolean {
  if (!Array.isArray(expr)) return false;
  const [operator, ...operands] = expr;
  const any = operator === "+" || operator === "*" || operator === "min" || operator === "max";
  return (!any && operands.length !== 2) || operands.some(hasWrongArity);
}
