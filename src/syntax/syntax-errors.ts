// What the parser refused, as diagnostics: one for each entry of a bracket and each statement, so that one mistake is
// said once. What layout.ts or the lexer has reported in the same place is not said again.
import type { IRecognitionException, IToken } from "chevrotain";
import type { Diagnostics } from "../diagnostics/report.js";
import type { Source } from "../diagnostics/span.js";
import { adviceFor } from "./advice.js";
import { describe, spanOf } from "./describe.js";
import { isCloser, isOpener } from "./frames.js";
import type { LaidOut } from "./layout.js";
import { BodyClose, BodyOpen, Comma, Newline } from "./tokens.js";

/** Where a token belongs: its entry or statement, and the whole statement around it. */
interface Place {
  readonly segment: number;
  readonly statement: number;
}

export function reportSyntaxErrors(
  source: Source,
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
    // Characters that are in no token damage what stands on both sides of them.
    const isToken = laidOut.tokens[next]?.startOffset === span.start;
    for (const index of isToken ? [next] : [next - 1, next]) {
      const place = next < 0 ? lastPlace : places[index];
      if (place) damaged.add(place.segment);
    }
  }
  const reported: IRecognitionException[] = [];
  for (const error of errors) {
    const place = places[indexOf.get(error.token) ?? -1] ?? lastPlace;
    const isRepair =
      laidOut.inserted.has(error.token) || damaged.has(place.segment) || lost.has(place.statement);
    if (!isRepair) reported.push(error);
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
    report(source, error, previous, diagnostics);
  }
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
const BODIES = new Set(["File", "ModelBody", "BlockBody", "ClusterBody", "ScheduleBody"]);

function report(
  source: Source,
  error: IRecognitionException,
  previous: IToken | undefined,
  diagnostics: Diagnostics,
): void {
  const { token, message, context } = error;
  const rule = context.ruleStack[context.ruleStack.length - 1] ?? "File";
  const span = spanOf(token, source.uri, source.text.length);
  const found = describe(token);
  const advice = adviceFor(context.ruleStack, token, previous);
  if (rule === "Primary") {
    const after = previous ? describe(previous) : "the beginning";
    diagnostics.report("missing-value", span, { after, found, advice });
    return;
  }
  const isEnd = BODIES.has(rule) && (message === "`}`" || message === "EOF");
  const expected = isEnd
    ? "a new line"
    : LISTS.has(rule) && /^`[)\]}]`$/.test(message)
      ? `\`,\` or ${message}`
      : message;
  diagnostics.report("unexpected-token", span, { expected, found, advice });
}
