// What the parser refused, as diagnostics: one for each entry of a bracket and each statement, so that one mistake is
// said once. What layout.ts or the lexer has reported in the same place is not said again.
import { EOF, tokenMatcher, type IRecognitionException, type IToken } from "chevrotain";
import type { Diagnostics } from "../diagnostics/report.js";
import type { Source } from "../diagnostics/span.js";
import { adviceFor } from "./advice.js";
import type { Entry } from "./brackets.js";
import { describe, spanOf } from "./describe.js";
import { END } from "./expectations.js";
import { isCloser, isOpener } from "./frames.js";
import type { LaidOut } from "./layout.js";
import { BodyClose, BodyOpen, Comma, Newline, NumberLiteral, Quantity } from "./tokens.js";

/** Where a token belongs: its entry or statement, and the whole statement around it. */
interface Place {
  readonly segment: number;
  readonly statement: number;
}

export function reportSyntaxErrors(
  source: Source,
  entry: Entry,
  laidOut: LaidOut,
  errors: readonly IRecognitionException[],
  diagnostics: Diagnostics,
): void {
  const places = findPlaces(laidOut.tokens);
  const indexOf = new Map(laidOut.tokens.map((token, index) => [token, index]));
  const lastPlace = places[places.length - 1] ?? { segment: 0, statement: 0 };
  const damaged = new Set<number>();
  const lost = new Set<number>();
  for (const { span } of diagnostics.sorted()) {
    const next = laidOut.tokens.findIndex(
      (token) => token.startOffset >= span.start && !laidOut.inserted.has(token),
    );
    if (laidOut.tokens[next]?.startOffset === span.start) damaged.add(places[next]?.segment ?? -1);
    if (!laidOut.unread.has(span.start)) continue;
    // Characters that are in no token damage what stands on both sides of them.
    damaged.add((next < 0 ? lastPlace : places[next])?.segment ?? -1);
    damaged.add(places[next - 1]?.segment ?? -1);
  }
  const brokenOff = new Set<IToken>();
  const reported: IRecognitionException[] = [];
  for (const error of errors) {
    const place = places[indexOf.get(error.token) ?? -1] ?? lastPlace;
    const isRepair =
      laidOut.inserted.has(error.token) || damaged.has(place.segment) || lost.has(place.statement);
    const index = indexOf.get(error.token) ?? laidOut.tokens.length;
    const lineEnd = laidOut.tokens[index - 2];
    const isRestOfValue = lineEnd !== undefined && brokenOff.has(lineEnd);
    if (!isRepair && !isRestOfValue) reported.push(error);
    // A value that broke off may go on in the next line, which then is no statement.
    if (error.token.tokenType === Newline) brokenOff.add(error.token);
    damaged.add(place.segment);
    // Tokens skipped across a bracket leave the parser at a wrong depth until the statement ends.
    const skipped = [error.token, ...error.resyncedTokens];
    if (skipped.some(({ tokenType }) => isOpener(tokenType) || tokenType === BodyOpen))
      lost.add(place.statement);
  }
  const first = errors[0];
  if (reported.length === 0 && first && !diagnostics.hasErrors) reported.push(first);
  for (const error of reported) {
    const previous = laidOut.tokens[(indexOf.get(error.token) ?? laidOut.tokens.length) - 1];
    report(source, entry, error, previous, diagnostics);
  }
}

/** Newlines before a closing brace and the end of the text are no tokens; where one was in the way, it is made one. */
function lineEndBefore(source: Source, token: IToken, previous: IToken | undefined): IToken | undefined {
  if (previous === undefined || (token.tokenType !== BodyClose && token.tokenType !== EOF)) return undefined;
  const from = previous.startOffset + previous.image.length;
  const until = token.tokenType === EOF ? source.text.length : token.startOffset;
  const newline = /[\r\n]/.exec(source.text.slice(from, until));
  if (!newline) return undefined;
  return {
    image: "\n",
    startOffset: from + newline.index,
    tokenType: Newline,
    tokenTypeIdx: Newline.tokenTypeIdx ?? 0,
  };
}

function findPlaces(tokens: readonly IToken[]): readonly Place[] {
  let count = 0;
  const stack: Place[] = [{ segment: 0, statement: 0 }];
  return tokens.map(({ tokenType }) => {
    const place = stack[stack.length - 1] ?? { segment: 0, statement: 0 };
    if (tokenType === Newline) {
      count += 1;
      stack[stack.length - 1] = { segment: count, statement: count };
    } else if (tokenType === Comma) {
      count += 1;
      stack[stack.length - 1] = { ...place, segment: count };
    } else if (tokenType === BodyOpen || isOpener(tokenType)) {
      count += 1;
      stack.push({ segment: count, statement: tokenType === BodyOpen ? count : place.statement });
    } else if (tokenType === BodyClose || isCloser(tokenType)) stack.pop();
    return place;
  });
}

/** Lists, in which a comma would have been as good as the closing bracket. */
const LISTS = new Set(["Parameters", "OpParameters", "Dimensions", "Arguments", "List", "Record"]);
/** Those of them that hold values rather than names. */
const VALUE_LISTS = new Set(["Dimensions", "Arguments", "List"]);
const BODIES = new Set(["File", "ModelBody", "BlockBody", "ClusterBody", "ScheduleBody"]);

function report(
  source: Source,
  entry: Entry,
  error: IRecognitionException,
  previous: IToken | undefined,
  diagnostics: Diagnostics,
): void {
  const { message, context } = error;
  const token = lineEndBefore(source, error.token, previous) ?? error.token;
  const rule = context.ruleStack[context.ruleStack.length - 1] ?? entry;
  const span = spanOf(token, source.uri, source.text.length);
  const found = describe(token);
  const isNoName =
    message === "a name" && (tokenMatcher(token, NumberLiteral) || tokenMatcher(token, Quantity));
  const advice =
    (isNoName ? "A name begins with a letter. " : "") + adviceFor(context.ruleStack, token, previous);
  const isEmptyEntry = token.tokenType === Comma && previous !== undefined && isOpener(previous.tokenType);
  if (rule === "Primary" || (isEmptyEntry && VALUE_LISTS.has(rule))) {
    const after = previous ? describe(previous) : "the start of the text";
    diagnostics.report("missing-value", span, { after, found, advice });
    return;
  }
  const isEnd = BODIES.has(rule) && (message === "`}`" || message === END);
  const expected = isEnd
    ? "a new line"
    : LISTS.has(rule) && /^`[)\]}]`$/.test(message)
      ? `\`,\` or ${message}`
      : message;
  diagnostics.report("unexpected-token", span, { expected, found, advice });
}
