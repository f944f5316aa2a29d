// Causal attention as references compute it: explicit queries, keys and values of every position, one head after another.
import { valuesOf } from "./access.js";
import { rowCount, rows, softmax } from "./dense.js";
import { rotated } from "./kernels/rope.js";
import type { DenseValue, DimValues } from "./operator.js";

type Rows = Extract<DenseValue, { kind: "rows" }>;

/** Each head of width `dim` turned for its row's position: row t of a sequence stands at context + t. */
export function turned(x: Rows, dim: number, theta: number, dims: DimValues): Rows {
  const { length, context } = valuesOf(dims, "length", "context");
  const out = new Float64Array(x.data.length);
  for (let row = 0; row < rowCount(x); row++)
    for (let head = row * x.width; head < (row + 1) * x.width; head += dim)
      for (let pair = 0; pair < dim / 2; pair++) {
        const position = context + (row % length);
        out.set(rotated(x.data, head, { pair, dim, position, theta }), head + 2 * pair);
      }
  return rows(x.width, out);
}

/** `past` [sequences, context, width] and `fresh` [sequences, length, width] as [sequences, context + length, width]. */
export function appended(past: Float64Array, fresh: Rows, dims: DimValues): Rows {
  const { length, context } = valuesOf(dims, "length", "context");
  const out = new Float64Array(past.length + fresh.data.length);
  const [pastSize, freshSize] = [context * fresh.width, length * fresh.width];
  for (let sequence = 0; sequence < rowCount(fresh) / length; sequence++) {
    const to = sequence * (pastSize + freshSize);
    out.set(past.subarray(sequence * pastSize, (sequence + 1) * pastSize), to);
    out.set(fresh.data.subarray(sequence * freshSize, (sequence + 1) * freshSize), to + pastSize);
  }
  return rows(fresh.width, out);
}

interface Attention {
  /** [sequences * length, heads * key width] */
  readonly queries: Rows;
  /** [sequences * (context + length), kv heads * key width] */
  readonly keys: Rows;
  /** [sequences * (context + length), kv heads * value width] */
  readonly values: Rows;
  readonly heads: number;
  readonly kvHeads: number;
}

/** softmax(q k / sqrt(key width)) v for each head, over the positions up to the row's own. */
export function attend({ queries, keys, values, heads, kvHeads }: Attention, dims: DimValues): Rows {
  const { length, context } = valuesOf(dims, "length", "context");
  const keyDim = queries.width / heads;
  const valueDim = values.width / kvHeads;
  const out = new Float64Array(rowCount(queries) * heads * valueDim);
  for (let row = 0; row < rowCount(queries); row++) {
    const begin = Math.floor(row / length) * (context + length);
    const seen = Array.from({ length: context + (row % length) + 1 }, (_, position) => begin + position);
    for (let head = 0; head < heads; head++) {
      const kvHead = Math.floor(head / (heads / kvHeads));
      const q = queries.data.subarray(row * queries.width + head * keyDim);
      const shares = softmax(
        seen.map((position) => {
          const key = keys.data.subarray(position * keys.width + kvHead * keyDim);
          let dot = 0;
          for (let i = 0; i < keyDim; i++) dot += q[i]! * key[i]!;
          return dot / Math.sqrt(keyDim);
        }),
      );
      seen.forEach((position, index) => {
        for (let i = 0; i < valueDim; i++)
          out[(row * heads + head) * valueDim + i]! +=
            shares[index]! * values.data[position * values.width + kvHead * valueDim + i]!;
      });
    }
  }
  return rows(heads * valueDim, out);
}
