// Plans of every way and shape that the formats of static schedules are executed with.
import type { ExchangePlan, Route } from "../../../src/exchange-plan/index.js";
import { planOf, type Shape } from "../../exchange/plans.js";

type Rows = (source: number, destination: number) => number;

const ways = ["direct", "gather", "forward", "spread"] as const satisfies readonly Route["way"][];

/** Very unequal counts, a fifth of all pairs without any. */
const skewed: Rows = (source, destination) => {
  const mixed = (source * 7919 + destination * 104729) % 97;
  return mixed % 5 === 0 ? 0 : Math.floor(400 / (1 + mixed));
};

/** Rank 1 sends nothing, rank 2 gets nothing. */
const withIdle: Rows = (source, destination) =>
  source === 1 || destination === 2 ? 0 : 1 + ((source + 3 * destination) % 9);

export interface Instance {
  readonly name: string;
  readonly plan: ExchangePlan;
  readonly seeds: number;
}

const instance = (
  name: string,
  shape: Shape,
  way: Route["way"],
  waves: number,
  rows?: Rows,
  seeds = 5,
): Instance => ({
  name: `${name}, ${way}, ${String(waves)} waves`,
  plan: planOf(shape, way, waves, rows),
  seeds,
});

export const instances: readonly Instance[] = [
  ...ways.flatMap((way) => [
    instance("3 nodes of 2 GPUs, unequal counts", { nodes: 3, ranksPerNode: 2 }, way, 2, skewed, 20),
    instance("2 nodes of 3 GPUs, idle ranks", { nodes: 2, ranksPerNode: 3 }, way, 1, withIdle, 20),
    instance("4 nodes of 6 GPUs, unequal counts", { nodes: 4, ranksPerNode: 6 }, way, 3, skewed),
    instance("8 nodes of 8 GPUs, unequal counts", { nodes: 8, ranksPerNode: 8 }, way, 1, skewed, 1),
    instance("8 nodes of 8 GPUs, unequal counts", { nodes: 8, ranksPerNode: 8 }, way, 7, skewed, 1),
  ]),
  instance("one node of 8 GPUs", { nodes: 1, ranksPerNode: 8 }, "direct", 1, skewed),
  instance("one domain of 72 GPUs", { nodes: 1, ranksPerNode: 72 }, "direct", 1, withIdle, 1),
  instance("one GPU", { nodes: 1, ranksPerNode: 1 }, "direct", 1),
  instance("no rows at all", { nodes: 2, ranksPerNode: 2 }, "forward", 1, () => 0),
  instance("means that are not whole", { nodes: 2, ranksPerNode: 2 }, "spread", 1, () => 3.3),
  {
    name: "rows that no alignment divides",
    plan: { ...planOf({ nodes: 2, ranksPerNode: 2 }, "gather", 1, skewed), row_bytes: 100 },
    seeds: 3,
  },
  ...ways.map((way) => ({
    name: `combine, ${way}`,
    plan: {
      ...planOf({ nodes: 3, ranksPerNode: 2 }, way, 2, skewed),
      direction: "combine" as const,
    },
    seeds: 10,
  })),
];
