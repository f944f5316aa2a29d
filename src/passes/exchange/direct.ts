// Direct exchange: every rank sends each rank of its group what that rank's experts need, in one group of rotated steps.
// Step i pairs rank r with rank r + i, so that no receiver is crowded. Source of the rotation: Thakur et al., 2005, section 6.
import { expression, product, remainder } from "../../plan/expression.js";
import type { AtomLayout, AtomSet, Expr, Phase, SlotRange, Step } from "../../plan/types.gen.js";
import type { ExchangeAlgorithm } from "../candidate.js";
import { chunkName, chunksOf } from "./chunks.js";

/** Layout of rows at their source: by slot. */
export const SENDING: AtomLayout = {
  name: "sending",
  holds: { source: "rank", host: "all" },
  order: ["slot", "source"],
};
/** Layout of rows as they arrive from one message of each source. */
export const ARRIVING: AtomLayout = {
  name: "arriving",
  holds: { source: "all", host: "rank" },
  order: ["source", "slot"],
};
/** Layout that experts want: the rows of one slot together. */
export const BY_EXPERT: AtomLayout = {
  name: "by_expert",
  holds: { source: "all", host: "rank" },
  order: ["slot", "source"],
};
/** Layout of gathered counts: what each source sends to each slot. */
export const EVERYBODY: AtomLayout = {
  name: "everybody",
  holds: { source: "all", host: "all" },
  order: ["source", "slot"],
};

const ahead = (shift: number, size: number): Expr =>
  shift === 0 ? "rank" : remainder(expression("+", "rank", shift), size);
const behind = (shift: number, size: number): Expr =>
  shift === 0 ? "rank" : remainder(expression("-", "rank", shift), size);

/** The transfers of an exchange, without its buffers. */
export interface ExchangeShape {
  readonly layouts: AtomLayout[];
  readonly phases: Phase[];
  /** Slots of each chunk, where there are several. */
  readonly chunks?: SlotRange[];
}

/** Who learns how many rows atoms have: the hosts of their slots, all ranks, or nobody, since the token policy fixes it. */
export type CountsOf = "told" | "gathered" | "fixed";

/**
 * Counts go first, those of a rank's slots to it, or all to all where they are gathered. Then rows: `direct_by_peer` sends one message to each peer and sorts what arrives by slot;
 * `direct_by_slot` sends one message for each slot, straight to where its expert wants it. In chunks, rows go in as many phases
 * each way as the slots of a rank are divided into.
 */
export function directExchange(
  algorithm: Exclude<ExchangeAlgorithm, "node_aware" | "gather">,
  ranks: number,
  mostOwnSlots: number,
  counts: CountsOf,
  chunkCount: number,
): ExchangeShape {
  const shifts = Array.from({ length: ranks }, (_, shift) => shift);
  const there = (of: Pick<AtomSet, "slot" | "slots">): Step[] =>
    shifts.map((shift) => {
      const to = ahead(shift, ranks);
      const from = behind(shift, ranks);
      return {
        to,
        from,
        send: { source: "rank", host: to, ...of },
        receive: { source: from, host: "rank", ...of },
      };
    });
  const chunks = chunksOf(mostOwnSlots, chunkCount);
  const rowsOf = ({ first, count }: SlotRange): Step[] =>
    algorithm === "direct_by_slot"
      ? Array.from({ length: count }, (_, at) => there({ slot: first + at })).flat()
      : there(chunks.length === 1 ? {} : { slots: { first, count } });
  const tellCounts = (): Phase[] => {
    if (counts === "fixed") return [];
    const steps = counts === "gathered" ? everywhere(shifts, ranks) : there({});
    return [{ name: "counts", carries: "counts", steps }];
  };
  const inChunks = (name: string, stepsOf: (chunk: SlotRange) => Step[]): Phase[] =>
    chunks.map((chunk, at) => ({
      name: chunkName(name, at, chunks.length),
      carries: "rows",
      steps: stepsOf(chunk),
    }));
  return {
    layouts: [SENDING, ARRIVING, BY_EXPERT, ...(counts === "gathered" ? [EVERYBODY] : [])],
    phases: [
      ...tellCounts(),
      ...inChunks("dispatch", rowsOf),
      ...inChunks("combine", (chunk) => mirror(rowsOf(chunk))),
    ],
    ...(chunks.length === 1 ? {} : { chunks }),
  };
}

/** Every rank tells every other what it sends to each slot. */
function everywhere(shifts: readonly number[], ranks: number): Step[] {
  return shifts.map((shift) => {
    const from = behind(shift, ranks);
    return {
      to: ahead(shift, ranks),
      from,
      send: { source: "rank", host: "all" },
      receive: { source: from, host: "all" },
    };
  });
}

/** The mirror of steps: what was received is sent back to where it came from. */
export function mirror(steps: readonly Step[]): Step[] {
  return steps.map(({ to, from, send, receive }) => ({ to: from, from: to, send: receive, receive: send }));
}

/** Rows that a rank can receive when every token of the group goes to it: a token uses each of its slots at most once. */
export function worstCaseRows(ranks: number, topK: Expr, ownSlots: Expr): Expr {
  return product(ranks, "tokens", expression("min", topK, ownSlots));
}
