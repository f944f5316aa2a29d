// What has shares of rails of its own. Pairs of ranks say most; where there are too many of them, destinations; copies for nodes
// have many destinations, so that only their source tells them apart.
import type { Spread } from "../../exchange-plan/index.js";
import type { Demand } from "../demand.js";

export type RailsBy = Spread["by"];

/** Ranks up to which every pair has shares of its own: a plan of more would be all tables. */
const MOST_PAIRED_RANKS = 512;

export function railsMode({ copies, ranks }: Pick<Demand, "copies" | "ranks">): RailsBy {
  if (copies) return "source_index";
  return ranks <= MOST_PAIRED_RANKS ? "pair" : "destination";
}
