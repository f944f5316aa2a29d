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

/** x [rows, k] times w [k, n]. */
export function times(x: Of<"rows">, w: Float64Array): Of<"rows"> {
  const { data, width: k } = x;
  const n = w.length / k;
  const out = new Float64Array(rowCount(x) * n);
  for (let to = 0, from = 0; to < out.length; to += n, from += k) {
    let i = 0;
    // Four terms at a time, added one after the other: half the loads and stores.
    for (; i + 4 <= k; i += 4) {
      const [x0, x1, x2, x3] = [
        data[from + i]!,
        data[from + i + 1]!,
        data[from + i + 2]!,
        data[from + i + 3]!,
      ];
      const w0 = i * n;
      const [w1, w2, w3] = [w0 + n, w0 + 2 * n, w0 + 3 * n];
      for (let c = 0; c < n; c++)
        out[to + c] = out[to + c]! + x0 * w[w0 + c]! + x1 * w[w1 + c]! + x2 * w[w2 + c]! + x3 * w[w3 + c]!;
    }
    for (; i < k; i++) for (let c = 0; c < n; c++) out[to + c]! += data[from + i]! * w[i * n + c]!;
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
