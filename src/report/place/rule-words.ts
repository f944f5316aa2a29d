// Which of its two ways EPLB's rule takes, and what of the shapes makes it so, in words.
import { counted, grouped } from "../units.js";
import type { PlacementReport } from "./report.js";

/** How the rule would have placed, and why so. */
export function ruleWords(report: PlacementReport): string {
  const { rule, groups, nodes, group_rule: groupRule } = report;
  switch (rule.policy) {
    case "groups_on_nodes":
      return groupRule === "hard"
        ? "The rule packs groups to nodes, as asked"
        : `The rule packs groups to nodes, since ${grouped(groups)} groups divide by ${counted(nodes, "node")}`;
    case "spread":
      return groups === 1
        ? "The rule spreads experts over all GPUs"
        : `The rule spreads experts over all GPUs, since ${obstacleWords(report)}`;
    default:
      return rule.policy satisfies never;
  }
}

/** What keeps the rule from packing groups to nodes. */
function obstacleWords({ rule, experts, groups, gpus, nodes, slots }: PlacementReport): string {
  const obstacle = rule.spread_since ?? "one_group";
  switch (obstacle) {
    case "one_group":
      return "there is one group";
    case "groups_by_nodes":
      return `${grouped(groups)} groups do not divide by ${counted(nodes, "node")}`;
    case "gpus_by_nodes":
      return `${counted(gpus, "GPU")} do not divide by ${counted(nodes, "node")}`;
    case "slots_by_gpus":
      return `${grouped(slots)} slots do not divide by ${counted(gpus, "GPU")}`;
    case "experts_by_groups":
      return `${grouped(experts)} experts do not divide by ${counted(groups, "group")}`;
    case "slots_of_a_node":
      return "a node has fewer slots than the experts of its groups";
    default:
      return obstacle satisfies never;
  }
}
