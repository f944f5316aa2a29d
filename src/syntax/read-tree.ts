// Small questions to the concrete tree, with answers also where something is missing.
import type { Ident, StringExpr } from "./ast.js";
import type { Node, Token } from "./tree.js";

export function isPresent<T>(value: T | undefined): value is T {
  return value !== undefined;
}

export function childNodes(node: Node | undefined, kind: string): readonly Node[] {
  return (node?.children ?? []).filter(
    (child): child is Node => child.type === "node" && child.kind === kind,
  );
}

export function childNode(node: Node | undefined, kind: string): Node | undefined {
  return childNodes(node, kind)[0];
}

export function childToken(node: Node | undefined, kind: string): Token | undefined {
  return node?.children.find((child): child is Token => child.type === "token" && child.kind === kind);
}

/**
 * The first token of this kind as a name; with `after`, the one right behind that keyword. Where it is missing, a name
 * without text at the place where it should stand.
 */
export function identIn(node: Node, kind = "Identifier", after?: string): Ident {
  const { children } = node;
  const from = after === undefined ? 0 : children.findIndex((child) => child.kind === after) + 1;
  const isSought = (index: number): boolean => children[index]?.kind === kind;
  const index =
    after === undefined ? children.findIndex((child) => child.kind === kind) : isSought(from) ? from : -1;
  const token = children[index];
  if (token?.type === "token") return { kind: "Ident", text: token.text, span: token.span };
  const first = children[Math.max(0, from - 1)] ?? node;
  const end = first.type === "token" ? first.span.end : node.span.start;
  return { kind: "Ident", text: "", span: { ...node.span, start: end, end } };
}

/** The string in a node; an empty one where it is missing. */
export function stringIn(node: Node): StringExpr {
  const token = childToken(node, "String");
  if (token) return { kind: "String", span: token.span, value: unquote(token.text) };
  return { kind: "String", span: { ...node.span, start: node.span.end }, value: "" };
}

/** The content of a string token. Unknown escapes, which have been reported, stand for themselves. */
export function unquote(text: string): string {
  const quote = text[0] ?? '"';
  const isClosed = text.length > 1 && text.endsWith(quote);
  return text.slice(1, isClosed ? -1 : undefined).replace(/\\(["\\])/g, "$1");
}
