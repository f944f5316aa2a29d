// Chevrotain's tree to ours: tokens back in the order of the text, trivia before them, and every token that the parser
// skipped on an Error node where it stood. Nothing of the text is lost, whatever was wrong with it.
import type { CstElement, CstNode, IToken } from "chevrotain";
import type { Source, Span } from "../diagnostics/span.js";
import type { Lexed } from "./lexer.js";
import { Newline } from "./tokens.js";
import type { Child, Node, Token, Tree, Trivia } from "./tree.js";

/** Rules that only choose or only bind tighter; a node that holds one other node is left out. */
const TRANSPARENT = new Set([
  ...["FileItem", "ModelItem", "BlockItem", "ClusterItem", "ScheduleItem"],
  ...["Expression", "Term", "Factor", "Primary"],
]);

/** A rule with its tokens and rules in the order of the text; rules without a real token are left out. */
interface Ordered {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  readonly children: readonly (Ordered | IToken)[];
}

/** Builds the tree from what the parser made of the tokens; without a `cst`, all of them count as skipped. */
export function buildTree(source: Source, lexed: Lexed, cst: CstNode | undefined): Tree {
  const ordered = cst ? order(cst) : undefined;
  const parsed = new Set<IToken>();
  if (ordered) collect(ordered, parsed);
  const builder = new Builder(source, lexed, parsed);
  return builder.build(ordered, cst?.name ?? "File");
}

const isToken = (element: CstElement | Ordered | IToken): element is IToken => "tokenType" in element;
const startOf = (element: Ordered | IToken): number =>
  "start" in element ? element.start : element.startOffset;
const endOf = (element: Ordered | IToken): number =>
  "end" in element ? element.end : element.startOffset + element.image.length;

function order(node: CstNode): Ordered | undefined {
  const children: (Ordered | IToken)[] = [];
  for (const element of Object.values(node.children).flat()) {
    if (!isToken(element)) {
      const child = order(element);
      if (child) children.push(child);
    } else if (element.image !== "" && !Number.isNaN(element.startOffset)) children.push(element);
  }
  const first = children.sort((a, b) => startOf(a) - startOf(b))[0];
  const last = children[children.length - 1];
  return first && last && { kind: node.name, start: startOf(first), end: endOf(last), children };
}

function collect(node: Ordered, into: Set<IToken>): void {
  for (const child of node.children) {
    if (isToken(child)) into.add(child);
    else collect(child, into);
  }
}

class Builder {
  readonly #source: Source;
  readonly #trivia: readonly Trivia[];
  readonly #skipped: readonly IToken[];
  #triviaIndex = 0;
  #skippedIndex = 0;

  constructor(source: Source, lexed: Lexed, parsed: ReadonlySet<IToken>) {
    this.#source = source;
    const newlines = lexed.tokens.filter((token) => token.tokenType === Newline && !parsed.has(token));
    const newlineTrivia = newlines.map((token): Trivia => ({
      kind: "newline",
      text: token.image,
      span: this.#span(token.startOffset, endOf(token)),
    }));
    this.#trivia = [...lexed.trivia, ...newlineTrivia].sort((a, b) => a.span.start - b.span.start);
    this.#skipped = lexed.tokens.filter((token) => token.tokenType !== Newline && !parsed.has(token));
  }

  build(root: Ordered | undefined, kind: string): Tree {
    const length = this.#source.text.length;
    const children = root ? this.#children(root.children, length) : this.#skippedBefore(length);
    const end: Token = {
      type: "token",
      kind: "EndOfFile",
      text: "",
      span: this.#span(length, length),
      leading: this.#triviaBefore(length),
    };
    return { root: { type: "node", kind, span: this.#span(0, length), children }, end };
  }

  #span(start: number, end: number): Span {
    return { source: this.#source.uri, start, end };
  }

  #children(elements: readonly (Ordered | IToken)[], end: number): readonly Child[] {
    const children: Child[] = [];
    for (const element of elements) {
      children.push(...this.#skippedBefore(startOf(element)));
      children.push(isToken(element) ? this.#token(element) : this.#node(element));
    }
    children.push(...this.#skippedBefore(end));
    return children;
  }

  #node(ordered: Ordered): Child {
    const children = this.#children(ordered.children, ordered.end);
    const only = children.length === 1 ? children[0] : undefined;
    if (only?.type === "node" && TRANSPARENT.has(ordered.kind)) return only;
    return { type: "node", kind: ordered.kind, span: this.#span(ordered.start, ordered.end), children };
  }

  /** The skipped tokens up to an offset, on one Error node. */
  #skippedBefore(offset: number): readonly Node[] {
    const tokens: Token[] = [];
    for (;;) {
      const next = this.#skipped[this.#skippedIndex];
      if (next === undefined || next.startOffset >= offset) break;
      tokens.push(this.#token(next));
      this.#skippedIndex += 1;
    }
    const first = tokens[0];
    const last = tokens[tokens.length - 1];
    if (!first || !last) return [];
    return [
      { type: "node", kind: "Error", span: this.#span(first.span.start, last.span.end), children: tokens },
    ];
  }

  #token(token: IToken): Token {
    const leading = this.#triviaBefore(token.startOffset);
    const kind = token.tokenType.CATEGORIES?.[0]?.name ?? token.tokenType.name;
    return {
      type: "token",
      kind,
      text: token.image,
      span: this.#span(token.startOffset, endOf(token)),
      leading,
    };
  }

  #triviaBefore(offset: number): readonly Trivia[] {
    const from = this.#triviaIndex;
    while ((this.#trivia[this.#triviaIndex]?.span.start ?? Infinity) < offset) this.#triviaIndex += 1;
    return this.#trivia.slice(from, this.#triviaIndex);
  }
}
