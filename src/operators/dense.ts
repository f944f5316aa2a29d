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

/** x [rows, k] times w [k, n]. Four columns at a time, so that sums and factors stay in registers. */
export function times(x: Of<"rows">, w: Float64Array): Of<"rows"> {
  const { data, width: k } = x;
  const n = w.length / k;
  const out = new Float64Array(rowCount(x) * n);
  for (let to = 0, from = 0; to < out.length; to += n, from += k) {
    let column = 0;
    for (; column + 4 <= n; column += 4) {
      let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
      for (let i = 0, at = column; i < k; i++, at += n) {
        const factor = data[from + i]!;
        sum0 += factor * w[at]!;
        sum1 += factor * w[at + 1]!;
        sum2 += factor * w[at + 2]!;
        sum3 += factor * w[at + 3]!;
      }
      out[to + column] = sum0;
      out[to + column + 1] = sum1;
      out[to + column + 2] = sum2;
      out[to + column + 3] = sum3;
    }
    for (; column < n; column++)
      for (let i = 0; i < k; i++) out[to + column]! += data[from + i]! * w[i * n + column]!;
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
