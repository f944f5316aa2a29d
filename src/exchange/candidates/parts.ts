// How candidates come about: what they share (stages, rails, what a way takes in one wave) is worked out once.
import { InternalError } from "../../diagnostics/internal-error.js";
import { crossingHop, hopsOf, type Route } from "../../exchange-plan/index.js";
import type { Demand } from "../demand.js";
import { MOST_GROUP_OPERATIONS } from "../limits.js";
import type { Fabric } from "../price/fabric.js";
import { balancedRails } from "../rails/balance.js";
import { railTables, type RailTables } from "../rails/tables.js";
import {
  byPairs,
  directRouting,
  evenSpread,
  rotatedWaves,
  routingInWaves,
  splitWaves,
  type WavePart,
} from "../routing.js";
import type { Stage } from "../stages/stage.js";
import { EXACT_STAGES, stagesOf } from "../stages/stages.js";
import type { Made, NotMade } from "./made.js";
import { bestDivision } from "./division.js";
import { bestShares, type Cut, type WaveCosts } from "./shares.js";
import { stagedWaves } from "./staged-waves.js";

/** A way over relays. `name`: of the candidate in one wave. */
export interface Relayed {
  readonly name: "gather" | "forward" | "three_step" | "rails";
  readonly way: Route["way"];
}

export interface CandidateContext {
  readonly demand: Demand;
  readonly fabric: Fabric;
  /** No schedule takes less. */
  readonly boundUs: number;
  /** What a candidate in one wave takes. */
  readonly costsOf: (name: Relayed["name"]) => WaveCosts;
}

/** A schedule of more launches than this is no use to anybody. */
const MOST_LAUNCHES = 4096;
/** Nodes up to which an exact decomposition is tried: it has up to as many stages as there are pairs of nodes. */
const MOST_EXACT_NODES = 48;

/** Which pairs of nodes are in a wave: those at some distances, all of them in part, or those of some stages. */
export type Order = "chunked" | "split" | "staged";

/** Shares of waves, and by launch of what stays in a node: beside the first wave where absent. */
interface Divided {
  readonly waves: readonly number[];
  readonly within?: readonly number[];
}

const ONE_WAVE: Divided = { waves: [1] };

/** What stays in a node beside what crosses, as much of it. */
const dividedByRule = (way: Route["way"], waves: readonly number[]): Divided => ({
  waves,
  within: Array.from(
    { length: waves.length + hopsOf[way] - 1 },
    (_, at) => waves[at - crossingHop[way]] ?? 0,
  ),
});

/** Waves for shares, as a candidate orders them. */
type WavesOf = (shares: readonly number[]) => WavePart[][];

export class CandidateParts {
  #stages: readonly Stage[] | undefined;
  #rails: RailTables | undefined;

  constructor(private readonly context: CandidateContext) {}

  direct(): Made | NotMade {
    return { routing: directRouting(), spreads: [], stages: 1 };
  }

  /** Distances of nodes one after another: each in a launch of its own, or with many nodes as few launches as groups may be large. */
  rotation(): Made | NotMade {
    const { nodes, ranksPerNode: size } = this.context.demand;
    if (nodes === 1) return { reason: "there is one node" };
    if (nodes === 2) return { reason: "there is one distance of nodes, which direct has" };
    // A wave of so many distances has a message each way for each rank of as many nodes, the first those of its node too.
    const most = Math.floor((MOST_GROUP_OPERATIONS / 2 - size) / size);
    if (most < 1) return { reason: "one distance of nodes exceeds a group of NCCL" };
    const waves = nodes <= MOST_EXACT_NODES ? nodes - 1 : Math.ceil((nodes - 1) / most);
    if (waves < 2) return { reason: "direct has all distances in one group" };
    const even = Array.from({ length: waves }, () => 1);
    return { routing: routingInWaves("direct", rotatedWaves(nodes, even)), spreads: [], stages: waves };
  }

  inOneWave(each: Relayed): Made | NotMade {
    return this.#relayed(
      each,
      () => ONE_WAVE,
      (shares) => rotatedWaves(this.context.demand.nodes, shares),
    );
  }

  /** In waves whose sizes suit what the way takes in one: by a rule, or the best ones of so many. */
  inWaves(each: Relayed, order: Order, waves?: number): Made | NotMade {
    const { nodes } = this.context.demand;
    if (order === "chunked" && nodes === 2) return { reason: "there is one distance of nodes" };
    const cut: Cut = order === "split" ? "every message" : "whole messages";
    const most = order === "chunked" ? nodes - 1 : Infinity;
    const divide = (): Divided => {
      const costs = this.context.costsOf(each.name);
      if (waves === undefined) return dividedByRule(each.way, bestShares(each.way, costs, cut, most));
      return bestDivision(costs, cut, Math.min(waves, most)) ?? ONE_WAVE;
    };
    return this.#relayed(each, divide, (shares) => {
      switch (order) {
        case "chunked":
          return rotatedWaves(nodes, shares);
        case "split":
          return splitWaves(nodes, shares);
        case "staged":
          return stagedWaves(this.#fewStages(), nodes, shares);
        default:
          throw new InternalError(`unknown order ${String(order satisfies never)}`);
      }
    });
  }

  oneToOne(): Made | NotMade {
    return this.#stageByStage(() => this.#fewStages());
  }

  birkhoff(): Made | NotMade {
    const { nodes, betweenNodes } = this.context.demand;
    return nodes > MOST_EXACT_NODES
      ? { reason: `exact stages of ${String(nodes)} nodes are too many; one_to_one has few` }
      : this.#stageByStage(() => stagesOf(betweenNodes, nodes, EXACT_STAGES));
  }

  #stageByStage(stages: () => readonly Stage[]): Made | NotMade {
    const { nodes, ranksPerNode } = this.context.demand;
    const wavesOf = (): WavePart[][] => stagedWaves(stages(), nodes, undefined);
    if (nodes > 1 && ranksPerNode === 1) return this.#routed("direct", undefined, wavesOf());
    return this.#relayed({ name: "three_step", way: "spread" }, () => ONE_WAVE, wavesOf);
  }

  #fewStages(): readonly Stage[] {
    const { betweenNodes, nodes } = this.context.demand;
    return (this.#stages ??= stagesOf(betweenNodes, nodes));
  }

  #relayed({ name, way }: Relayed, divide: () => Divided, wavesOf: WavesOf): Made | NotMade {
    const { nodes, ranksPerNode, copies } = this.context.demand;
    if (nodes === 1) return { reason: "there is one node" };
    if (ranksPerNode === 1) return { reason: "nodes have one GPU" };
    if (name === "rails" && this.#solvedRails().own)
      return { reason: "every rank's own rail is best for its rows: that is forward" };
    if (name === "gather" && copies)
      return { reason: "copies for nodes are not for one destination; three_step gathers them" };
    const { waves, within } = divide();
    return this.#routed(way, within, wavesOf(waves), name === "rails" ? this.#solvedRails() : undefined);
  }

  #routed(
    way: Route["way"],
    within: readonly number[] | undefined,
    waves: WavePart[][],
    rails?: RailTables,
  ): Made | NotMade {
    const { nodes, ranksPerNode } = this.context.demand;
    const stages = waves.length;
    if (stages > MOST_LAUNCHES) return { reason: `${String(stages)} stages are too many launches` };
    const launches = stages + hopsOf[way] - 1;
    // Waves that rounding left empty are none.
    const fitted = within?.length === launches ? within : undefined;
    if (rails === undefined)
      return {
        routing: routingInWaves(way, waves, undefined, fitted),
        spreads: way === "spread" ? [evenSpread(ranksPerNode)] : [],
        stages,
      };
    const { spreads, spreadOf, one } = rails;
    const routing = routingInWaves(way, one ? waves : byPairs(nodes, waves), spreadOf, fitted);
    return { routing, spreads, stages };
  }

  #solvedRails(): RailTables {
    const { demand, fabric, boundUs } = this.context;
    return (this.#rails ??= railTables(demand, balancedRails(demand, fabric, boundUs)));
  }
}
