// Expressions of a plan as C++: dimensions are constants, variables keep their names.
import { InternalError } from "../../diagnostics/internal-error.js";
import type { Expr } from "../../plan/index.js";
import { atom, binary, call, type Expression } from "./cpp/tree.js";

/** What a name stands for: a dimension, a variable or a run-time count. */
export type Names = (name: string) => Expression;

/** Expressions that have a constant of their own. */
export type Known = (expr: Expr) => Expression | undefined;

/** A plan's expression as C++ over 64-bit integers. */
export function toCpp(expr: Expr, names: Names, known: Known = () => undefined): Expression {
  if (typeof expr === "number") return atom(expr);
  if (typeof expr === "string") return names(expr);
  const constant = known(expr);
  if (constant !== undefined) return constant;
  const [operator, ...operands] = expr;
  const values = operands.map((each) => toCpp(each, names, known));
  const [first, second] = values;
  if (first === undefined || second === undefined)
    throw new InternalError(`\`${operator}\` of a plan's expression lacks operands`);
  switch (operator) {
    case "+":
    case "*":
      return values.reduce((left, right) => binary(operator, left, right));
    case "-":
      return binary("-", first, second);
    case "/":
      return binary("/", first, second);
    case "%":
      // C++'s remainder has the sign of the dividend, the plan's is never negative.
      return mayBeNegative(operands[0]) ? call("modulo", first, second) : binary("%", first, second);
    case "ceil_div":
    case "align":
      return call(operator, first, second);
    case "min":
    case "max":
      return values.reduce((left, right) => call(`std::${operator}<std::int64_t>`, left, right));
    default:
      return operator satisfies never;
  }
}

/** Whether an expression over names that are never negative may be. */
function mayBeNegative(expr: Expr | undefined): boolean {
  if (!Array.isArray(expr)) return typeof expr === "number" && expr < 0;
  const [operator, ...operands] = expr;
  return operator === "-" || operands.some(mayBeNegative);
}
