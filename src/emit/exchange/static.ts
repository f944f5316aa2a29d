// What both formats of static schedules need of a plan, or cannot have; and how their buffers are to be laid out.
import type { ExchangePlan } from "../../exchange-plan/index.js";
import type { Chunks } from "./chunks.js";
import type { ExchangeRefusal } from "./emitted.js";

/** A file lists every range that every GPU moves. */
const MAX_GPUS = 512;

/** Why a plan has no static form, if it has none. */
export function notStatic({ copies, partial_sums, ranks }: ExchangePlan): ExchangeRefusal | undefined {
  if (copies || partial_sums)
    return {
      limit: "static chunks",
      reason: copies
        ? "The plan sends a token once to each node, and only the routing of a step says which of its chunks a node then passes on to whom."
        : "The plan adds rows of one token, and only the routing of a step says which rows are of one token.",
      hint: "Exchange a plain matrix: leave out node_bytes, or the trace that tells which rows share a token.",
    };
  if (ranks > MAX_GPUS)
    return {
      limit: `${MAX_GPUS} GPUs a file`,
      reason: `The plan has ${ranks}, and a file lists what each sends each.`,
      hint: "Exchange among fewer GPUs, or emit the plan itself.",
    };
  return undefined;
}

/** How to fill and read buffers, and what equal chunks cost. */
export function layoutNotes(
  plan: ExchangePlan,
  { rows, bytes }: Chunks,
  padding: number,
  moved: number,
): string[] {
  const inChunk = bytes - rows * plan.row_bytes;
  const share = moved === 0 ? 0 : (100 * padding) / moved;
  return [
    `A chunk has ${bytes} bytes: ${rows === 1 ? `one row of ${plan.row_bytes} bytes` : `${rows} rows of ${plan.row_bytes} bytes, one behind the other`}${inChunk === 0 ? "" : `, and ${inChunk} of padding at the end`}.`,
    "The input of a GPU holds what it has for GPU 0, for GPU 1 and so on, its own included; the output what it gets from GPU 0, from GPU 1 and so on. Between two GPUs rows lie together from a chunk's start on, rounded up to whole chunks; a pair without rows has no chunk.",
    `The counts are those of the plan's demand${plan.direction === "combine" ? ", given back" : ""}, means rounded up: rows beyond them do not fit, and fewer travel as padding. Of ${moved} bytes from inputs to outputs ${padding} are padding (${share.toFixed(1)} %).`,
  ];
}
