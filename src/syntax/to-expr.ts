// The concrete tree to typed expressions. Where something is missing there is an `Error` expression.
import type { Argument, BinaryOp, Expr, Field } from "./ast.js";
import { cover, type Span } from "../diagnostics/span.js";
import { childNode, childNodes, childToken, identIn, stringIn } from "./read-tree.js";
import type { Node, Token } from "./tree.js";

const EXPRESSIONS = new Set([
  "Expression",
  "Term",
  "Factor",
  "Primary",
  "Reference",
  "List",
  "Record",
  "Group",
]);
const OPERATORS: Readonly<Record<string, BinaryOp>> = { Plus: "+", Minus: "-", Star: "*", Slash: "/" };

/** The expression that a node holds, such as the value of a binding. */
export function toExpr(holder: Node): Expr {
  const node = holder.children.find(
    (child): child is Node => child.type === "node" && EXPRESSIONS.has(child.kind),
  );
  return node ? fromNode(node) : missing(holder.span);
}

export function toArguments(node: Node | undefined): readonly Argument[] {
  return childNodes(node, "Argument").map((each) => {
    const value = toExpr(each);
    return childToken(each, "Colon")
      ? { kind: "Argument", span: each.span, name: identIn(each), value }
      : { kind: "Argument", span: each.span, value };
  });
}

export function toFields(node: Node | undefined): readonly Field[] {
  return childNodes(node, "Field").map((each) => ({
    kind: "Field",
    span: each.span,
    name: identIn(each),
    value: toExpr(each),
  }));
}

/** The expressions between brackets. */
export function toExprs(node: Node | undefined): readonly Expr[] {
  return (node?.children ?? [])
    .filter((child): child is Node => child.type === "node" && EXPRESSIONS.has(child.kind))
    .map(fromNode);
}

function missing(near: Span): Expr {
  return { kind: "Error", span: { ...near, start: near.end } };
}

function fromNode(node: Node): Expr {
  switch (node.kind) {
    case "Expression":
    case "Term":
      return toBinary(node);
    case "Factor":
      return toUnary(node);
    case "Reference": {
      const callee = identIn(node);
      const args = childNode(node, "Arguments");
      if (!args) return { kind: "Name", span: callee.span, text: callee.text };
      return { kind: "Call", span: node.span, callee, args: toArguments(args) };
    }
    case "List":
      return { kind: "List", span: node.span, items: toExprs(node) };
    case "Record":
      return { kind: "Record", span: node.span, fields: toFields(node) };
    case "Group":
      return toExpr(node);
    default:
      return toLiteral(node);
  }
}

/** Operands with operators between, from left to right. */
function toBinary(node: Node): Expr {
  let left: Expr | undefined;
  let operator: Token | undefined;
  for (const child of node.children) {
    if (child.type === "token") {
      if (operator) left = combine(left ?? missing(node.span), operator, missing(operator.span));
      operator = child;
    } else if (EXPRESSIONS.has(child.kind)) {
      const right = fromNode(child);
      left = left && operator ? combine(left, operator, right) : (left ?? right);
      operator = undefined;
    }
  }
  if (operator) left = combine(left ?? missing(node.span), operator, missing(operator.span));
  return left ?? missing(node.span);
}

function combine(left: Expr, operator: Token, right: Expr): Expr {
  const span = cover(left.span, right.span);
  const op = OPERATORS[operator.kind] ?? "+";
  return { kind: "Binary", span, op, opSpan: operator.span, left, right };
}

function toUnary(node: Node): Expr {
  const signs = node.children.filter(
    (child): child is Token => child.type === "token" && child.kind === "Minus",
  );
  return signs.reduceRight<Expr>(
    (operand, sign) => ({ kind: "Unary", span: cover(sign.span, operand.span), op: "-", operand }),
    toExpr(node),
  );
}

function toLiteral(node: Node): Expr {
  const { span } = node;
  if (childToken(node, "String")) return stringIn(node);
  const number = childToken(node, "Number");
  if (number) {
    const value = Number(number.text);
    return Number.isFinite(value) ? { kind: "Number", span, value } : { kind: "Error", span };
  }
  const quantity = childToken(node, "Quantity");
  return quantity ? toQuantity(quantity) : { kind: "Error", span };
}

function toQuantity({ text, span }: Token): Expr {
  const [, number = "", blanks = "", unit = ""] =
    /^(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)([ \t]*)(.+)$/.exec(text) ?? [];
  const unitStart = span.start + number.length + blanks.length;
  const value = Number(number);
  if (!Number.isFinite(value)) return { kind: "Error", span };
  return { kind: "Quantity", span, value, unit, unitSpan: { ...span, start: unitStart } };
}
