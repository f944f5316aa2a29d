// The load of a rank, as the mean of several routings.
import { TILE_HEIGHTS, type CountedGroups, type ExpertLoad } from "../../../src/cost/index.js";

interface RoutedLoad {
  readonly tokens: number;
  readonly groups: CountedGroups;
}

export function meanLoad(
  routings: readonly RoutedLoad[],
  { topK, experts }: { readonly topK: number; readonly experts: number },
): ExpertLoad {
  const mean = (read: (routing: RoutedLoad) => number): number =>
    routings.reduce((sum, routing) => sum + read(routing), 0) / routings.length;
  return {
    tokens: mean(({ tokens }) => tokens),
    topK,
    experts,
    groups: {
      rows: mean(({ groups }) => groups.rows),
      active: mean(({ groups }) => groups.active),
      tileRows: TILE_HEIGHTS.map((_, at) => mean(({ groups }) => groups.tileRows[at]!)),
    },
  };
}
