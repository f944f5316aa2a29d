// Plans that the program cannot carry out: NCCL has room for so many operations in a group, and the sums are those of floats.
import { forEachPiece, type ExchangePlan } from "../../../exchange-plan/index.js";
import type { ExchangeRefusal } from "../emitted.js";

/** NCCL's limit on the operations of a group. */
const MOST_OPERATIONS = 2048;
const FLOAT_BYTES = 4;

export function exceededLimit(plan: ExchangePlan): ExchangeRefusal | undefined {
  if (plan.direction === "combine" && plan.row_bytes % FLOAT_BYTES !== 0)
    return {
      limit: `rows of a combine in multiples of ${FLOAT_BYTES} bytes`,
      reason: `Rows have ${plan.row_bytes} bytes, and the program adds them up as floats.`,
      hint: "Pad the rows.",
    };
  const most = mostOperations(plan);
  if (most.operations <= MOST_OPERATIONS) return undefined;
  return {
    limit: `${MOST_OPERATIONS} operations in a group of NCCL`,
    reason: `Rank ${most.rank} has up to ${most.operations} sends and receives in the launch ${plan.launches[most.launch]!.name}.`,
    hint: "Take an algorithm with fewer partners for each GPU, or more launches (--algorithm).",
  };
}

/** The launch and rank with most sends and receives. */
function mostOperations(plan: ExchangePlan): { launch: number; rank: number; operations: number } {
  const { ranks } = plan;
  const most = { launch: 0, rank: 0, operations: 0 };
  // One to and one from each other rank, at most.
  if (2 * (ranks - 1) <= MOST_OPERATIONS) return most;
  const known = plan.launches.map(() => new Uint32Array(Math.ceil((ranks * ranks) / 32)));
  const operations = plan.launches.map(() => new Uint32Array(ranks));
  forEachPiece(plan, ({ launch, from, to }) => {
    if (from === to) return;
    const bit = from * ranks + to;
    const words = known[launch]!;
    if (((words[bit >>> 5]! >>> (bit & 31)) & 1) === 1) return;
    words[bit >>> 5]! |= 1 << (bit & 31);
    for (const rank of [from, to]) {
      const count = ++operations[launch]![rank]!;
      if (count > most.operations) Object.assign(most, { launch, rank, operations: count });
    }
  });
  return most;
}
