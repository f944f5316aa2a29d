// Exchanges to execute: every way on every kind of topology, both directions, with copies and sums where they can be had, and
// traffic of every kind.
import { compactTable, denseTable, type ExchangePlan } from "../../src/exchange-plan/index.js";
import type { Machine } from "../../src/plan/index.js";
import { trafficKinds, type TrafficKind } from "../../src/run/exchange/traffic.js";
import { machineOf, planOf, type Shape } from "../exchange/plans.js";

interface Topology {
  readonly name: string;
  readonly shape: Shape;
  /** In place of that of the shape. */
  readonly machine?: Machine;
}

const [inNode, between] = machineOf({ nodes: 8, ranksPerNode: 2, kind: "switch" }).tiers;

/** Every kind that is promised, of at most 64 ranks (72 in one domain). */
export const topologies: readonly Topology[] = [
  { name: "one GPU", shape: { nodes: 1, ranksPerNode: 1 } },
  { name: "two nodes of one GPU", shape: { nodes: 2, ranksPerNode: 1 } },
  { name: "one domain of 72", shape: { nodes: 1, ranksPerNode: 72, kind: "switch" } },
  { name: "8 nodes of 8 on rails", shape: { nodes: 8, ranksPerNode: 8 } },
  { name: "3 nodes of 5 behind a switch", shape: { nodes: 3, ranksPerNode: 5, kind: "switch" } },
  { name: "4 nodes of 6 on rails", shape: { nodes: 4, ranksPerNode: 6 } },
  {
    name: "8 nodes of 2 with a shared adapter, under an oversubscribed spine",
    shape: { nodes: 8, ranksPerNode: 2, kind: "switch" },
    machine: {
      ...machineOf({ nodes: 8, ranksPerNode: 2 }),
      tiers: [
        inNode!,
        { ...between!, name: "leaf", joins: 4, nics: 1 },
        { ...between!, name: "spine", joins: 2, oversubscription: 4 },
      ],
    },
  },
];

export interface ExchangeCase {
  readonly name: string;
  readonly plan: ExchangePlan;
  readonly traffic: TrafficKind;
}

/** The plan with copies: halfway between as few as can be and as many. */
export function withCopies(plan: ExchangePlan): ExchangePlan {
  const { ranks, ranks_per_node: size, demand } = plan;
  const rows = denseTable(demand.rows, ranks, ranks, (rank) => rank);
  const nodes = ranks / size;
  const copies = Float64Array.from({ length: ranks * nodes }, (_, at) => {
    const first = Math.floor(at / nodes) * ranks + (at % nodes) * size;
    const forNode = rows.subarray(first, first + size);
    return (Math.max(...forNode) + forNode.reduce((sum, each) => sum + each, 0)) / 2;
  });
  const table = compactTable(copies, ranks, nodes, (rank) => Math.floor(rank / size));
  return { ...plan, copies: true, demand: { ...demand, copies: table } };
}

const ways = ["direct", "gather", "forward", "spread"] as const;
const kinds = [
  { name: "dispatch", direction: "dispatch", copies: false, sums: false },
  { name: "combine", direction: "combine", copies: false, sums: false },
  { name: "dispatch of copies", direction: "dispatch", copies: true, sums: false },
  { name: "combine of copies", direction: "combine", copies: true, sums: false },
  { name: "combine of sums", direction: "combine", copies: true, sums: true },
] as const;

/** Uneven, some of it nothing; about half a row for each of 64 ranks. */
const demand = (source: number, destination: number): number => ((source * 3 + destination * 5) % 7) / 6;

/** All cases. Each comes with one kind of traffic and one number of waves, or (`every`) with all. */
export function exchangeCases(every = false): ExchangeCase[] {
  const variants = trafficKinds.flatMap((traffic) => [1, 3].map((waves) => ({ traffic, waves })));
  let next = 0;
  return topologies.flatMap(({ name, shape, machine }) =>
    ways.flatMap((way) =>
      kinds.flatMap(({ name: kind, direction, copies, sums }) => {
        // Copies are taken apart on their way.
        if (copies && (way === "direct" || way === "gather")) return [];
        return (every ? variants : [variants[next++ % variants.length]!]).map(({ traffic, waves }) => {
          const plain: ExchangePlan = {
            ...planOf(shape, way, waves, demand),
            direction,
            row_bytes: 18,
            partial_sums: sums,
            ...(machine === undefined ? {} : { machine }),
          };
          return {
            name: `${name}, ${way} in ${waves} waves, ${kind}, traffic ${traffic}`,
            plan: copies ? withCopies(plain) : plain,
            traffic,
          };
        });
      }),
    ),
  );
}
