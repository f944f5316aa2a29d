// Where the tokens of an execution crowd: as the schedule says, or on one expert, one rank or one node, or anywhere but there.
import fc, { type Arbitrary } from "fast-check";
import { PlanIndex, placementOfLayer, slotsOfRank, type LaunchPlan } from "../../src/plan/index.js";
import { nodeShape } from "../../src/plan/nodes.js";
import type { RunOptions } from "../../src/index.js";

/** `index`: which expert, rank or node, whatever number it is; for a random one, the seed. */
export interface Routing {
  readonly kind: "declared" | "expert" | "rank" | "node" | "not_rank" | "not_node" | "random";
  readonly index: number;
}

export const anyRouting: Arbitrary<Routing> = fc.record({
  kind: fc.constantFrom("declared", "expert", "rank", "node", "not_rank", "not_node", "random"),
  index: fc.nat({ max: 9 }),
});

type SelectionBias = NonNullable<RunOptions["selectionBias"]>;

/** More than any two scores lie apart. */
const DECISIVE = 2;

/** The selection bias that brings a routing about; undefined for what the schedule declares. */
export function selectionBiasOf(plan: LaunchPlan, { kind, index }: Routing): SelectionBias | undefined {
  const lookup = new PlanIndex(plan);
  return ({ layer, block, gate, experts }) => {
    const hosted = (ranksWanted: (rank: number, ranks: number) => boolean): Set<number> => {
      const exchange = plan.exchanges.find((each) => each.block === block && each.gate === gate);
      if (exchange === undefined) return new Set();
      const placement = lookup.placement(exchange.placement);
      const { expert_of_slot } = placementOfLayer(placement, lookup.runOfLayer(layer).within);
      const ranks = placement.slot_begin.length - 1;
      const found = new Set<number>();
      for (let rank = 0; rank < ranks; rank++) {
        if (!ranksWanted(rank, ranks)) continue;
        const [first, end] = slotsOfRank(placement, rank);
        for (let slot = first; slot < end; slot++) found.add(expert_of_slot[slot]!);
      }
      return found;
    };
    const favour = (wanted: ReadonlySet<number>, bias: number): number[] =>
      Array.from({ length: experts }, (_, expert) => (wanted.has(expert) ? bias : 0));
    const onRank = (rank: number, ranks: number): boolean => rank === index % ranks;
    const onNode = (rank: number, ranks: number): boolean => {
      const shape = nodeShape(plan.machine, ranks);
      if (shape === undefined) return onRank(rank, ranks);
      return Math.floor(rank / shape.ranksPerNode) === index % shape.nodes;
    };
    switch (kind) {
      case "declared":
        return undefined;
      case "expert":
        return favour(new Set([index % experts]), DECISIVE);
      case "rank":
        return favour(hosted(onRank), DECISIVE);
      case "node":
        return favour(hosted(onNode), DECISIVE);
      case "not_rank":
        return favour(hosted(onRank), -DECISIVE);
      case "not_node":
        return favour(hosted(onNode), -DECISIVE);
      case "random":
        // Scores are within [0, 1]: some experts are sure, some impossible, others depend on the token.
        return Array.from({ length: experts }, (_, expert) => ((expert * 7 + index * 5 + layer) % 11) / 8);
    }
  };
}
