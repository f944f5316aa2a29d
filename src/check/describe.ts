// How messages call things: expressions by their form, counts in words.
import type { Expr } from "../syntax/ast.js";

/** "a record", "the name \"x\"", ... */
export function describeExpression(expr: Expr): string {
  switch (expr.kind) {
    case "Name":
      return `the name "${expr.text}"`;
    case "Number":
      return "a number";
    case "Quantity":
      return "a quantity";
    case "String":
      return "a string";
    case "List":
      return "a list";
    case "Record":
      return "a record";
    case "Call":
      return `a call of "${expr.callee.text}"`;
    case "Binary":
    case "Unary":
      return "a computed value";
    case "Error":
      return "nothing";
  }
}

/** "1 input", "3 inputs", "no inputs". */
export function countOf(count: number, noun: string): string {
  return `${count === 0 ? "no" : count} ${noun}${count === 1 ? "" : "s"}`;
}
