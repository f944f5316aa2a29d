// How many other nodes, and GPUs there, each token's experts are on: what an exchange over nodes sends, or could do with.
// Counted from executed choices; expected from the schedule's loads.
import {
  dimensionEnvironment,
  gateChoice,
  placementOfLayer,
  sharesWithCopies,
  type Block,
  type Exchange,
} from "../../plan/index.js";
import type { ExecutionContext } from "../context.js";
import { chosenSlots } from "./chosen-slots.js";

/** Sums over the tokens of a layer's exchanges. */
export interface Crossings {
  readonly tokens: number;
  /** Pairs of a token and another node with some of its experts. */
  readonly nodes: number;
  /** Pairs of a token and a GPU on another node with some of its experts. */
  readonly gpus: number;
  /** Pairs of a token and an expert on another node. */
  readonly experts: number;
  /** As `nodes` and `gpus`, what the routing's loads make probable. */
  readonly expectedNodes: number;
  readonly expectedGpus: number;
}

export function sumOfCrossings(all: readonly Crossings[]): Crossings {
  const sum = (of: keyof Crossings): number => all.reduce((so, each) => so + each[of], 0);
  return {
    tokens: sum("tokens"),
    nodes: sum("nodes"),
    gpus: sum("gpus"),
    experts: sum("experts"),
    expectedNodes: sum("expectedNodes"),
    expectedGpus: sum("expectedGpus"),
  };
}

/** Of the exchanges of a layer whose ranks are on several nodes; undefined where there are none. `choices`: by gate, of all tokens. */
export function crossingsOf(
  context: ExecutionContext,
  block: Block,
  layer: number,
  choices: ReadonlyMap<string, Uint32Array>,
): Crossings | undefined {
  const found = context.plan.exchanges
    .filter((exchange) => exchange.block === block.name && severalNodes(context, exchange))
    .flatMap((exchange) => {
      const experts = choices.get(exchange.gate);
      return experts === undefined ? [] : countCrossings(context, exchange, layer, experts);
    });
  return found.length === 0 ? undefined : sumOfCrossings(found);
}

/** The node of a rank of the world: tiers join ranks in order, the fastest first. */
const nodeOfRank = ({ plan }: ExecutionContext, rank: number): number =>
  Math.floor(rank / (plan.machine.tiers[0]?.joins ?? 1));

function severalNodes(context: ExecutionContext, exchange: Exchange): boolean {
  const [ranks = []] = context.index.group(exchange.group).instances;
  return new Set(ranks.map((rank) => nodeOfRank(context, rank))).size > 1;
}

function countCrossings(
  context: ExecutionContext,
  exchange: Exchange,
  layer: number,
  experts: Uint32Array,
): Crossings {
  const { captures } = context;
  const tokens = captures.tokensOf(layer);
  const topK = experts.length / tokens;
  const space = context.spaceOf(exchange);
  const slots = chosenSlots(context, exchange, layer, experts);
  const counted = { nodes: 0, gpus: 0, experts: 0 };
  for (let token = 0; token < tokens; token++) {
    const { rank } = captures.ownerOf(layer, token);
    const { ranks } = context.groupOf(exchange, rank);
    const home = nodeOfRank(context, rank);
    const away = Array.from(
      slots.subarray(token * topK, (token + 1) * topK),
      (slot) => ranks[space.hostOf(slot)]!,
    ).filter((host) => nodeOfRank(context, host) !== home);
    counted.experts += away.length;
    counted.gpus += new Set(away).size;
    counted.nodes += new Set(away.map((host) => nodeOfRank(context, host))).size;
  }
  return { tokens, ...counted, ...expectedCrossings(context, exchange, layer) };
}

/** What the loads that the schedule declares make probable, summed over the tokens of a layer. */
function expectedCrossings(context: ExecutionContext, exchange: Exchange, layer: number) {
  const { captures, index, plan } = context;
  const { within } = index.runOfLayer(layer);
  const placement = index.placement(exchange.placement);
  const routing = plan.routing.find((each) => each.block === exchange.block && each.gate === exchange.gate);
  const loads = routing?.loads[within] ?? routing?.loads[0] ?? new Array<number>(placement.experts).fill(1);
  const gate = gateChoice(index.node(exchange.block, exchange.gate), dimensionEnvironment(plan.dimensions));
  const tables = placementOfLayer(placement, within);
  const space = context.spaceOf(exchange);
  const sums = { expectedNodes: 0, expectedGpus: 0 };
  const tokens = captures.microBatches * captures.tokens;
  const nodeOf = (rank: number): number => nodeOfRank(context, rank);
  for (const ranks of index.group(exchange.group).instances) {
    const nodes = [...new Set(ranks.map(nodeOf))];
    const unitOf = (self: number): number => nodes.indexOf(nodeOf(ranks[self]!));
    const onNodes = sharesWithCopies(loads, tables, space, gate, nodes.length, unitOf);
    const onGpus = sharesWithCopies(loads, tables, space, gate, ranks.length, (self) => self);
    for (const rank of ranks) {
      if (!captures.ranksOfLayer[layer]!.includes(rank)) continue;
      const sumAway = (shares: Float64Array, node: (unit: number) => number | undefined): number =>
        shares.reduce((sum, share, unit) => sum + (node(unit) === nodeOf(rank) ? 0 : share * tokens), 0);
      sums.expectedNodes += sumAway(onNodes, (unit) => nodes[unit]);
      sums.expectedGpus += sumAway(onGpus, (self) => nodeOf(ranks[self]!));
    }
  }
  return sums;
}
