// What the references share: reading values of the dense evaluation, and products and norms in double precision.
import { InternalError } from "../diagnostics/internal-error.js";
import type { DenseCall, DenseValue } from "./operator.js";

type Of<Kind extends DenseValue["kind"]> = Extract<DenseValue, { kind: Kind }>;

/** The input at a port, which must be of this kind. */
export function inputOf<Kind extends DenseValue["kind"]>(
  call: DenseCall,
  port: number,
  kind: Kind,
): Of<Kind> {
  const value = call.inputs[port];
  if (value?.kind !== kind) throw new InternalError(`input ${port} of an operator is not of kind ${kind}`);
  return value as Of<Kind>;
}

export const rows = (width: number, data: Float64Array): Of<"rows"> => ({ kind: "rows", width, data });
export const rowCount = (value: Of<"rows">): number => value.data.length / value.width;

/** x [rows, k] times w [k, n]. Two rows and four columns at a time, so that sums and factors stay in registers. */
export function times(x: Of<"rows">, w: Float64Array): Of<"rows"> {
  const { data, width: k } = x;
  const n = w.length / k;
  const count = rowCount(x);
  const out = new Float64Array(count * n);
  for (let row = 0; row < count; row += 2) {
    // A last row without a neighbour is its own.
    const other = Math.min(row + 1, count - 1);
    const a = row * k;
    const b = other * k;
    const toA = row * n;
    const toB = other * n;
    let column = 0;
    for (; column + 4 <= n; column += 4) {
      let a0 = 0;
      let a1 = 0;
      let a2 = 0;
      let a3 = 0;
      let b0 = 0;
      let b1 = 0;
      let b2 = 0;
      let b3 = 0;
      for (let i = 0, at = column; i < k; i++, at += n) {
        const factorA = data[a + i]!;
        const factorB = data[b + i]!;
        const w0 = w[at]!;
        const w1 = w[at + 1]!;
        const w2 = w[at + 2]!;
        const w3 = w[at + 3]!;
        a0 += factorA * w0;
        a1 += factorA * w1;
        a2 += factorA * w2;
        a3 += factorA * w3;
        b0 += factorB * w0;
        b1 += factorB * w1;
        b2 += factorB * w2;
        b3 += factorB * w3;
      }
      out[toA + column] = a0;
      out[toA + column + 1] = a1;
      out[toA + column + 2] = a2;
      out[toA + column + 3] = a3;
      out[toB + column] = b0;
      out[toB + column + 1] = b1;
      out[toB + column + 2] = b2;
      out[toB + column + 3] = b3;
    }
    for (; column < n; column++) {
      let sumA = 0;
      let sumB = 0;
      for (let i = 0, at = column; i < k; i++, at += n) {
        sumA += data[a + i]! * w[at]!;
        sumB += data[b + i]! * w[at]!;
      }
      out[toA + column] = sumA;
      out[toB + column] = sumB;
    }
  }
  return rows(n, out);
}

/** Each row divided by the root of its mean square, times a gain for each column. */
export function rmsNorm(x: Of<"rows">, gain: Float64Array, epsilon: number): Of<"rows"> {
  const out = new Float64Array(x.data.length);
  const { data, width } = x;
  for (let row = 0; row < data.length; row += width) {
    let squares = 0;
    for (let i = 0; i < width; i++) squares += data[row + i]! * data[row + i]!;
    const root = Math.sqrt(squares / width + epsilon);
    for (let i = 0; i < width; i++) out[row + i] = (data[row + i]! / root) * gain[i]!;
  }
  return rows(width, out);
}

/** Columns [begin, end) of each row. */
export function columns(x: Of<"rows">, begin: number, end: number): Of<"rows"> {
  const width = end - begin;
  const out = new Float64Array(rowCount(x) * width);
  for (let row = 0; row < rowCount(x); row++)
    out.set(x.data.subarray(row * x.width + begin, row * x.width + end), row * width);
  return rows(width, out);
}

/** Replaces values by their softmax. */
export function softmax(values: Float64Array): void {
  let largest = -Infinity;
  for (const each of values) largest = Math.max(largest, each);
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i] = Math.exp(values[i]! - largest);
  for (let i = 0; i < values.length; i++) values[i]! /= total;
}
