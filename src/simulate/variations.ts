// What a step would take if one thing cost nothing: how much of the step hangs on it. No plan can have these; the plan's own
// launches and order are kept, so a variation says where to look, not what another plan would reach.
import { defaultParameters, type CostParameters } from "../cost/index.js";
import type { LaunchPlan } from "../plan/index.js";
import { pricePlan } from "./priced-plan.js";
import { simulate } from "./simulate.js";

export interface Variation {
  readonly name: "equal_loads" | "free_links" | "free_transfer_sms" | "free_host";
  readonly stepTimeUs: number;
}

/** Simulates each variation of a plan. */
export function variations(plan: LaunchPlan): readonly Variation[] {
  const vary = (
    name: Variation["name"],
    changed: Partial<LaunchPlan>,
    parameters: Partial<CostParameters> = {},
  ): Variation => {
    const priced = pricePlan({ ...plan, ...changed }, { ...defaultParameters, ...parameters });
    return { name, stepTimeUs: simulate(priced).makespanUs };
  };
  const routing = plan.routing.map((each) => ({
    ...each,
    loads: each.loads.map((row) => row.map(() => 1 / row.length)),
  }));
  const tiers = plan.machine.tiers.map((tier) => ({
    ...tier,
    bandwidth_bytes_per_s: tier.bandwidth_bytes_per_s * 1e9,
    latency_us: 0,
    message_gap_us: 0,
  }));
  const groups = plan.groups.map((group) => ({ ...group, sms: 0 }));
  return [
    vary("equal_loads", { routing }),
    vary("free_links", { machine: { ...plan.machine, tiers } }, { transferStart: 0, channelBandwidth: 1e18 }),
    vary("free_transfer_sms", { groups }),
    vary("free_host", {}, { hostLaunch: 0, hostGroup: 0, hostMessage: 0, hostSynchronize: 0, hostCopy: 0 }),
  ];
}
