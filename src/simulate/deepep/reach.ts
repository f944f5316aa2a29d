// What DeepEP's kernels can reach of a machine's links: more than sends and receives may, so a bound must allow it.
import { Topology } from "../../cost/index.js";
import type { PricedPlan } from "../priced-plan.js";

/** The machine with the rates that whoever moves the plan's rows can reach at best. */
export function reachable({ index, topology, parameters }: PricedPlan): Topology {
  const { machine, exchanges } = index.plan;
  if (exchanges.every(({ transport }) => transport === "nccl")) return topology;
  const shares = [
    Math.max(
      parameters.deepepNvlinkShare,
      parameters.deepepLowLatencyNvlinkDispatch,
      parameters.deepepLowLatencyNvlinkCombine,
    ),
    Math.max(parameters.deepepNetworkShare, parameters.deepepLowLatencyNetwork),
  ];
  const tiers = machine.tiers.map((tier, at) => ({
    ...tier,
    efficiency: Math.max(tier.efficiency, shares[at] ?? 1),
  }));
  return new Topology({ ...machine, tiers });
}
