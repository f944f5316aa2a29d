// What a plan would take if another library moved its rows: the same launches, placement and order, priced again. A plan that
// is compiled for that transport may be faster still.
import type { Exchange, LaunchPlan } from "../plan/index.js";
import { pricePlan, type PricedPlan } from "./priced-plan.js";
import { simulate } from "./simulate.js";

export interface TransportPrice {
  readonly transport: Exchange["transport"];
  readonly stepTimeUs: number;
}

const TRANSPORTS: readonly Exchange["transport"][] = ["nccl", "deepep"];

/** The step with each transport, that of the plan first; none for a plan in which no rows travel. */
export function transportPrices(priced: PricedPlan): readonly TransportPrice[] {
  const { plan } = priced.index;
  const own = plan.exchanges[0]?.transport;
  if (own === undefined) return [];
  const others = TRANSPORTS.filter((each) => each !== own);
  return [own, ...others].map((transport) => {
    const moved =
      transport === own ? priced : pricePlan(withTransport(plan, transport), priced.parameters, priced.memo);
    return { transport, stepTimeUs: simulate(moved).makespanUs };
  });
}

const withTransport = (plan: LaunchPlan, transport: Exchange["transport"]): LaunchPlan => ({
  ...plan,
  exchanges: plan.exchanges.map((each) => ({ ...each, transport })),
});
