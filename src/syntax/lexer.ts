// Text to tokens and the blanks, comments and unreadable characters between them. What a newline or a word means in its
// place is decided by layout.ts.
import { Lexer, type IToken } from "chevrotain";
import type { Diagnostics } from "../diagnostics/report.js";
import type { Source, Span } from "../diagnostics/span.js";
import {
  BlockComment,
  ClosedString,
  lexedTypes,
  LineComment,
  MalformedNumber,
  OpenComment,
  OpenString,
  SingleQuoted,
  TRIVIA_GROUP,
  PlainNumber,
  Quantity,
} from "./tokens.js";
import type { Trivia } from "./tree.js";

export interface Lexed {
  /** Newlines included, trivia not; in the order of the text. */
  readonly tokens: readonly IToken[];
  readonly trivia: readonly Trivia[];
}

let lexer: Lexer | undefined;

export function lex(source: Source, diagnostics: Diagnostics): Lexed {
  lexer ??= new Lexer(lexedTypes, {
    positionTracking: "onlyOffset",
    skipValidations: true,
  });
  const result = lexer.tokenize(source.text);
  const at = (start: number, length: number): Span => ({ source: source.uri, start, end: start + length });

  const trivia = (result.groups[TRIVIA_GROUP] ?? []).map((token): Trivia => {
    const span = at(token.startOffset, token.image.length);
    if (token.tokenType === OpenComment)
      diagnostics.report("unterminated-comment", { ...span, end: span.start + 2 }, {});
    return { kind: triviaKind(token), text: token.image, span };
  });
  for (const error of result.errors) {
    const text = source.text.slice(error.offset, error.offset + error.length);
    trivia.push({ kind: "invalid", text, span: at(error.offset, error.length) });
    reportInvalid(text, error.offset, at, diagnostics);
  }
  for (const token of result.tokens) reportToken(token, at, diagnostics);
  return { tokens: result.tokens, trivia: trivia.sort((a, b) => a.span.start - b.span.start) };
}

function triviaKind(token: IToken): Trivia["kind"] {
  if (token.tokenType === LineComment) return "line-comment";
  if (token.tokenType === BlockComment || token.tokenType === OpenComment) return "block-comment";
  return "blank";
}

type At = (start: number, length: number) => Span;

function reportToken(token: IToken, at: At, diagnostics: Diagnostics): void {
  const span = at(token.startOffset, token.image.length);
  if (token.tokenType === OpenString) diagnostics.report("unterminated-string", span, {});
  if (token.tokenType === MalformedNumber)
    diagnostics.report("malformed-number", span, { text: `\`${token.image}\`` });
  if (token.tokenType === PlainNumber || token.tokenType === Quantity)
    if (!Number.isFinite(Number.parseFloat(token.image)))
      diagnostics.report("malformed-number", span, {
        text: `\`${shortened(token.image)}\`, beyond 1.8e308,`,
      });
  if (token.tokenType === SingleQuoted) {
    diagnostics.report(
      "unexpected-character",
      { ...span, end: span.start + 1 },
      {
        character: "`'`",
        advice: `Strings are written in double quotes: "${token.image.slice(1, -1)}".`,
      },
    );
  }
  if (token.tokenType !== ClosedString) return;
  for (const escape of token.image.matchAll(/\\(.)/gu)) {
    if (escape[1] === '"' || escape[1] === "\\") continue;
    diagnostics.report("unknown-escape", at(token.startOffset + escape.index, escape[0].length), {
      escape: `\`${escape[0]}\``,
    });
  }
}

const shortened = (text: string): string => (text.length <= 24 ? text : `${text.slice(0, 20)}...`);

/** What people type in place of what Weft reads. */
const ADVICE: Readonly<Record<string, string>> = {
  ";": "A statement ends with its line. Remove it.",
  "#": "Comments begin with //.",
  "'": "Strings are written in double quotes.",
  "“": 'Strings are written in straight double quotes: ".',
  "”": 'Strings are written in straight double quotes: ".',
  "≤": "Write <=.",
  "≥": "Write >=.",
  "×": "Write *.",
  "−": "Write - (this is the typographical minus).",
  "%": "Write a share as a number: 0.8 for 80 %.",
  "\u00a0": "This is a no-break space. Replace it by an ordinary one.",
};

/** One report for each run of equal characters. */
function reportInvalid(text: string, offset: number, at: At, diagnostics: Diagnostics): void {
  for (const run of text.matchAll(/([\s\S])\1*/gu)) {
    const character = run[1] ?? "";
    diagnostics.report("unexpected-character", at(offset + run.index, run[0].length), {
      character: nameCharacter(character),
      advice: ADVICE[character] ?? "Remove it. Names are made of letters a to z, digits and _.",
    });
  }
}

function nameCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const number = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  if (/[\p{Letter}\p{Number}\p{Punctuation}\p{Symbol}]/u.test(character)) {
    return code < 128 ? `\`${character}\`` : `\`${character}\` (${number})`;
  }
  return number;
}
