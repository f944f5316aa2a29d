// Which transfers share ports: those that cross a common tier, and those that such a one links. Each set of tiers that stay
// together is a resource of a rank; transfers of different sets move side by side at full rate.
import type { PlanIndex, TransferLaunch } from "../plan/index.js";
import { deepEpExchange } from "./deepep/exchange.js";
import type { PriceMemo } from "./price-memo.js";
import type { RoleProgram } from "./program.js";
import { phaseLinks } from "./transfers.js";

export interface PortSets {
  readonly count: number;
  /** Set of each launch of the role's issue order; -1 for what is not a transfer. */
  readonly of: Int32Array;
}

/** DeepEP's kernels keep all tiers busy at once, and their time is that of all. */
const tiersCrossed = (index: PlanIndex, launch: TransferLaunch, memo: PriceMemo): Iterable<number> =>
  deepEpExchange(index, launch) === undefined
    ? phaseLinks(index, launch, memo).tiers
    : index.plan.machine.tiers.keys();

export function portSets(index: PlanIndex, { launches }: RoleProgram, memo: PriceMemo): PortSets {
  const tiersOf = new Map<TransferLaunch, readonly number[]>();
  const first = index.plan.machine.tiers.map((_, tier) => tier);
  for (const { launch } of launches) {
    if (launch.kind !== "transfer" || tiersOf.has(launch)) continue;
    const tiers = [...tiersCrossed(index, launch, memo)].sort((left, right) => left - right);
    tiersOf.set(launch, tiers);
    const lowest = Math.min(...tiers.map((tier) => first[tier]!));
    const joined = new Set(tiers.map((tier) => first[tier]!));
    first.forEach((each, tier) => {
      if (joined.has(each)) first[tier] = lowest;
    });
  }
  const sets = [...new Set(first)];
  const of = Int32Array.from(launches, ({ launch }) => {
    if (launch.kind !== "transfer") return -1;
    // What stays on its rank moves beside whatever crosses the fastest tier.
    const tier = tiersOf.get(launch)?.[0] ?? 0;
    return sets.indexOf(first[tier]!);
  });
  return { count: Math.max(1, sets.length), of };
}
