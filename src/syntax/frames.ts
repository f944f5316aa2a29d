// The open brackets while a text is laid out, and what is known of the statement in each body.
import type { IToken, TokenType } from "chevrotain";
import type { BodyKind } from "./statements.js";
import {
  LeftBrace,
  LeftBracket,
  LeftParen,
  RightBrace,
  RightBracket,
  RightParen,
  type Keyword,
} from "./tokens.js";

/** Brackets of a value, or (without `open`) the whole of a text that is one value. */
export interface ValueFrame {
  readonly kind: "value";
  readonly open: IToken | undefined;
  readonly close: TokenType | undefined;
  /** Set for the brackets behind a declaration's name. */
  readonly header: Keyword | undefined;
  operators: number;
}

/** A body, with the state of its current statement. */
export interface BodyFrame {
  readonly kind: "body";
  readonly body: BodyKind;
  /** Absent for the file. */
  readonly open: IToken | undefined;
  operators: number;
  /** The next token begins a statement. */
  atStart: boolean;
  /** The newline that ended the last statement, to be given out before the next one. */
  newline: IToken | undefined;
  hasStatements: boolean;
  keyword: Keyword | undefined;
  /** Nothing is known about this statement; the parser will report it. */
  isForeign: boolean;
  /** Tokens of a header so far, its brackets not counted. */
  headerTokens: number;
  hasGroup: boolean;
  hasJunk: boolean;
}

export type Frame = ValueFrame | BodyFrame;

export function bodyFrame(body: BodyKind, open: IToken | undefined): BodyFrame {
  return {
    kind: "body",
    body,
    open,
    operators: 0,
    atStart: true,
    newline: undefined,
    hasStatements: false,
    keyword: undefined,
    isForeign: false,
    headerTokens: 0,
    hasGroup: false,
    hasJunk: false,
  };
}

export function valueFrame(open: IToken | undefined, header?: Keyword): ValueFrame {
  return {
    kind: "value",
    open,
    close: open && CLOSER.get(open.tokenType),
    header,
    operators: 0,
  };
}

const CLOSER = new Map([
  [LeftParen, RightParen],
  [LeftBracket, RightBracket],
  [LeftBrace, RightBrace],
]);

export const isOpener = (type: TokenType): boolean => CLOSER.has(type);
export const isCloser = (type: TokenType): boolean => [...CLOSER.values()].includes(type);

/** How many more brackets of each kind are opened than closed, by the kind of their closer. */
export function countMissing(tokens: readonly IToken[]): Map<TokenType, number> {
  const missing = new Map<TokenType, number>([...CLOSER.values()].map((type) => [type, 0]));
  for (const { tokenType } of tokens) {
    const closer = CLOSER.get(tokenType);
    if (closer) missing.set(closer, (missing.get(closer) ?? 0) + 1);
    else if (missing.has(tokenType)) missing.set(tokenType, (missing.get(tokenType) ?? 0) - 1);
  }
  return missing;
}
