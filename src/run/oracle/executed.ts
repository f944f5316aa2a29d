// Reads what an execution computed out of the captured memory, and checks that it is there and that it is numbers.
import { InternalError } from "../../diagnostics/internal-error.js";
import type { DenseValue } from "../../operators/operator.js";
import type { Block } from "../../plan/index.js";
import type { Backend } from "../backend.js";
import type { CapturedValue } from "../capture.js";
import type { ExecutionContext } from "../context.js";
import { ExecutionFailure } from "../failure.js";

/** A layer's executed result, checked to be there and to be numbers. */
export async function readResult(
  context: ExecutionContext,
  backend: Pick<Backend, "read">,
  block: Block,
  layer: number,
  input: DenseValue,
): Promise<Float64Array> {
  if (block.result === block.input.name) {
    if (input.kind !== "rows") throw new InternalError(`block ${block.name} gives no rows`);
    return input.data;
  }
  const { words, value } = await readCaptured(context, backend, layer, block.result);
  const rows = new Float64Array(new Float32Array(words.buffer, words.byteOffset, words.length));
  const bad = rows.findIndex((each) => !Number.isFinite(each));
  if (bad < 0) return rows;
  const place = context.captures.ownerOf(layer, Math.floor(bad / value.width));
  throw new ExecutionFailure({
    kind: "non_finite",
    layer,
    rank: place.rank,
    micro_batch: place.microBatch,
    node: block.result,
    message:
      `the result of layer ${layer} on rank ${place.rank} (micro-batch ${place.microBatch}, row ${place.row}) ` +
      `is not a number`,
  });
}

/** A gate's executed choice, [tokens * top_k], checked to be experts. */
export async function readChoice(
  context: ExecutionContext,
  backend: Pick<Backend, "read">,
  block: Block,
  layer: number,
  gate: string,
): Promise<Uint32Array> {
  const { words, value } = await readCaptured(context, backend, layer, gate);
  const experts = context.dimsOf(context.index.node(block.name, gate))["experts"] ?? 0;
  const bad = words.findIndex((expert) => expert >= experts);
  if (bad < 0) return words;
  const place = context.captures.ownerOf(layer, Math.floor(bad / value.width));
  throw new ExecutionFailure({
    kind: "wrong_result",
    layer,
    rank: place.rank,
    micro_batch: place.microBatch,
    node: gate,
    message: `${gate} of layer ${layer} on rank ${place.rank} chooses expert ${words[bad] ?? 0} of ${experts}`,
  });
}

export async function readCaptured(
  context: ExecutionContext,
  backend: Pick<Backend, "read">,
  layer: number,
  node: string,
): Promise<{ words: Uint32Array; value: CapturedValue }> {
  const { captures } = context;
  const value = captures.value(layer, node);
  if (value === undefined) throw new InternalError(`${node} of layer ${layer} is not captured`);
  const missing = captures.missing(value);
  if (missing !== undefined || captures.tokensOf(layer) === 0) {
    const where = missing === undefined ? "any rank" : `rank ${captures.ownerOf(layer, missing).rank}`;
    throw new ExecutionFailure({
      kind: "unexecuted",
      layer,
      node,
      message: `no launch computes ${node} of layer ${layer} for all tokens of ${where}`,
    });
  }
  const range = { word: value.word, words: captures.tokensOf(layer) * value.width };
  const [words] = await backend.read([range]);
  if (words === undefined) throw new InternalError("a backend reads less than it is asked for");
  return { words, value };
}
