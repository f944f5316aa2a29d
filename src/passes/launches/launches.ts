// All launches of one micro-batch through one layer of a block, in an order in which every value is made before its use.
import type { Launch } from "../../plan/types.gen.js";
import { operatorNode } from "../lower/graph.js";
import { nodeLaunches, type LaunchSettings } from "./compute.js";
import { withRounds } from "./rounds.js";
import type { LaunchSite } from "./site.js";
import { combineLaunches, dispatchLaunches } from "./transfers.js";

export function layerLaunches(site: LaunchSite, settings: LaunchSettings): Launch[] {
  const launches = site.graph.getAttributes().order.flatMap((id): Launch[] => {
    switch (operatorNode(site.graph, id).operator.name) {
      case "dispatch":
        return dispatchLaunches(site, id, settings);
      case "combine":
        return combineLaunches(site, id, settings);
      default:
        return nodeLaunches(site, id, settings);
    }
  });
  return withRounds(site, launches, settings);
}
