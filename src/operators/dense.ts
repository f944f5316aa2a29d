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
  const k = x.width;
  const n = w.length / k;
  const out = new Float64Array(rowCount(x) * n);
  for (let row = 0; row < rowCount(x); row++)
    for (let i = 0; i < k; i++)
      for (let column = 0; column < n; column++)
        out[row * n + column]! += x.data[row * k + i]! * w[i * n + column]!;
  return rows(n, out);
}

/** Each row divided by the root of its mean square, times a gain for each column. */
export function rmsNorm(x: Of<"rows">, gain: Float64Array, epsilon: number): Of<"rows"> {
  const out = new Float64Array(x.data.length);
  for (let row = 0; row < rowCount(x); row++) {
    const values = x.data.subarray(row * x.width, (row + 1) * x.width);
    const meanSquare = values.reduce((sum, each) => sum + each * each, 0) / x.width;
    out.set(
      values.map((each, i) => (each / Math.sqrt(meanSquare + epsilon)) * gain[i]!),
      row * x.width,
    );
  }
  return rows(x.width, out);
}

/** Columns [begin, end) of each row. */
export function columns(x: Of<"rows">, begin: number, end: number): Of<"rows"> {
  const width = end - begin;
  const out = new Float64Array(rowCount(x) * width);
  for (let row = 0; row < rowCount(x); row++)
    out.set(x.data.subarray(row * x.width + begin, row * x.width + end), row * width);
  return rows(width, out);
}

export function softmax(values: readonly number[]): number[] {
  const largest = values.reduce((left, right) => Math.max(left, right));
  const exponentials = values.map((each) => Math.exp(each - largest));
  const total = exponentials.reduce((left, right) => left + right);
  return exponentials.map((each) => each / total);
}
