// How the table of counts that a launch reads is laid out: those of all sources for this rank's slots alone, for those of its node
// with its copies, or for all slots, with the copies of all nodes where there are some.
import { InternalError } from "../diagnostics/internal-error.js";
import { slotsOfRank, type Exchange, type Operand } from "../plan/index.js";
import type { ExecutionContext } from "./context.js";

export interface CountTable {
  /** Words from one source's counts to the next. */
  readonly stride: number;
  /** Word of this rank's first slot among the counts of a source. */
  readonly first: number;
  /** Word of the first slot of this rank's node among the counts of a source, where nodes are told of, and of its copies. */
  readonly firstOfNode?: number;
  readonly copies?: number;
  /** Whether it tells of all slots and nodes. */
  readonly isGathered: boolean;
  /** Whether sources are sorted by their index in a node first. */
  readonly byRail: boolean;
}

/** Operands that hold the counts of all sources. */
const TABLES = ["received", "segments"];

/** The table that a launch on a rank reads; undefined where it reads none. */
export function countTableOf(
  context: ExecutionContext,
  exchange: Exchange,
  rank: number,
  operands: readonly Operand[],
): CountTable | undefined {
  const operand = operands.find(({ name }) => TABLES.includes(name));
  if (operand === undefined) return undefined;
  const placement = context.index.placement(exchange.placement);
  const { self } = context.groupOf(exchange, rank);
  const [first, end] = slotsOfRank(placement, self);
  // Fixed counts are all equal, and filled in for the rank's own slots.
  if (exchange.atom_rows !== undefined)
    return { stride: end - first, first: 0, isGathered: false, byRail: false };
  const reference = context.index.buffer(operand.buffer).layout;
  const layout = exchange.layouts.find((each) => each.name === reference?.layout);
  if (layout === undefined) throw new InternalError(`${operand.buffer} holds no counts of ${exchange.name}`);
  const byRail = layout.order[0] === "rail";
  if (layout.holds.host === "rank") return { stride: end - first, first: 0, isGathered: false, byRail };
  const space = context.spaceOf(exchange);
  if (layout.copies === undefined) return { stride: space.slots, first, isGathered: true, byRail };
  const node = space.nodeOf(self);
  const [before] = slotsOfRank(placement, space.ranksOfNode(node)[0]!);
  const copies = space.toldAt(space.slots + node);
  const firstOfNode = before + node;
  if (layout.holds.host === "all")
    return { stride: space.columns, first: first + node, firstOfNode, copies, isGathered: true, byRail };
  const slots = copies - firstOfNode;
  return {
    ...{ stride: slots + 1, first: first - before, firstOfNode: 0 },
    ...{ copies: slots, isGathered: false, byRail },
  };
}
