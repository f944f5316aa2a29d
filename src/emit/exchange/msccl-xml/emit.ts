// Exchange plans as MSCCL XML: one file that MSCCL, or its executor on NCCL, loads on every rank.
import type { ExchangePlan } from "../../../exchange-plan/index.js";
import { chunksOf, paddingOf, wholeRows, type Chunks } from "../chunks.js";
import type { EmittedExchange, ExchangeRefusal } from "../emitted.js";
import { movesOf, ownRanges, type Moves } from "../moves.js";
import { layoutNotes, notStatic } from "../static.js";
import { connectionsOf, type Connection } from "./connections.js";
import { printAlgorithm, type Algorithm } from "./format.js";
import { xmlGpuOf } from "./gpu.js";
import { exceededChunks, exceededLimit, exceededNodes, MAX_COUNT } from "./limits.js";

interface Made {
  readonly algorithm: Algorithm;
  readonly chunks: Chunks;
  readonly moved: number;
}

export function emitMscclXml(plan: ExchangePlan): EmittedExchange {
  const refused = notStatic(plan);
  if (refused !== undefined) return { refused };
  const rows = wholeRows(plan);
  const made = finest(plan, rows);
  if ("limit" in made) return { refused: made };
  const { algorithm, chunks, moved } = made;
  const count = algorithm.bytes / plan.ranks;
  return {
    files: [{ path: "msccl.xml", bytes: printAlgorithm(algorithm) }],
    notes: [
      ...layoutNotes(plan, chunks, paddingOf(rows, plan.row_bytes, chunks), moved),
      `Call ncclAllToAll with ${count} elements of ncclUint8, out of place: inputs and outputs have ${algorithm.bytes} bytes on every rank, of which a rank uses the first i_chunks and o_chunks of ${chunks.bytes} bytes.`,
      "The name of the file in the directory of MSCCL's algorithms does not matter; it is selected by the size of the call.",
    ],
  };
}

/** In the finest chunks that keep all limits, or slightly coarser ones that pad less; or the limit that the coarsest exceed. */
function finest(plan: ExchangePlan, rows: Float64Array): Made | ExchangeRefusal {
  const most = rows.reduce((all, each) => Math.max(all, each), 1);
  const sized = (size: number): Chunks => chunksOf(rows, plan.row_bytes, size, alignmentOf(plan.ranks));
  let size = 1;
  let first = madeOf(plan, sized(size));
  while ("limit" in first) {
    if (size >= most) return first;
    size = Math.min(most, size * 2);
    first = madeOf(plan, sized(size));
  }
  const padding = (chunks: Chunks): number => paddingOf(rows, plan.row_bytes, chunks);
  const better = [1.25, 1.5, 2, 3, 4]
    .map((factor) => sized(Math.ceil(factor * size)))
    .filter((chunks) => padding(chunks) < padding(sized(size)))
    .sort((one, other) => padding(one) - padding(other));
  for (const chunks of better) {
    const made = madeOf(plan, chunks);
    if (!("limit" in made)) return made;
  }
  return first;
}

/** Multiples of 16 bytes; and of the ranks, as some executors want the count of a call divided by the chunks. */
function alignmentOf(ranks: number): number {
  let bytes = 16;
  while (bytes % ranks !== 0) bytes += 16;
  return bytes;
}

/** A limit that moves exceed however they are divided over thread blocks: found before they are. */
function hopeless({ messages, input, output, scratch }: Moves, ranks: number): ExchangeRefusal | undefined {
  const steps = new Array<number>(ranks).fill(0);
  for (const { from, to, ranges } of messages)
    for (const { chunks } of ranges) {
      steps[from]! += Math.ceil(chunks / MAX_COUNT);
      if (to !== from) steps[to]! += Math.ceil(chunks / MAX_COUNT);
    }
  for (let id = 0; id < ranks; id++) {
    const exceeded =
      exceededChunks(id, Math.max(input[id]!, output[id]!, scratch[id]!)) ??
      exceededNodes(id, steps[id]!, ranks);
    if (exceeded !== undefined) return exceeded;
  }
  return undefined;
}

/** With thread blocks of their own for sends and receives, else with shared ones. */
function madeOf(plan: ExchangePlan, chunks: Chunks): Made | ExchangeRefusal {
  const { ranks } = plan;
  const moves = movesOf(plan, chunks);
  let refusal = hopeless(moves, ranks);
  if (refusal !== undefined) return refusal;
  for (const shared of [false, true]) {
    const connections = connectionsOf(moves, ranks, shared);
    const own = Array.from({ length: ranks }, (): Connection[] => []);
    for (const connection of connections) for (const end of connection.ends) own[end]!.push(connection);
    const gpus = own.map((some, id) =>
      xmlGpuOf(id, some, ownRanges(moves.messages, id), {
        input: moves.input[id]!,
        output: moves.output[id]!,
        scratch: moves.scratch[id]!,
      }),
    );
    const nchunksperloop = gpus.reduce((all, gpu) => Math.max(all, gpu.i_chunks, gpu.o_chunks), 1);
    const algorithm: Algorithm = {
      name: `weft-${plan.direction}`,
      nchannels: gpus.reduce(
        (all, { blocks }) => blocks.reduce((most, { chan }) => Math.max(most, chan + 1), all),
        1,
      ),
      nchunksperloop,
      bytes: nchunksperloop * chunks.bytes,
      gpus,
    };
    const exceeded = exceededLimit(algorithm);
    if (exceeded === undefined)
      return { algorithm, chunks, moved: moves.input.reduce((sum, own) => sum + own * chunks.bytes, 0) };
    refusal = exceeded;
  }
  return refusal!;
}
