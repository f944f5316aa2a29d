// Brackets while a text is laid out: which closes which, and repairs where one is missing or too many. After it every
// bracket has its partner. What stands between the brackets is layout.ts's.
import { tokenMatcher, type IToken, type TokenType } from "chevrotain";
import type { Code, Params } from "../diagnostics/codes.js";
import type { Diagnostics, Related } from "../diagnostics/report.js";
import { positionAt, type Source, type Span } from "../diagnostics/span.js";
import { describe, spanOf } from "./describe.js";
import {
  bodyFrame,
  countMissing,
  isCloser,
  isOpener,
  valueFrame,
  type BodyFrame,
  type Frame,
  type ValueFrame,
} from "./frames.js";
import type { Lexed } from "./lexer.js";
import { ALLOWED, bindsNames, isBodyKeyword, keywordAt, looksLikeStatement } from "./statements.js";
import * as t from "./tokens.js";

export type Entry = "File" | "Expression";

/** Tokens after which a value may be complete. */
const VALUE_ENDS = [
  ...[t.Identifier, t.NumberLiteral, t.Quantity, t.StringLiteral],
  ...[t.RightParen, t.RightBracket, t.RightBrace],
];

export class Brackets {
  /** What was laid out so far: balanced but for the brackets on the stack. */
  readonly tokens: IToken[] = [];
  /** Tokens of no length that were put in to repair the text. */
  readonly inserted = new Set<IToken>();
  protected readonly source: Source;
  /** All tokens of the text. */
  protected readonly raw: readonly IToken[];
  /** The current token in `raw`. */
  protected index = 0;
  /** Where unreadable characters stand. */
  readonly unread: ReadonlySet<number>;
  protected readonly stack: Frame[];
  /** Operators of all open values together. */
  protected operators = 0;
  private readonly diagnostics: Diagnostics;
  /** How many closers of each kind the text lacks; negative where it has too many. */
  protected readonly missing: Map<TokenType, number>;
  /** An unclosed comment or string may have swallowed closers; it has been reported, and they are not. */
  private readonly endsInComment: boolean;

  constructor(source: Source, lexed: Lexed, entry: Entry, diagnostics: Diagnostics) {
    this.source = source;
    this.raw = lexed.tokens;
    const unread = lexed.trivia.filter(({ kind }) => kind === "invalid");
    this.unread = new Set(unread.map(({ span }) => span.start));
    this.diagnostics = diagnostics;
    this.stack = [entry === "File" ? bodyFrame("file", undefined) : valueFrame(undefined)];
    this.missing = countMissing(lexed.tokens);
    this.endsInComment = lexed.trivia.some(
      ({ kind, text }) => kind === "block-comment" && !/^\/\*[\s\S]*\*\/$/.test(text),
    );
  }

  protected get top(): Frame {
    return this.stack[this.stack.length - 1] as Frame;
  }

  protected get last(): IToken | undefined {
    return this.tokens[this.tokens.length - 1];
  }

  /** The raw token `count` after the current one, newlines included. */
  protected peek(count: number): IToken | undefined {
    return this.raw[this.index + count];
  }

  protected peekPastNewlines(): IToken | undefined {
    let index = this.index + 1;
    while (this.raw[index]?.tokenType === t.Newline) index += 1;
    return this.raw[index];
  }

  private span(token: IToken | undefined): Span {
    return spanOf(token, this.source.uri, this.source.text.length);
  }

  protected report<C extends Code>(
    code: C,
    token: IToken | undefined,
    params: Params<C>,
    related: Related[] = [],
  ): void {
    this.diagnostics.report(code, this.span(token), params, related);
  }

  protected insert(type: TokenType, before: IToken | undefined): void {
    const startOffset = before?.startOffset ?? this.source.text.length;
    const token: IToken = { image: "", startOffset, tokenType: type, tokenTypeIdx: type.tokenTypeIdx ?? 0 };
    this.inserted.add(token);
    this.tokens.push(token);
  }

  /** A declaration without its `{`: the body is opened where the line ends, unless the text has no `}` for it. */
  protected insertBody(body: BodyFrame, newline: IToken | undefined): void {
    if (!isBodyKeyword(body.keyword)) return;
    this.report("unexpected-token", newline, {
      expected: "`{`",
      found: describe(newline),
      advice: `A ${body.keyword} has a body in braces.`,
    });
    this.insert(t.BodyOpen, newline);
    const braces = this.missing.get(t.RightBrace) ?? 0;
    if (braces < 0 && newline) {
      this.missing.set(t.RightBrace, braces + 1);
      this.stack.push(bodyFrame(body.keyword, newline));
    } else this.insert(t.BodyClose, newline);
  }

  protected closeValues(found: IToken | undefined): void {
    while (this.top.kind === "value" && this.top.open) this.closeUnclosed(found);
  }

  /** Whether a line that begins with `next` shows that the brackets before it were never closed. */
  protected isUnclosedBefore(frame: ValueFrame, next: IToken | undefined): boolean {
    if (!frame.open || !looksLikeStatement(next, this.peek(2))) return false;
    if ([...this.missing.values()].some((count) => count > 0)) return true;
    const goesOn = this.last?.tokenType === t.Comma || this.last === frame.open;
    return frame.close !== t.RightBrace && !goesOn;
  }

  protected endStatement(body: BodyFrame, newline: IToken | undefined): void {
    this.operators -= body.operators;
    Object.assign(body, bodyFrame(body.body, body.open), { hasStatements: true, newline });
  }

  protected closer(token: IToken): void {
    const frames = this.stack.slice(this.innermostBody()).reverse();
    const isBrace = token.tokenType === t.RightBrace;
    const match = frames.find((frame) =>
      frame.kind === "value" ? frame.close === token.tokenType : isBrace && frame.body !== "file",
    );
    const top = this.top;
    if (match === undefined || (match.kind === "body" && this.isExtraBrace(match))) {
      const isTypo = top.kind === "value" && top.open !== undefined && !this.closesLater(top);
      if (isTypo) this.closeUnclosed(token, "in place of");
      else this.report("unmatched-bracket", token, { close: `\`${token.image}\``, open: openerOf(token) });
      this.missing.set(token.tokenType, (this.missing.get(token.tokenType) ?? 0) + 1);
      return;
    }
    while (this.top !== match) this.closeUnclosed(token);
    this.close(token);
  }

  /** Passes over the raw tokens up to the end of the statement or of the body around it, leaving them out. */
  protected skipStatement(): void {
    let depth = 0;
    for (; this.index + 1 < this.raw.length; this.index += 1) {
      const next = this.raw[this.index + 1];
      if (next === undefined || (depth === 0 && next.tokenType === t.Newline)) return;
      if (isOpener(next.tokenType)) depth += 1;
      else if (isCloser(next.tokenType) && --depth < 0) return;
    }
  }

  protected innermostBody(): number {
    return Math.max(
      0,
      this.stack.findLastIndex((frame) => frame.kind === "body"),
    );
  }

  /** With more `}` than `{`, one that is followed by more of the same body was one too many. */
  private isExtraBrace(body: BodyFrame): boolean {
    if ((this.missing.get(t.RightBrace) ?? 0) >= 0) return false;
    const next = this.peekPastNewlines();
    if (next === undefined || next.tokenType === t.RightBrace) return false;
    const parent = this.stack[this.stack.indexOf(body) - 1];
    const keyword = keywordAt(next, undefined, "file");
    if (parent?.kind !== "body") return false;
    if (keyword) return !ALLOWED[parent.body].includes(keyword);
    return !bindsNames(parent.body) && bindsNames(body.body);
  }

  /** Whether the closer of this frame is still to come, as far as brackets alone tell. */
  private closesLater(frame: ValueFrame): boolean {
    let depth = 0;
    for (let index = this.index + 1; index < this.raw.length; index += 1) {
      const token = this.raw[index];
      if (token === undefined) break;
      if (token.tokenType === t.Newline && looksLikeStatement(this.raw[index + 1], this.raw[index + 2]))
        break;
      if (isOpener(token.tokenType)) depth += 1;
      else if (isCloser(token.tokenType)) {
        if (depth === 0) return token.tokenType === frame.close;
        depth -= 1;
      }
    }
    return false;
  }

  /** Closes the innermost bracket, which nothing in the text closes, before `found`. */
  protected closeUnclosed(found: IToken | undefined, where = "before"): void {
    const frame = this.top;
    const isBody = frame.kind === "body";
    const closer = isBody ? t.BodyClose : (frame.close ?? t.RightParen);
    const plain = isBody ? t.RightBrace : closer;
    if (isBody && isBodyKeyword(frame.keyword) && !frame.atStart) this.insertBody(frame, found);
    const line = found ? ` in line ${positionAt(this.source, found.startOffset).line}` : "";
    if (!this.isSwallowed(found)) {
      const label = plain.LABEL ?? "";
      const params = {
        open: describe(frame.open),
        close: label,
        where: `${where} ${describe(found)}${line}`,
      };
      const related = [{ span: this.span(found), message: `${label} was expected ${where} this` }];
      this.report("unclosed-bracket", frame.open, params, related);
    }
    this.missing.set(plain, (this.missing.get(plain) ?? 0) - 1);
    this.insert(closer, found);
    this.pop();
    if (isBody && this.top.kind === "body") this.top.newline = frame.newline;
  }

  /** Whether an unclosed comment or string stands where the closer should be. */
  private isSwallowed(found: IToken | undefined): boolean {
    const last = this.tokens.findLast((token) => !this.inserted.has(token));
    return last?.tokenType === t.OpenString || (found === undefined && this.endsInComment);
  }

  private close(token: IToken): void {
    const frame = this.top;
    if (frame.kind === "body") {
      if (isBodyKeyword(frame.keyword) && !frame.atStart) this.insertBody(frame, token);
      // The body that was put in takes this brace.
      retype(token, t.BodyClose);
    } else {
      const last = this.last;
      const isTrailing = last?.tokenType === t.Comma && endsValue(this.tokens[this.tokens.length - 2]);
      if (isTrailing) retype(last, t.TrailingComma);
    }
    this.tokens.push(token);
    this.pop();
  }

  protected pop(): void {
    const frame = this.stack.pop();
    this.operators -= frame?.operators ?? 0;
    if (frame?.kind === "body" && this.top.kind === "body") this.endStatement(this.top, undefined);
  }
}

export function endsValue(token: IToken | undefined): boolean {
  return token !== undefined && VALUE_ENDS.some((type) => tokenMatcher(token, type));
}

export function retype(token: IToken, type: TokenType): void {
  token.tokenType = type;
  token.tokenTypeIdx = type.tokenTypeIdx ?? 0;
}

function openerOf(closer: IToken): string {
  return closer.image === ")" ? "`(`" : closer.image === "]" ? "`[`" : "`{`";
}
