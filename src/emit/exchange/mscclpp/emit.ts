// Exchange plans as execution plans of MSCCL++: one JSON file that its executor loads on every rank.
import type { ExchangePlan } from "../../../exchange-plan/index.js";
import { leastPadded, paddingOf, wholeRows, type Chunks } from "../chunks.js";
import type { EmittedExchange, ExchangeRefusal } from "../emitted.js";
import { movesOf, type Moves } from "../moves.js";
import { layoutNotes, notStatic } from "../static.js";
import { printExecutionPlan, type ExecutionPlan } from "./format.js";
import { gpuOf } from "./gpu.js";
import { generationsOf, lanesOf, type Division } from "./lanes.js";
import { ALIGNMENT, exceededLimit, THREADS } from "./limits.js";
import { openingOf, operationsIn, type Numbers } from "./operations.js";

/** From most thread blocks a GPU to fewest, then with several links between two GPUs for messages of many ranges. */
const divisions: readonly Division[] = [
  ...[1, 2, 4, 8, 16].map((peersPerLane) => ({ peersPerLane, parts: 1 })),
  ...[2, 4, 8].flatMap((parts) => [1, 2, 4].map((peersPerLane) => ({ peersPerLane, parts }))),
];

/** Operations of a thread block, without the two barriers of its ends. */
const ROOM = 64 - 2;

export function emitMscclpp(plan: ExchangePlan): EmittedExchange {
  const refused = notStatic(plan);
  if (refused !== undefined) return { refused };
  const rows = wholeRows(plan);
  // Chunks are counted, not listed: a chunk a row is as short as any, unless several rows pad less.
  const sizes = plan.row_bytes % ALIGNMENT === 0 ? [1] : [1, 2, 3, 4, 6, 8, 12, 16];
  const chunks = leastPadded(rows, plan.row_bytes, ALIGNMENT, sizes);
  const moves = movesOf(plan, chunks);
  const made = fitting(plan, chunks, moves);
  if ("limit" in made) return { refused: made };
  const moved = moves.input.reduce((sum, own) => sum + own * chunks.bytes, 0);
  return {
    files: [{ path: "mscclpp.json", bytes: printExecutionPlan(made) }],
    notes: [
      ...layoutNotes(plan, chunks, paddingOf(rows, plan.row_bytes, chunks), moved),
      `Load it on every rank with mscclpp's ExecutionPlan and execute it with exactly input_chunks and output_chunks of ${chunks.bytes} bytes, which differ from rank to rank; a rank with nothing to send or to get has one unused chunk there.`,
      `A GPU runs up to ${made.gpus.reduce((most, { threadblocks }) => Math.max(most, threadblocks.length), 0)} thread blocks at once, and they meet between launches as the plan has them.`,
    ],
  };
}

/** The plan in the first division that keeps all limits, or the limit that the last with one link a peer exceeds. */
function fitting(plan: ExchangePlan, chunks: Chunks, moves: Moves): ExecutionPlan | ExchangeRefusal {
  let refusal: ExchangeRefusal | undefined;
  for (const division of divisions) {
    const made = dividedPlan(plan, chunks, moves, division);
    const exceeded = exceededLimit(made, chunks.bytes, plan.machine.gpu.sms);
    if (exceeded === undefined) return made;
    if (refusal === undefined || division.parts === 1) refusal = exceeded;
  }
  return refusal!;
}

function dividedPlan(plan: ExchangePlan, chunks: Chunks, moves: Moves, division: Division): ExecutionPlan {
  const lanes = lanesOf(moves, plan.ranks, plan.ranks_per_node, division);
  const all = lanes.flat();
  const counting: Numbers = { channel: () => 0, buffer: () => 0 };
  const opening = all.map((lane) => openingOf(lane, [0, moves.launches], counting).length);
  const room = ROOM - opening.reduce((most, each) => Math.max(most, each), 0);
  const generations = generationsOf(moves.launches, room, (launch) =>
    // A barrier more for the launch before.
    all.map((lane) => operationsIn(lane, launch, counting).length + 1),
  );
  const gpus = lanes.map((own, id) => gpuOf(id, moves, own, generations));
  const inputs = gpus.map(({ input_chunks }) => input_chunks * chunks.bytes);
  return {
    name: `weft-${plan.direction}`,
    collective: "alltoall",
    protocol: "Simple",
    inplace: false,
    reuse_resources: false,
    num_threads_per_block: THREADS,
    use_double_scratch_buffer: false,
    buffer_alignment: ALIGNMENT,
    min_message_size: inputs.reduce((least, each) => Math.min(least, each), Infinity),
    max_message_size: inputs.reduce((most, each) => Math.max(most, each), 0),
    gpus,
  };
}
