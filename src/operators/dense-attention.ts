// Causal attention as references compute it: explicit queries, keys and values of every position, one head after another.
import { valuesOf } from "./access.js";
import { rowCount, rows, softmax } from "./dense.js";
import { rotate, turns } from "./kernels/rope.js";
import type { DenseValue, DimValues } from "./operator.js";

type Rows = Extract<DenseValue, { kind: "rows" }>;

/** Each head of width `dim` turned for its row's position: row t of a sequence stands at context + t. */
export function turned(x: Rows, dim: number, theta: number, dims: DimValues): Rows {
  const { length, context } = valuesOf(dims, "length", "context");
  const out = new Float64Array(x.data.length);
  const pairs = dim / 2;
  const angles = turns({ length, context, dim, theta });
  for (let row = 0; row < rowCount(x); row++)
    for (let head = row * x.width; head < (row + 1) * x.width; head += dim)
      for (let pair = 0; pair < pairs; pair++)
        rotate(x.data, head + 2 * pair, angles[(row % length) * pairs + pair]!, out, head + 2 * pair);
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
    const shares = new Float64Array(context + (row % length) + 1);
    for (let head = 0; head < heads; head++) {
      const kvHead = Math.floor(head / (heads / kvHeads));
      const query = row * queries.width + head * keyDim;
      for (let at = 0; at < shares.length; at++) {
        const key = (begin + at) * keys.width + kvHead * keyDim;
        let dot = 0;
        for (let i = 0; i < keyDim; i++) dot += queries.data[query + i]! * keys.data[key + i]!;
        shares[at] = dot / Math.sqrt(keyDim);
      }
      softmax(shares);
      const to = (row * heads + head) * valueDim;
      for (let at = 0; at < shares.length; at++) {
        const value = (begin + at) * values.width + kvHead * valueDim;
        for (let i = 0; i < valueDim; i++) out[to + i]! += shares[at]! * values.data[value + i]!;
      }
    }
  }
  return rows(heads * valueDim, out);
}
