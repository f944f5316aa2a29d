// mla by its definition, in the expanded form: keys and values of every position are made of the cached latents.
import { realOption, valuesOf } from "../access.js";
import { appended, attend, turned } from "../dense-attention.js";
import { columns, inputOf, rmsNorm, rowCount, rows, times } from "../dense.js";
import type { DenseCall, DenseResult, DenseValue } from "../operator.js";

type Rows = Extract<DenseValue, { kind: "rows" }>;

export function reference(call: DenseCall): DenseResult {
  const { dims, options } = call;
  const theta = realOption(options, "theta");
  const epsilon = realOption(options, "epsilon");
  const { heads, q_rank: qRank, kv_rank: kvRank } = valuesOf(dims, "heads", "q_rank", "kv_rank");
  const { nope, rope } = valuesOf(dims, "nope", "rope");
  const x = inputOf(call, 0, "rows");
  const down = times(x, call.weight("w_down"));
  const queryLatent = qRank === 0 ? x : rmsNorm(columns(down, 0, qRank), call.weight("q_gain"), epsilon);
  const latent = rmsNorm(columns(down, qRank, qRank + kvRank), call.weight("kv_gain"), epsilon);
  const key = turned(columns(down, qRank + kvRank, qRank + kvRank + rope), rope, theta, dims);
  const cached = appended(call.state("latent"), joinHeads([latent], [key]), dims);

  const allHeads = Array.from({ length: heads }, (_, head) => head);
  const query = times(queryLatent, call.weight("w_q"));
  const queryPart = (begin: number, end: number) =>
    allHeads.map((head) => columns(query, head * (nope + rope) + begin, head * (nope + rope) + end));
  const latents = columns(cached, 0, kvRank);
  const keys = times(latents, call.weight("w_uk"));
  const sharedKey = columns(cached, kvRank, kvRank + rope);
  const attended = attend(
    {
      queries: joinHeads(
        queryPart(0, nope),
        queryPart(nope, nope + rope).map((each) => turned(each, rope, theta, dims)),
      ),
      keys: joinHeads(
        allHeads.map((head) => columns(keys, head * nope, (head + 1) * nope)),
        allHeads.map(() => sharedKey),
      ),
      values: times(latents, call.weight("w_uv")),
      heads,
      kvHeads: heads,
    },
    dims,
  );
  return { value: times(attended, call.weight("w_out")) };
}

/** Rows in which each head's part of `first` stands before its part of `second`. */
function joinHeads(first: readonly Rows[], second: readonly Rows[]): Rows {
  const parts = first.flatMap((each, head) => [each, second[head]!]);
  const width = parts.reduce((sum, each) => sum + each.width, 0);
  const out = new Float64Array(rowCount(parts[0]!) * width);
  for (let row = 0; row < rowCount(parts[0]!); row++) {
    let at = row * width;
    for (const part of parts) {
      out.set(part.data.subarray(row * part.width, (row + 1) * part.width), at);
      at += part.width;
    }
  }
  return rows(width, out);
}
