// Names that a block calls, operators and blocks alike.
import type { BlockDecl, Expr } from "../../syntax/ast.js";

export function calledNames(block: BlockDecl): readonly string[] {
  return block.body.flatMap((statement) => calledIn(statement.value));
}

function calledIn(expr: Expr): readonly string[] {
  switch (expr.kind) {
    case "Call":
      return [expr.callee.text, ...expr.args.flatMap(({ value }) => calledIn(value))];
    case "Binary":
      return [...calledIn(expr.left), ...calledIn(expr.right)];
    case "Unary":
      return calledIn(expr.operand);
    case "Name":
    case "Number":
    case "Quantity":
    case "String":
    case "List":
    case "Record":
    case "Error":
      return [];
  }
}
