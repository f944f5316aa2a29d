// Between lexer and parser: decides which newlines end statements, which words are keywords and which braces hold
// statements, and repairs commas, newlines and (in brackets.ts) brackets. What leaves is balanced, so that the parser can
// recover at the end of a statement without ever losing its place; every repair is reported here.
import { tokenMatcher, type IToken, type TokenType } from "chevrotain";
import type { Diagnostics } from "../diagnostics/report.js";
import type { Source } from "../diagnostics/span.js";
import { adviceFor } from "./advice.js";
import { Brackets, endsValue, retype, type Entry } from "./brackets.js";
import { describe } from "./describe.js";
import { CHOICES } from "./expectations.js";
import { bodyFrame, isCloser, isOpener, valueFrame, type BodyFrame, type ValueFrame } from "./frames.js";
import type { Lexed } from "./lexer.js";
import { adviceForMisplaced, placeName } from "./misplaced.js";
import {
  ALLOWED,
  bindsNames,
  HEADER_LENGTH,
  isBodyKeyword,
  ITEMS,
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
  /** Where characters stand that the lexer could not read. */
  readonly unread: ReadonlySet<number>;
  /** Nothing may be parsed. */
  readonly isTooDeep: boolean;
}

/** Lays out a whole file, or a text that is one expression. */
export function layOut(source: Source, lexed: Lexed, entry: Entry, diagnostics: Diagnostics): LaidOut {
  const layout = new Layout(source, lexed, entry, diagnostics);
  layout.run();
  return layout;
}

const VALUE_STARTS = [t.Identifier, t.NumberLiteral, t.Quantity, t.StringLiteral];
const OPERATORS = [t.Plus, t.Minus, t.Star, t.Slash];
const isOneOf = (token: IToken, types: readonly TokenType[]): boolean =>
  types.some((type) => tokenMatcher(token, type));

class Layout extends Brackets implements LaidOut {
  isTooDeep = false;

  run(): void {
    for (; this.index < this.raw.length && !this.isTooDeep; this.index += 1) {
      const token = this.raw[this.index];
      if (token === undefined) break;
      if (token.tokenType === t.Newline) this.newline(token);
      else if (isCloser(token.tokenType)) this.closer(token);
      else this.token(token);
    }
    while (this.stack.length > 1 && !this.isTooDeep) this.closeUnclosed(undefined);
    const file = this.top;
    if (file.kind === "body" && isBodyKeyword(file.keyword) && !file.atStart)
      this.insertBody(file, undefined);
  }

  private newline(newline: IToken): void {
    const next = this.peek(1);
    const value = this.top;
    if (value.kind === "value") {
      if (!this.isUnclosedBefore(value, next)) return;
      this.closeValues(next);
    }
    const body = this.top;
    if (body.kind === "value") return;
    if (body.atStart) {
      if (body.hasStatements) body.newline ??= newline;
      return;
    }
    if (isBodyKeyword(body.keyword)) {
      const brace = this.peekPastNewlines();
      if (brace?.tokenType === t.LeftBrace) {
        this.report("unexpected-token", newline, {
          expected: "`{`",
          found: describe(newline),
          advice: `Write the { on the same line as \`${body.keyword}\`.`,
        });
        return;
      }
      this.insertBody(body, newline);
    }
    if (this.top === body) this.endStatement(body, newline);
  }

  private token(token: IToken): void {
    const frame = this.top;
    if (frame.kind === "value") this.valueToken(token, frame);
    else if (frame.atStart) this.firstToken(token, frame);
    else this.statementToken(token, frame);
  }

  private emit(token: IToken, header?: t.Keyword): void {
    this.tokens.push(token);
    const frame = this.top;
    if (isOneOf(token, OPERATORS)) {
      frame.operators += 1;
      this.operators += 1;
    } else if (token.tokenType === t.Comma) {
      this.operators -= frame.operators;
      frame.operators = 0;
    } else if (isOpener(token.tokenType)) this.stack.push(valueFrame(token, header));
    if (this.stack.length + this.operators <= NESTING_LIMIT) return;
    this.report("nesting-too-deep", token, { limit: NESTING_LIMIT });
    this.isTooDeep = true;
  }

  private valueToken(token: IToken, frame: ValueFrame): void {
    const last = this.last;
    const body = this.stack[this.innermostBody()];
    if (frame.header && token.tokenType === t.LeftBrace && last?.tokenType !== t.Colon) {
      this.closeUnclosed(token);
      this.token(token);
      return;
    }
    const isForeign = body?.kind === "body" && body.isForeign;
    const beforeLast = this.tokens[this.tokens.length - 2];
    const isFieldName =
      frame.close === t.RightBrace && (beforeLast === frame.open || beforeLast?.tokenType === t.Comma);
    if (isOneOf(token, VALUE_STARTS) && endsValue(last) && frame.open && !isForeign) {
      if (!this.followsUnread(token) && !(isFieldName && last?.tokenType === t.Identifier)) {
        this.report("missing-comma", token, { before: describe(last), after: describe(token) });
        this.insert(t.Comma, token);
        this.operators -= frame.operators;
        frame.operators = 0;
      }
    }
    if (
      frame.open &&
      token.tokenType === t.Equals &&
      last?.tokenType === t.Identifier &&
      !takesDefaults(frame) &&
      !isForeign
    ) {
      this.report("unexpected-token", token, {
        expected: "`:`",
        found: "`=`",
        advice: 'Inside brackets a name takes its value with ":"; "=" is for statements.',
      });
      retype(token, t.Colon);
    }
    this.emit(token);
  }

  private firstToken(token: IToken, body: BodyFrame): void {
    const next = this.peek(1);
    const keyword = token.tokenType === t.Identifier ? keywordAt(token, next, body.body) : undefined;
    const isBinding = token.tokenType === t.Identifier && next?.tokenType === t.Equals;
    if (keyword && !ALLOWED[body.body].includes(keyword)) {
      const host = this.stack.findLast(
        (frame) => frame.kind === "body" && ALLOWED[frame.body].includes(keyword),
      );
      if (host && (this.missing.get(t.RightBrace) ?? 0) > 0) {
        while (this.top !== host) this.closeUnclosed(token);
        this.firstToken(token, host as BodyFrame);
      } else this.skipMisplaced(token, `\`${keyword}\``, body);
      return;
    }
    if (isBinding && !bindsNames(body.body)) {
      this.skipMisplaced(token, `\`${token.image} = ...\``, body);
      return;
    }
    const meant = keyword ?? (isBinding ? undefined : misspeltKeyword(token, next, body.body));
    if (!meant && !(token.tokenType === t.Identifier && bindsNames(body.body))) {
      this.skipUnknown(token, body);
      return;
    }
    this.beginStatement(token, body);
    if (meant) {
      if (meant !== keyword) {
        this.report("unexpected-token", token, {
          expected: `\`${meant}\``,
          found: describe(token),
          advice: `Did you mean "${meant}"?`,
        });
      }
      retype(token, t.keywords[meant]);
      body.keyword = meant;
      body.headerTokens = 1;
    } else if (token.tokenType === t.Identifier && next?.tokenType === t.Colon && bindsNames(body.body)) {
      this.report("unexpected-token", next, {
        expected: "`=`",
        found: "`:`",
        advice: 'A statement gives a name its value with "="; ":" is for names inside brackets.',
      });
      retype(next, t.Equals);
    } else body.isForeign = !isBinding;
    this.emit(token);
  }

  private beginStatement(token: IToken, body: BodyFrame): void {
    if (body.newline) this.tokens.push(body.newline);
    else if (body.hasStatements) {
      this.report("missing-newline", token, {
        before: describe(this.tokens.findLast((each) => !this.inserted.has(each))),
        after: describe(token),
      });
      this.insert(t.Newline, token);
    }
    body.newline = undefined;
    body.atStart = false;
  }

  private skipMisplaced(token: IToken, item: string, body: BodyFrame): void {
    const [where, advice] = [placeName(body.body), adviceForMisplaced(token.image, body.body)];
    this.report("misplaced-item", token, { item, where, advice });
    this.skipStatement();
  }

  /** Nothing that stands in this body begins with this token. */
  private skipUnknown(token: IToken, body: BodyFrame): void {
    const rule = ITEMS[body.body];
    if (!this.followsUnread(token)) {
      const advice = adviceFor([rule], token, body.newline);
      this.report("unexpected-token", token, {
        expected: CHOICES[rule] ?? "",
        found: describe(token),
        advice,
      });
    }
    if (isOpener(token.tokenType)) this.index -= 1;
    this.skipStatement();
  }

  /** Whether the lexer has reported characters right before this token, which may have been its beginning. */
  private followsUnread(token: IToken): boolean {
    const start = this.raw[this.index - 1]?.startOffset ?? 0;
    for (let at = start; at < token.startOffset; at += 1) if (this.unread.has(at)) return true;
    return false;
  }

  private statementToken(token: IToken, body: BodyFrame): void {
    const next = this.peek(1);
    if (isBodyKeyword(body.keyword)) {
      this.headerToken(token, body);
      return;
    }
    const startsAnother =
      token.tokenType === t.Identifier &&
      endsValue(this.last) &&
      looksLikeStatement(token, next) &&
      !body.isForeign;
    if (startsAnother) {
      this.endStatement(body, undefined);
      this.firstToken(token, body);
    } else this.emit(token);
  }

  /** Between the keyword of a declaration and its `{`. */
  private headerToken(token: IToken, body: BodyFrame): void {
    const { keyword } = body;
    if (!isBodyKeyword(keyword)) return;
    if (token.tokenType === t.LeftBrace) {
      retype(token, t.BodyOpen);
      this.tokens.push(token);
      this.stack.push(bodyFrame(keyword, token));
      return;
    }
    const opensGroup = token.tokenType === t.LeftParen && keyword !== "model" && !body.hasGroup;
    if (opensGroup) {
      body.hasGroup = true;
      this.emit(token, keyword);
    } else if (body.hasGroup || body.headerTokens >= (HEADER_LENGTH[keyword] ?? 0)) {
      this.skipJunk(token, body);
    } else {
      if (keyword === "schedule") this.scheduleWord(token, body);
      body.headerTokens += 1;
      this.emit(token);
    }
  }

  /** The first `of` and the first `on` are the keywords, unless a name is due: `schedule of of on on C`. */
  private scheduleWord(token: IToken, body: BodyFrame): void {
    const word = token.image;
    if (word !== "of" && word !== "on") return;
    const header = this.tokens.slice(-body.headerTokens);
    if (header.some(({ tokenType }) => tokenType === t.keywords[word])) return;
    const isNameDue = this.last?.tokenType === t.keywords.schedule || this.last?.tokenType === t.keywords.of;
    const keywordFollows = ["of", "on"].includes(this.peek(1)?.image ?? "");
    if (!(isNameDue && keywordFollows)) retype(token, t.keywords[word]);
  }

  private skipJunk(token: IToken, body: BodyFrame): void {
    if (!body.hasJunk) {
      const advice =
        body.keyword === "model" && token.tokenType === t.LeftParen
          ? 'The parameters of a model are statements in its body: "name = value".'
          : `Remove what stands between the header of the ${body.keyword ?? "declaration"} and its body.`;
      this.report("unexpected-token", token, { expected: "`{`", found: describe(token), advice });
    }
    body.hasJunk = true;
    if (!isOpener(token.tokenType)) return;
    let depth = 1;
    for (; depth > 0 && this.index + 1 < this.raw.length; this.index += 1) {
      const next = this.raw[this.index + 1];
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
