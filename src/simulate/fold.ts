// Expressions with the plan's dimensions put in, so that each evaluation for a rank and a layer has little left to do.
import { evaluate, namesIn, type Environment, type Expr } from "../plan/index.js";

/** `expr` with every name replaced that `environment` knows, and with what then is constant computed. */
export function fold(expr: Expr, environment: Environment): Expr {
  if (typeof expr === "number") return expr;
  if (typeof expr === "string") return environment(expr) ?? expr;
  if (namesIn(expr).every((name) => environment(name) !== undefined)) return evaluate(expr, environment);
  const [operator, first, ...rest] = expr;
  return [operator, fold(first, environment), ...rest.map((each) => fold(each, environment))];
}
