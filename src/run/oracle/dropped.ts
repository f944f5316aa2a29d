// Which pairs (token, k) a token policy drops: found once more from choices, placement and the declared factor alone, and
// held against what an execution dropped. The dense evaluation leaves out what this says.
import { InternalError } from "../../diagnostics/internal-error.js";
import { NO_ROW } from "../../operators/no-row.js";
import { declaredAtomRows, type Block, type Exchange } from "../../plan/index.js";
import type { Backend } from "../backend.js";
import type { ExecutionContext } from "../context.js";
import { ExecutionFailure } from "../failure.js";
import type { DroppedPairs } from "../result.js";
import { chosenSlots } from "./chosen-slots.js";
import { readCaptured } from "./executed.js";

/**
 * [tokens * top_k] 1 for each pair beyond the rows of its atom, in order of (token, k); undefined where the policy drops none.
 * `experts`: the choice of all tokens of the layer, in order of rank, micro-batch and row.
 */
export function pairsToDrop(
  context: ExecutionContext,
  exchange: Exchange,
  layer: number,
  experts: Uint32Array,
): Uint8Array | undefined {
  const { captures } = context;
  const { tokens } = captures;
  const placement = context.index.placement(exchange.placement);
  const topK = experts.length / captures.tokensOf(layer);
  const rows = declaredAtomRows(exchange.tokens, { tokens, topK, slots: placement.slots });
  if (rows === undefined) return undefined;
  const dropped = new Uint8Array(experts.length);
  const taken = new Uint32Array(placement.slots);
  chosenSlots(context, exchange, layer, experts).forEach((slot, pair) => {
    if (pair % (tokens * topK) === 0) taken.fill(0);
    if (taken[slot] === rows) dropped[pair] = 1;
    else taken[slot]! += 1;
  });
  return dropped;
}

/**
 * How many pairs of a layer were dropped, of how many; undefined where no exchange of the layer may drop any.
 * @throws {ExecutionFailure} `wrong_result` where other pairs were dropped than the executed choices demand
 */
export async function readDropped(
  context: ExecutionContext,
  backend: Pick<Backend, "read">,
  block: Block,
  layer: number,
  choices: ReadonlyMap<string, Uint32Array>,
): Promise<DroppedPairs | undefined> {
  let found: DroppedPairs | undefined;
  for (const exchange of context.plan.exchanges) {
    if (exchange.block !== block.name || exchange.atom_rows === undefined) continue;
    const experts = choices.get(exchange.gate);
    const expected = experts && pairsToDrop(context, exchange, layer, experts);
    if (experts === undefined || expected === undefined)
      throw new InternalError(`exchange ${exchange.name} has fixed rows and drops nothing`);
    const { words } = await readCaptured(context, backend, layer, exchange.dispatch);
    const wrong = words.findIndex((row, pair) => (row === NO_ROW) !== (expected[pair] === 1));
    if (wrong >= 0) throw wrongDrop(context, exchange, layer, wrong, experts);
    const pairs = expected.reduce((sum, each) => sum + each, found?.pairs ?? 0);
    found = { pairs, of: experts.length + (found?.of ?? 0) };
  }
  return found;
}

function wrongDrop(
  context: ExecutionContext,
  { name, dispatch, tokens: { factor } }: Exchange,
  layer: number,
  pair: number,
  experts: Uint32Array,
): ExecutionFailure {
  const { captures } = context;
  const topK = experts.length / captures.tokensOf(layer);
  const place = captures.ownerOf(layer, Math.floor(pair / topK));
  return new ExecutionFailure({
    kind: "wrong_result",
    layer,
    rank: place.rank,
    micro_batch: place.microBatch,
    node: dispatch,
    message:
      `in layer ${layer} rank ${place.rank} drops other pairs of micro-batch ${place.microBatch} in ${name} than ` +
      `capacity(${factor ?? ""}) says: first differs what becomes of token ${place.row} for expert ${experts[pair] ?? ""}`,
  });
}
