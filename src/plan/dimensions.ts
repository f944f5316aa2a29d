// The values of named dimensions, and environments that add variables and run-time counts to them.
import { chunkedSlots, chunkStarts, countBefore } from "./chunks.js";
import { evaluate, type Environment } from "./expression.js";
import type { Dimension, Exchange, Expr, Sized } from "./types.gen.js";

/** Environment of a plan's dimensions alone. */
export function dimensionEnvironment(dimensions: readonly Dimension[]): Environment {
  const values = new Map(dimensions.map((each) => [each.name, each.value]));
  return (name) => values.get(name);
}

/** Environment of the values beside expressions: dimensions, and the run-time counts of exchanges at their mean, of copies at most. */
export function valueEnvironment(
  dimensions: readonly Dimension[],
  exchanges: readonly Pick<Exchange, "name" | "mean_rows" | "most_copies" | "chunks">[],
): Environment {
  const outer = dimensionEnvironment(dimensions);
  const counts = exchanges.flatMap((exchange) => {
    const { name, mean_rows, most_copies } = exchange;
    const rows = evaluate(mean_rows.expr, outer);
    const shareOf = (slots: number): number => Math.floor((rows * slots) / chunkedSlots(exchange));
    const values = [
      ...["sent", "received"].map((count) => [`${name}.${count}`, rows] as const),
      ...chunkStarts(exchange).map((slot) => [`${name}.${countBefore(slot)}`, shareOf(slot)] as const),
    ];
    if (most_copies === undefined) return values;
    const copies = evaluate(most_copies.expr, outer);
    const ofCopies = ["copies_sent", "copies_received"].map((count) => [`${name}.${count}`, copies] as const);
    return [...values, ...ofCopies, [`${name}.forwarded`, rows] as const];
  });
  return extend(outer, Object.fromEntries(counts));
}

/** `outer` with further names, such as `rank`, `layer` or an exchange's counts; these go first. */
export function extend(outer: Environment, inner: Readonly<Record<string, number>>): Environment {
  return (name) => (Object.hasOwn(inner, name) ? inner[name] : outer(name));
}

/** An expression with its value beside it. */
export function sized(expr: Expr, environment: Environment): Sized {
  return { expr, value: evaluate(expr, environment) };
}

/** Names of the dimensions that hold the bytes of an element and of a scale of a class of data. */
export const bytesDimension = (precisionClass: string): string => `${precisionClass}_bytes`;
export const scaleBytesDimension = (precisionClass: string): string => `${precisionClass}_scale_bytes`;

/** Elements that share one scale, in number formats that need scales. Source: DeepSeek-V3 technical report, 3.3.2 (1 x 128 tiles; 128 x 128 blocks of weights). */
export const ELEMENTS_PER_SCALE = 128;
