// The forms in which schedules state choices: a word, or a word with arguments in brackets. `auto` leaves a choice
// open, `auto(x: v)` pins x alone, any other word pins the choice.
import { didYouMean } from "../../diagnostics/did-you-mean.js";
import type { Span } from "../../diagnostics/span.js";
import type { Argument, Expr } from "../../syntax/ast.js";
import type { Context } from "../context.js";
import { describeExpression } from "../describe.js";
import { Fields } from "../fields.js";
import type { Choice } from "../program.js";

export interface Form<Word extends string> {
  readonly word: Word;
  readonly args: readonly Argument[];
  readonly wordSpan: Span;
  readonly span: Span;
}

/** Reads a word of `words`, with or without arguments. `later` holds words that are not compiled yet, with what is. */
export function readForm<Word extends string>(
  expr: Expr,
  what: string,
  words: readonly Word[],
  context: Context,
  later: Readonly<Record<string, string>> = {},
): Form<Word> | undefined {
  if (expr.kind === "Error") return undefined;
  if (expr.kind !== "Name" && expr.kind !== "Call") {
    context.diagnostics.report("wrong-value", expr.span, {
      what,
      expected: words.length > 1 ? `one of ${words.join(", ")}` : String(words[0]),
      found: describeExpression(expr),
      advice: (words as readonly string[]).includes("auto")
        ? 'Write "auto" to leave it to the compiler.'
        : "Write the word alone, without quotes.",
    });
    return undefined;
  }
  const [text, wordSpan, args] =
    expr.kind === "Name" ? [expr.text, expr.span, []] : [expr.callee.text, expr.callee.span, expr.args];
  const word = words.find((each) => each === text);
  if (word !== undefined) return { word, args, wordSpan, span: expr.span };
  if (text === "") return undefined;
  if (Object.hasOwn(later, text)) {
    context.diagnostics.report("unsupported", wordSpan, {
      what: `"${text}" for ${what}`,
      available: later[text] ?? "",
    });
  } else {
    context.diagnostics.report("unknown-choice", wordSpan, {
      name: text,
      what,
      suggestion: didYouMean(text, words, ""),
    });
  }
  return undefined;
}

/** The arguments of a form by name. */
export function fieldsOf(form: Form<string>, known: readonly string[], context: Context): Fields {
  return new Fields(form.args, { what: `"${form.word}"`, known }, form.wordSpan, context);
}

export const auto = (span: Span): Choice<never> => ({ kind: "auto", span });
export const pinned = <T>(value: T, span: Span): Choice<T> => ({ kind: "pinned", value, span });
