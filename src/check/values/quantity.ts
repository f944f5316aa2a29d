// Arithmetic over numbers with units. Adding needs equal measures; multiplying and dividing make new ones.
import { sameMeasure, type Measure } from "./units.js";

/** A value in bytes, seconds and FLOP, to the powers of its measure. */
export interface Quantity {
  readonly value: number;
  readonly measure: Measure;
}

export type Operation = "+" | "-" | "*" | "/";

export type Outcome =
  | { readonly ok: true; readonly quantity: Quantity }
  | { readonly ok: false; readonly problem: "measures" | "division_by_zero" | "overflow" };

export function compute(operation: Operation, left: Quantity, right: Quantity): Outcome {
  if ((operation === "+" || operation === "-") && !sameMeasure(left.measure, right.measure))
    return { ok: false, problem: "measures" };
  if (operation === "/" && right.value === 0) return { ok: false, problem: "division_by_zero" };
  const value = apply(operation, left.value, right.value);
  if (!Number.isFinite(value)) return { ok: false, problem: "overflow" };
  return { ok: true, quantity: { value, measure: measureOf(operation, left.measure, right.measure) } };
}

function apply(operation: Operation, left: number, right: number): number {
  switch (operation) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
  }
}

function measureOf(operation: Operation, left: Measure, right: Measure): Measure {
  if (operation === "+" || operation === "-") return left;
  const sign = operation === "*" ? 1 : -1;
  return {
    bytes: left.bytes + sign * right.bytes,
    seconds: left.seconds + sign * right.seconds,
    flops: left.flops + sign * right.flops,
  };
}

/** The value in a unit of this scale, without the last bits that converting decimal fractions leaves behind. */
export function inScale(quantity: Quantity, scale: number): number {
  return Number((quantity.value / scale).toPrecision(15));
}
