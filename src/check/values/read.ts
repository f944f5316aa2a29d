// Values that the language asks for, each with its unit and its range: whole numbers, reals, quantities and words.
// All report what is wrong and give undefined.
import { didYouMean } from "../../diagnostics/did-you-mean.js";
import type { Related } from "../../diagnostics/report.js";
import type { Span } from "../../diagnostics/span.js";
import type { Expr } from "../../syntax/ast.js";
import type { Context } from "../context.js";
import { describeExpression } from "../describe.js";
import { evaluate, type Evaluated, type Scope } from "./evaluate.js";
import { inScale } from "./quantity.js";
import { describeMeasure, quantities, sameMeasure, type QuantityKind } from "./units.js";

/** A value as read, with the place to complain about. */
export interface Read {
  readonly value: number;
  readonly span: Span;
  readonly related: readonly Related[];
  /** Whether an option decided it. */
  readonly overridden?: boolean;
  readonly parameter?: string;
}

/** Larger extents than this have no exact arithmetic left for their products. */
export const LARGEST_WHOLE = 2 ** 31 - 1;

interface WholeRange {
  readonly min: number;
  readonly max?: number;
}

/** A whole number without a unit. */
export function readWhole(
  expr: Expr,
  what: string,
  range: WholeRange,
  scope: Scope,
  context: Context,
): Read | undefined {
  const found = readMeasured(expr, what, "number", scope, context);
  if (!found) return undefined;
  const { min, max = LARGEST_WHOLE } = range;
  if (Number.isInteger(found.value) && found.value >= min && found.value <= max) return found;
  const nearest = Math.min(max, Math.max(min, Math.round(found.value)));
  const words =
    range.max === undefined ? `a whole number of at least ${min}` : `a whole number from ${min} to ${max}`;
  outOfRange(found, what, words, nearest, context);
  return undefined;
}

interface RealRange {
  readonly min: number;
  readonly max?: number;
  /** Whether `min` itself is too small. */
  readonly above?: boolean;
}

/** A number without a unit, in a range. */
export function readReal(
  expr: Expr,
  what: string,
  range: RealRange,
  scope: Scope,
  context: Context,
): Read | undefined {
  const found = readMeasured(expr, what, "number", scope, context);
  if (!found) return undefined;
  const { min, max, above = false } = range;
  const low = above ? found.value <= min : found.value < min;
  if (!low && (max === undefined || found.value <= max)) return found;
  const from = above ? `above ${min}` : `at least ${min}`;
  const words = max === undefined ? from : `${from} and at most ${max}`;
  outOfRange(found, what, words, low ? (above ? (max ?? 1) : min) : (max ?? min), context);
  return undefined;
}

/** A quantity in its base unit (bytes, bytes per second, FLOP/s), times in microseconds. It must be positive. */
export function readQuantity(
  expr: Expr,
  what: string,
  kind: Exclude<QuantityKind, "number">,
  scope: Scope,
  context: Context,
  allowZero = false,
): Read | undefined {
  const found = readMeasured(expr, what, kind, scope, context);
  if (!found) return undefined;
  if (found.value > 0 || (allowZero && found.value === 0)) return found;
  const words = allowZero ? "at least 0" : "above 0";
  outOfRange(found, what, words, allowZero ? 0 : undefined, context);
  return undefined;
}

/** One of a few words. `false` where they were not given as a word at all. */
export function readWord<Word extends string>(
  expr: Expr,
  what: string,
  words: readonly Word[],
  context: Context,
): Word | undefined {
  if (expr.kind === "Error") return undefined;
  if (expr.kind !== "Name") {
    context.diagnostics.report("wrong-value", expr.span, {
      what,
      expected: words.length > 1 ? `one of ${words.join(", ")}` : String(words[0]),
      found: describeExpression(expr),
      advice: "Write the word alone, without quotes or brackets.",
    });
    return undefined;
  }
  const word = words.find((each) => each === expr.text);
  if (word === undefined) {
    context.diagnostics.report("unknown-choice", expr.span, {
      name: expr.text,
      what,
      suggestion: didYouMean(expr.text, words, ""),
    });
  }
  return word;
}

/** The place to complain about an evaluated value: the option that decided it, else the expression. */
function blame({ span, decidedBy, definedAt }: Evaluated): Omit<Read, "value"> {
  if (decidedBy)
    return { span: decidedBy, related: [{ span, message: "the value is used here" }], overridden: true };
  return { span, related: definedAt ? [{ span: definedAt, message: "the value comes from here" }] : [] };
}

function readMeasured(
  expr: Expr,
  what: string,
  kind: QuantityKind,
  scope: Scope,
  context: Context,
): Read | undefined {
  const found = evaluate(expr, scope, context);
  if (!found) return undefined;
  const place = blame(found);
  const { measure, name, example } = quantities[kind];
  if (!sameMeasure(found.quantity.measure, measure)) {
    const like = kind === "number" ? "without a unit" : `like ${example}`;
    const params = { what, expected: name, found: describeMeasure(found.quantity.measure), like };
    context.diagnostics.report("wrong-unit", place.span, params, place.related);
    return undefined;
  }
  const value =
    kind === "number" ? found.quantity.value : inScale(found.quantity, kind === "time" ? 1e-6 : 1);
  return { value, ...place, ...(found.parameter === undefined ? {} : { parameter: found.parameter }) };
}

function outOfRange(
  found: Read,
  what: string,
  range: string,
  nearest: number | undefined,
  context: Context,
): void {
  const { value, span, related } = found;
  const advice =
    nearest === undefined ? "Check the sign and the unit." : `The nearest legal value is ${nearest}.`;
  context.diagnostics.report("out-of-range", span, { what, value, range, advice }, related);
}
