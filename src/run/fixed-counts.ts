// Counts that are no run-time counts: under `capacity` every atom has the same rows, so every host knows them before the step.
import { chunkStarts, slotsOfRank, type Exchange, type Placement } from "../plan/index.js";
import type { ExecutionContext } from "./context.js";
import { HostCounts } from "./counts.js";

/** Gives the counts of a rank in an exchange by name; undefined where routing decides. */
export function fixedCounts(
  context: ExecutionContext,
): (exchange: string, rank: number) => HostCounts | undefined {
  const known = new Map<string, HostCounts | undefined>();
  return (name, rank) => {
    const key = `${name}/${rank}`;
    if (!known.has(key)) known.set(key, countsOf(context, context.index.exchange(name), rank));
    return known.get(key);
  };
}

function countsOf(context: ExecutionContext, exchange: Exchange, rank: number): HostCounts | undefined {
  const { atom_rows } = exchange;
  if (atom_rows === undefined) return undefined;
  const placement = context.index.placement(exchange.placement);
  const [first, end] = slotsOfRank(placement, context.rankWithin(placement, rank));
  const sent = new Uint32Array(placement.slots).fill(atom_rows.value);
  const { self } = context.groupOf(exchange, rank);
  const table = fixedCountsOf(context, placement, rank);
  const layout = { stride: end - first, first: 0, isGathered: false, byRail: false };
  return new HostCounts(context.spaceOf(exchange), self, sent, table, layout, chunkStarts(exchange));
}

/** [source][slot of this rank] rows that arrive in an exchange that follows a placement. */
export function fixedCountsOf(context: ExecutionContext, placement: Placement, rank: number): Uint32Array {
  const [first, end] = slotsOfRank(placement, context.rankWithin(placement, rank));
  const ranks = placement.slot_begin.length - 1;
  const rows = context.plan.exchanges.find((each) => each.placement === placement.name)?.atom_rows?.value;
  return new Uint32Array(ranks * (end - first)).fill(rows ?? 0);
}
