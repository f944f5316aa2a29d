// The concrete syntax tree: every token of the text, in order, with the blanks and comments before it.
// Printing its tokens gives the text back exactly. What the text means is in ast.ts.
import type { Span } from "../diagnostics/span.js";

export type TriviaKind = "blank" | "newline" | "line-comment" | "block-comment" | "invalid";

/** Text between tokens. `invalid` is text that the lexer could not read and has reported. */
export interface Trivia {
  readonly kind: TriviaKind;
  readonly text: string;
  readonly span: Span;
}

/** A token. `newline` tokens are the newlines that end a statement; all others are trivia. */
export interface Token {
  readonly type: "token";
  /** The grammar's name for it: "Identifier", "Quantity", "LeftBrace", "Newline", "EndOfFile", ... */
  readonly kind: string;
  readonly text: string;
  readonly span: Span;
  readonly leading: readonly Trivia[];
}

/** A rule of the grammar with what it matched. Skipped tokens hang on a node of kind `Error`. */
export interface Node {
  readonly type: "node";
  /** The rule's name in grammar/weft.ebnf, or "Error". */
  readonly kind: string;
  readonly span: Span;
  readonly children: readonly Child[];
}

export type Child = Node | Token;

export interface Tree {
  readonly root: Node;
  /** Empty text; carries what stands behind the last token. */
  readonly end: Token;
}

/** Every token of a tree in the order of the text, the end of file last. */
export function* tokensOf(tree: Tree): Generator<Token> {
  yield* tokensUnder(tree.root);
  yield tree.end;
}

function* tokensUnder(node: Node): Generator<Token> {
  for (const child of node.children) {
    if (child.type === "token") yield child;
    else yield* tokensUnder(child);
  }
}
