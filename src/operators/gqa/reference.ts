// gqa by its definition: queries, keys and values of all heads, turned for their positions; attention; the product back.
import { realOption, valuesOf } from "../access.js";
import { appended, attend, turned } from "../dense-attention.js";
import { columns, inputOf, times } from "../dense.js";
import type { DenseCall, DenseResult } from "../operator.js";

export function reference(call: DenseCall): DenseResult {
  const { dims, options } = call;
  const { heads, kv_heads: kvHeads, head_dim: dim } = valuesOf(dims, "heads", "kv_heads", "head_dim");
  const theta = realOption(options, "theta");
  const projected = times(inputOf(call, 0, "rows"), call.weight("w_qkv"));
  const [query, key] = [heads * dim, kvHeads * dim];
  const fresh = columns(projected, query, query + 2 * key);
  const past = call.state("kv");
  const pastRows = { kind: "rows", width: 2 * key, data: past } as const;
  const attended = attend(
    {
      queries: turned(columns(projected, 0, query), dim, theta, dims),
      // The state holds keys that are turned already.
      keys: appended(columns(pastRows, 0, key).data, turned(columns(fresh, 0, key), dim, theta, dims), dims),
      values: appended(columns(pastRows, key, 2 * key).data, columns(fresh, key, 2 * key), dims),
      heads,
      kvHeads,
    },
    dims,
  );
  return { value: times(attended, call.weight("w_out")) };
}
