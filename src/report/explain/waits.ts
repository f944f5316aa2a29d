// Who is waited for: where ranks wait for one another in a transfer without computing, which rank comes last, and what it
// does meanwhile. Sums over all ranks of a step.
import { InternalError } from "../../diagnostics/internal-error.js";
import { TRANSFER } from "../../simulate/index.js";
import type { SimulatedPlan } from "../simulated-plan.js";
import { kernelsOf, Tally } from "./kernels.js";
import type { Intervals } from "./intervals.js";

/** A share of all exposed waiting for other ranks. */
export interface WaitShare {
  readonly share: number;
}

export interface WaitedFor {
  /** Exposed waiting for other ranks, in microseconds of a step, mean over ranks. */
  readonly exposed_wait_us: number;
  /** Ranks that come last, those that cause most first. */
  readonly ranks: readonly (WaitShare & { readonly rank: number })[];
  /** What those compute while others wait; the share of no node is `otherwise`. */
  readonly nodes: readonly (WaitShare & { readonly node: string })[];
  /** Share of the waiting in which the last rank computes nothing itself, but is held up in its turn. */
  readonly otherwise: number;
}

/** Arrival of a rank at a transfer. */
interface Arrival {
  readonly rank: number;
  readonly at: number;
}

export function waitedFor({ plan, priced, simulation: { ranks } }: SimulatedPlan): WaitedFor {
  const kernels = new Map<(typeof ranks)[number], Intervals<number>>();
  const kernelsOfRank = (rank: number): Intervals<number> => {
    const times = ranks[rank]!;
    const known = kernels.get(times) ?? kernelsOf(times);
    kernels.set(times, known);
    return known;
  };
  const byRank = new Tally();
  const byNode = new Tally();
  let waited = 0;
  for (const arrivals of meetings()) {
    for (const { rank, at } of arrivals) {
      const times = ranks[rank]!;
      const [start, move] = [times.starts[at]!, times.moves[at]!];
      const exposed = move - start - kernelsOfRank(rank).covered(start, move);
      if (exposed <= 0) continue;
      waited += exposed;
      // Data begins to move when the last of those that a phase ties together has come.
      const last = arrivals.find((each) => ranks[each.rank]!.starts[each.at]! === move);
      if (last === undefined) throw new InternalError("a transfer waits for a rank that never comes");
      byRank.add(String(last.rank), exposed);
      const { launches } = ranks[last.rank]!.role.program;
      kernelsOfRank(last.rank).overlaps(start, move, (length, kernel) =>
        byNode.add(launches[kernel]!.launch.node, (exposed * length) / (move - start)),
      );
    }
  }
  const share = (amount: number): number => (waited === 0 ? 0 : amount / waited);
  return {
    exposed_wait_us: waited / plan.world,
    ranks: byRank.sorted().map(([rank, us]) => ({ rank: Number(rank), share: share(us) })),
    nodes: byNode.sorted().map(([node, us]) => ({ node, share: share(us) })),
    otherwise: share(Math.max(0, waited - byNode.total)),
  };

  /** For each transfer of each instance of a communicator, who takes part where in its issue order. */
  function meetings(): readonly (readonly Arrival[])[] {
    const found = new Map<string, Arrival[]>();
    const instanceOf = plan.groups.map(
      ({ instances }) => new Map(instances.flatMap((members, at) => members.map((rank) => [rank, at]))),
    );
    for (const { role, program } of priced.roles)
      program.kinds.forEach((kind, at) => {
        if (kind !== TRANSFER) return;
        const group = program.groups[at]!;
        for (const rank of role.ranks) {
          const instance = instanceOf[group]!.get(rank);
          const key = `${String(group)} ${String(instance)} ${String(program.ordinals[at])}`;
          const arrivals = found.get(key) ?? [];
          found.set(key, arrivals);
          arrivals.push({ rank, at });
        }
      });
    return [...found.values()];
  }
}
