// Between lexer and parser: decides which newlines end statements, which words are keywords and which braces hold
// statements, and repairs brackets, commas and newlines. What leaves is balanced, so that the parser can recover at the
// end of a statement without ever losing its place; every repair is reported here.
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
import { adviceForMisplaced, placeName } from "./misplaced.js";
import {
  ALLOWED,
  bindsNames,
  HEADER_LENGTH,
  isBodyKeyword,
  keywordAt,
  looksLikeStatement,
  misspeltKeyword,
} from "./statements.js";
import * as t from "./tokens.js";

/**
 * Brackets, operators and bodies around one token; deeper text is refused. The parser spends some fifty stack frames a
 * level, and Node's default stack is full at about 180 levels when nothing is compiled yet.
 */
export const NESTING_LIMIT = 100;

export interface LaidOut {
  /** For the parser: balanced, with only significant newlines. */
  readonly tokens: IToken[];
  /** Tokens of no length that were put in to repair the text. */
  readonly inserted: ReadonlySet<IToken>;
  /** Nothing may be parsed. */
  readonly isTooDeep: boolean;
}

/** Lays out a whole file, or a text that is one expression. */
export function layOut(
  source: Source,
  lexed: Lexed,
  entry: "file" | "expression",
  diagnostics: Diagnostics,
): LaidOut {
  const layout = new Layout(source, lexed, entry, diagnostics);
  layout.run();
  return layout;
}

const VALUE_ENDS = [
  t.Identifier,
  t.NumberLiteral,
  t.Quantity,
  t.StringLiteral,
  t.RightParen,
  t.RightBracket,
  t.RightBrace,
];
const VALUE_STARTS = [t.Identifier, t.NumberLiteral, t.Quantity, t.StringLiteral];
const OPERATORS = [t.Plus, t.Minus, t.Star, t.Slash];
const isOneOf = (token: IToken | undefined, types: readonly TokenType[]): boolean =>
  token !== undefined && types.some((type) => tokenMatcher(token, type));

class Layout implements LaidOut {
  readonly tokens: IToken[] = [];
  readonly inserted = new Set<IToken>();
  isTooDeep = false;
  readonly #source: Source;
  readonly #raw: readonly IToken[];
  /** Where unreadable characters stand. */
  readonly #invalid: readonly number[];
  readonly #diagnostics: Diagnostics;
  readonly #stack: Frame[];
  readonly #missing: Map<TokenType, number>;
  #operators = 0;
  #index = 0;

  constructor(source: Source, lexed: Lexed, entry: "file" | "expression", diagnostics: Diagnostics) {
    this.#source = source;
    this.#raw = lexed.tokens;
    this.#invalid = lexed.trivia.filter(({ kind }) => kind === "invalid").map(({ span }) => span.start);
    this.#diagnostics = diagnostics;
    this.#stack = [entry === "file" ? bodyFrame("file", undefined) : valueFrame(undefined)];
    this.#missing = countMissing(lexed.tokens);
  }

  run(): void {
    for (; this.#index < this.#raw.length && !this.isTooDeep; this.#index += 1) {
      const token = this.#raw[this.#index];
      if (token === undefined) break;
      if (token.tokenType === t.Newline) this.#newline(token);
      else if (isCloser(token.tokenType)) this.#closer(token);
      else this.#token(token);
    }
    while (this.#stack.length > 1 && !this.isTooDeep) this.#closeUnclosed(undefined);
    const file = this.#top;
    if (file.kind === "body" && isBodyKeyword(file.keyword) && !file.atStart)
      this.#insertBody(file, undefined);
  }

  get #top(): Frame {
    return this.#stack[this.#stack.length - 1] as Frame;
  }

  get #last(): IToken | undefined {
    return this.tokens[this.tokens.length - 1];
  }

  /** The raw token `count` after the current one, newlines included. */
  #peek(count: number): IToken | undefined {
    return this.#raw[this.#index + count];
  }

  #peekPastNewlines(): IToken | undefined {
    let index = this.#index + 1;
    while (this.#raw[index]?.tokenType === t.Newline) index += 1;
    return this.#raw[index];
  }

  #span(token: IToken | undefined): Span {
    return spanOf(token, this.#source.uri, this.#source.text.length);
  }

  #report<C extends Code>(
    code: C,
    token: IToken | undefined,
    params: Params<C>,
    related: Related[] = [],
  ): void {
    this.#diagnostics.report(code, this.#span(token), params, related);
  }

  #insert(type: TokenType, before: IToken | undefined): void {
    const startOffset = before?.startOffset ?? this.#source.text.length;
    const token: IToken = { image: "", startOffset, tokenType: type, tokenTypeIdx: type.tokenTypeIdx ?? 0 };
    this.inserted.add(token);
    this.tokens.push(token);
  }

  #newline(newline: IToken): void {
    const next = this.#peek(1);
    const value = this.#top;
    if (value.kind === "value") {
      if (!this.#isUnclosedBefore(value, next)) return;
      this.#closeValues(next);
    }
    const body = this.#top;
    if (body.kind === "value") return;
    if (body.atStart) {
      if (body.hasStatements) body.newline ??= newline;
      return;
    }
    if (isBodyKeyword(body.keyword)) {
      const brace = this.#peekPastNewlines();
      if (brace?.tokenType === t.LeftBrace) {
        this.#report("unexpected-token", newline, {
          expected: "`{`",
          found: describe(newline),
          advice: `Write the { on the same line as \`${body.keyword}\`.`,
        });
        return;
      }
      this.#insertBody(body, newline);
    }
    if (this.#top === body) this.#endStatement(body, newline);
  }

  /** A declaration without its `{`: the body is opened where the line ends, unless the text has no `}` for it. */
  #insertBody(body: BodyFrame, newline: IToken | undefined): void {
    if (!isBodyKeyword(body.keyword)) return;
    this.#report("unexpected-token", newline, {
      expected: "`{`",
      found: describe(newline),
      advice: `A ${body.keyword} has a body in braces.`,
    });
    this.#insert(t.BodyOpen, newline);
    const braces = this.#missing.get(t.RightBrace) ?? 0;
    if (braces < 0 && newline) {
      this.#missing.set(t.RightBrace, braces + 1);
      this.#stack.push(bodyFrame(body.keyword, newline));
    } else this.#insert(t.BodyClose, newline);
  }

  #closeValues(found: IToken | undefined): void {
    while (this.#top.kind === "value" && this.#top.open) this.#closeUnclosed(found);
  }

  /** Whether a line that begins with `next` shows that the brackets before it were never closed. */
  #isUnclosedBefore(frame: ValueFrame, next: IToken | undefined): boolean {
    if (!frame.open || !looksLikeStatement(next, this.#peek(2))) return false;
    if ([...this.#missing.values()].some((count) => count > 0)) return true;
    const goesOn = this.#last?.tokenType === t.Comma || this.#last === frame.open;
    return frame.close !== t.RightBrace && !goesOn;
  }

  #endStatement(body: BodyFrame, newline: IToken | undefined): void {
    this.#operators -= body.operators;
    Object.assign(body, bodyFrame(body.body, body.open), { hasStatements: true, newline });
  }

  #closer(token: IToken): void {
    const frames = this.#stack.slice(this.#innermostBody()).reverse();
    const isBrace = token.tokenType === t.RightBrace;
    const match = frames.find((frame) =>
      frame.kind === "value" ? frame.close === token.tokenType : isBrace && frame.body !== "file",
    );
    const top = this.#top;
    if (match === undefined || (match.kind === "body" && this.#isExtraBrace(match))) {
      const isTypo = top.kind === "value" && top.open !== undefined && !this.#closesLater(top);
      if (isTypo) this.#closeUnclosed(token, "in place of");
      else this.#report("unmatched-bracket", token, { close: `\`${token.image}\``, open: openerOf(token) });
      this.#missing.set(token.tokenType, (this.#missing.get(token.tokenType) ?? 0) + 1);
      return;
    }
    while (this.#top !== match) this.#closeUnclosed(token);
    this.#close(token);
  }

  #innermostBody(): number {
    return Math.max(
      0,
      this.#stack.findLastIndex((frame) => frame.kind === "body"),
    );
  }

  /** With more `}` than `{`, one that is followed by more of the same body was one too many. */
  #isExtraBrace(body: BodyFrame): boolean {
    if ((this.#missing.get(t.RightBrace) ?? 0) >= 0) return false;
    const next = this.#peekPastNewlines();
    if (next === undefined || next.tokenType === t.RightBrace) return false;
    const parent = this.#stack[this.#stack.indexOf(body) - 1];
    const keyword = keywordAt(next, undefined, "file");
    if (parent?.kind !== "body") return false;
    if (keyword) return !ALLOWED[parent.body].includes(keyword);
    return !bindsNames(parent.body) && bindsNames(body.body);
  }

  /** Whether the closer of this frame is still to come, as far as brackets alone tell. */
  #closesLater(frame: ValueFrame): boolean {
    let depth = 0;
    for (let index = this.#index + 1; index < this.#raw.length; index += 1) {
      const token = this.#raw[index];
      if (token === undefined) break;
      if (token.tokenType === t.Newline && looksLikeStatement(this.#raw[index + 1], this.#raw[index + 2]))
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
  #closeUnclosed(found: IToken | undefined, where = "before"): void {
    const frame = this.#top;
    const isBody = frame.kind === "body";
    const closer = isBody ? t.BodyClose : (frame.close ?? t.RightParen);
    const plain = isBody ? t.RightBrace : closer;
    if (isBody && isBodyKeyword(frame.keyword) && !frame.atStart) this.#insertBody(frame, found);
    const line = found ? ` in line ${positionAt(this.#source, found.startOffset).line}` : "";
    this.#report(
      "unclosed-bracket",
      frame.open,
      {
        open: describe(frame.open),
        close: plain.LABEL ?? "",
        where: `${where} ${describe(found)}${line}`,
      },
      [{ span: this.#span(found), message: `${plain.LABEL ?? ""} was expected ${where} this` }],
    );
    this.#missing.set(plain, (this.#missing.get(plain) ?? 0) - 1);
    this.#insert(closer, found);
    this.#pop();
  }

  #close(token: IToken): void {
    const frame = this.#top;
    if (frame.kind === "body") {
      if (isBodyKeyword(frame.keyword) && !frame.atStart) this.#insertBody(frame, token);
      // The body that was put in takes this brace.
      retype(token, t.BodyClose);
    } else {
      const last = this.#last;
      const isTrailing =
        last?.tokenType === t.Comma && isOneOf(this.tokens[this.tokens.length - 2], VALUE_ENDS);
      if (isTrailing) retype(last, t.TrailingComma);
    }
    this.tokens.push(token);
    this.#pop();
  }

  #pop(): void {
    const frame = this.#stack.pop();
    this.#operators -= frame?.operators ?? 0;
    if (frame?.kind === "body" && this.#top.kind === "body") this.#endStatement(this.#top, undefined);
  }

  #token(token: IToken): void {
    const frame = this.#top;
    if (frame.kind === "value") this.#valueToken(token, frame);
    else if (frame.atStart) this.#firstToken(token, frame);
    else this.#statementToken(token, frame);
  }

  #emit(token: IToken, header?: t.Keyword): void {
    this.tokens.push(token);
    const frame = this.#top;
    if (isOneOf(token, OPERATORS)) {
      frame.operators += 1;
      this.#operators += 1;
    } else if (token.tokenType === t.Comma) {
      this.#operators -= frame.operators;
      frame.operators = 0;
    } else if (isOpener(token.tokenType)) this.#stack.push(valueFrame(token, header));
    if (this.#stack.length + this.#operators <= NESTING_LIMIT) return;
    this.#report("nesting-too-deep", token, { limit: NESTING_LIMIT });
    this.isTooDeep = true;
  }

  #valueToken(token: IToken, frame: ValueFrame): void {
    const last = this.#last;
    const body = this.#stack[this.#innermostBody()];
    if (frame.header && token.tokenType === t.LeftBrace && last?.tokenType !== t.Colon) {
      this.#closeUnclosed(token);
      this.#token(token);
      return;
    }
    const isForeign = body?.kind === "body" && body.isForeign;
    const beforeLast = this.tokens[this.tokens.length - 2];
    const isFieldName =
      frame.close === t.RightBrace && (beforeLast === frame.open || beforeLast?.tokenType === t.Comma);
    if (isOneOf(token, VALUE_STARTS) && isOneOf(last, VALUE_ENDS) && frame.open && !isForeign) {
      const isUnread = this.#invalid.some((at) => at >= (last?.startOffset ?? 0) && at < token.startOffset);
      if (!isUnread && !(isFieldName && last?.tokenType === t.Identifier)) {
        this.#report("missing-comma", token, { before: describe(last), after: describe(token) });
        this.#insert(t.Comma, token);
        this.#operators -= frame.operators;
        frame.operators = 0;
      }
    }
    if (
      token.tokenType === t.Equals &&
      last?.tokenType === t.Identifier &&
      !takesDefaults(frame) &&
      !isForeign
    ) {
      this.#report("unexpected-token", token, {
        expected: "`:`",
        found: "`=`",
        advice: 'Inside brackets a name takes its value with ":"; "=" is for statements.',
      });
      retype(token, t.Colon);
    }
    this.#emit(token);
  }

  #firstToken(token: IToken, body: BodyFrame): void {
    const next = this.#peek(1);
    const keyword = token.tokenType === t.Identifier ? keywordAt(token, next, body.body) : undefined;
    const isBinding = token.tokenType === t.Identifier && next?.tokenType === t.Equals;
    if (keyword && !ALLOWED[body.body].includes(keyword)) {
      const host = this.#stack.findLast(
        (frame) => frame.kind === "body" && ALLOWED[frame.body].includes(keyword),
      );
      if (host && (this.#missing.get(t.RightBrace) ?? 0) > 0) {
        while (this.#top !== host) this.#closeUnclosed(token);
        this.#firstToken(token, host as BodyFrame);
      } else this.#skipMisplaced(token, `\`${keyword}\``, body);
      return;
    }
    if (isBinding && !bindsNames(body.body)) {
      this.#skipMisplaced(token, `\`${token.image} = ...\``, body);
      return;
    }
    this.#beginStatement(token, body);
    const meant = keyword ?? (isBinding ? undefined : misspeltKeyword(token, next, body.body));
    if (meant) {
      if (meant !== keyword) {
        this.#report("unexpected-token", token, {
          expected: `\`${meant}\``,
          found: describe(token),
          advice: `Did you mean "${meant}"?`,
        });
      }
      retype(token, t.keywords[meant]);
      body.keyword = meant;
      body.headerTokens = 1;
    } else if (token.tokenType === t.Identifier && next?.tokenType === t.Colon && bindsNames(body.body)) {
      this.#report("unexpected-token", next, {
        expected: "`=`",
        found: "`:`",
        advice: 'A statement gives a name its value with "="; ":" is for names inside brackets.',
      });
      retype(next, t.Equals);
    } else body.isForeign = !isBinding;
    this.#emit(token);
  }

  #beginStatement(token: IToken, body: BodyFrame): void {
    if (body.newline) this.tokens.push(body.newline);
    else if (body.hasStatements) {
      this.#report("missing-newline", token, { before: describe(this.#last), after: describe(token) });
      this.#insert(t.Newline, token);
    }
    body.newline = undefined;
    body.atStart = false;
  }

  #skipMisplaced(token: IToken, item: string, body: BodyFrame): void {
    const [where, advice] = [placeName(body.body), adviceForMisplaced(token.image, body.body)];
    this.#report("misplaced-item", token, { item, where, advice });
    let depth = 0;
    for (; this.#index + 1 < this.#raw.length; this.#index += 1) {
      const next = this.#raw[this.#index + 1];
      if (next === undefined || (depth === 0 && next.tokenType === t.Newline)) return;
      if (isOpener(next.tokenType)) depth += 1;
      else if (isCloser(next.tokenType) && --depth < 0) return;
    }
  }

  #statementToken(token: IToken, body: BodyFrame): void {
    const next = this.#peek(1);
    if (isBodyKeyword(body.keyword)) {
      this.#headerToken(token, body);
      return;
    }
    const startsAnother =
      token.tokenType === t.Identifier &&
      isOneOf(this.#last, VALUE_ENDS) &&
      looksLikeStatement(token, next) &&
      !body.isForeign;
    if (startsAnother) {
      this.#endStatement(body, undefined);
      this.#firstToken(token, body);
    } else this.#emit(token);
  }

  /** Between the keyword of a declaration and its `{`. */
  #headerToken(token: IToken, body: BodyFrame): void {
    const { keyword } = body;
    if (!isBodyKeyword(keyword)) return;
    if (token.tokenType === t.LeftBrace) {
      retype(token, t.BodyOpen);
      this.tokens.push(token);
      this.#stack.push(bodyFrame(keyword, token));
      return;
    }
    const opensGroup = token.tokenType === t.LeftParen && keyword !== "model" && !body.hasGroup;
    if (opensGroup) {
      body.hasGroup = true;
      this.#emit(token, keyword);
    } else if (body.hasGroup || body.headerTokens >= (HEADER_LENGTH[keyword] ?? 0)) {
      this.#skipJunk(token, body);
    } else {
      if (keyword === "schedule") this.#scheduleWord(token, body);
      body.headerTokens += 1;
      this.#emit(token);
    }
  }

  /** The first `of` and the first `on` are the keywords, unless a name is due: `schedule of of on on C`. */
  #scheduleWord(token: IToken, body: BodyFrame): void {
    const word = token.image;
    if (word !== "of" && word !== "on") return;
    const header = this.tokens.slice(-body.headerTokens);
    if (header.some(({ tokenType }) => tokenType === t.keywords[word])) return;
    const isNameDue =
      this.#last?.tokenType === t.keywords.schedule || this.#last?.tokenType === t.keywords.of;
    const keywordFollows = ["of", "on"].includes(this.#peek(1)?.image ?? "");
    if (!(isNameDue && keywordFollows)) retype(token, t.keywords[word]);
  }

  #skipJunk(token: IToken, body: BodyFrame): void {
    if (!body.hasJunk) {
      const advice =
        body.keyword === "model" && token.tokenType === t.LeftParen
          ? 'The parameters of a model are statements in its body: "name = value".'
          : `Remove what stands between the header of the ${body.keyword ?? "declaration"} and its body.`;
      this.#report("unexpected-token", token, { expected: "`{`", found: describe(token), advice });
    }
    body.hasJunk = true;
    if (!isOpener(token.tokenType)) return;
    let depth = 1;
    for (; depth > 0 && this.#index + 1 < this.#raw.length; this.#index += 1) {
      const next = this.#raw[this.#index + 1];
      if (next?.tokenType === t.Newline) return;
      if (next && isOpener(next.tokenType)) depth += 1;
      else if (next && isCloser(next.tokenType)) depth -= 1;
    }
  }
}

/** The parameters of a block or a cluster, where `=` gives a default. */
function takesDefaults(frame: ValueFrame): boolean {
  return frame.header === "block" || frame.header === "cluster";
}

function retype(token: IToken, type: TokenType): void {
  token.tokenType = type;
  token.tokenTypeIdx = type.tokenTypeIdx ?? 0;
}

function openerOf(closer: IToken): string {
  return closer.image === ")" ? "`(`" : closer.image === "]" ? "`[`" : "`{`";
}
