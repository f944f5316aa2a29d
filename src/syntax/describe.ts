// Tokens in the words of diagnostics, and where they stand.
import { EOF, type IToken } from "chevrotain";
import type { Span } from "../diagnostics/span.js";
import { Newline } from "./tokens.js";

const LONGEST_QUOTE = 40;

/** What was found: the token itself in backquotes, shortened, or "the end of the line". */
export function describe(token: IToken | undefined): string {
  if (token === undefined || token.tokenType === EOF) return "the end of the text";
  if (token.tokenType === Newline) return "the end of the line";
  const image = token.image.split(/[\r\n]/)[0] ?? "";
  return image.length > LONGEST_QUOTE ? `\`${image.slice(0, LONGEST_QUOTE)}…\`` : `\`${image}\``;
}

/** The span of a token. A newline is marked at its first character, the end of the text behind its last. */
export function spanOf(token: IToken | undefined, uri: string, textLength: number): Span {
  if (token === undefined || Number.isNaN(token.startOffset)) {
    return { source: uri, start: textLength, end: textLength };
  }
  const length = token.tokenType === Newline ? Math.min(1, token.image.length) : token.image.length;
  return { source: uri, start: token.startOffset, end: token.startOffset + length };
}
