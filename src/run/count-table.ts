// How the table of counts that a launch reads is laid out: those of all sources for this rank's slots alone, for those of its node
// with its copies, or for all slots.
import { InternalError } from "../diagnostics/internal-error.js";
import { slotsOfRank, type Exchange, type Operand } from "../plan/index.js";
import type { ExecutionContext } from "./context.js";

export interface CountTable {
  /** Words from one source's counts to the next. */
  readonly stride: number;
  /** Word of this rank's first slot among the counts of a source. */
  readonly first: number;
  /** Word of the copies for this rank's node among the counts of a source, where there are some. */
  readonly copies?: number;
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
  if (exchange.atom_rows !== undefined) return { stride: end - first, first: 0, byRail: false };
  const reference = context.index.buffer(operand.buffer).layout;
  const layout = exchange.layouts.find((each) => each.name === reference?.layout);
  if (layout === undefined) throw new InternalError(`${operand.buffer} holds no counts of ${exchange.name}`);
  const byRail = layout.order[0] === "rail";
  if (layout.holds.host === "rank") return { stride: end - first, first: 0, byRail };
  const space = context.spaceOf(exchange);
  if (layout.copies === undefined) return { stride: space.slots, first, byRail };
  const node = space.ranksOfNode(space.nodeOf(self));
  const [before] = slotsOfRank(placement, node[0]!);
  const slots = space.slotsOf(node, undefined).length;
  return { stride: slots + 1, first: first - before, copies: slots, byRail };
}
