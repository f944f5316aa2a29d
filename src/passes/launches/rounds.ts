// What makes an exchange in rounds where its routing exceeds the bound: one entry behind its last launch, which names all of
// its launches and what they touch.
import { InternalError } from "../../diagnostics/internal-error.js";
import { sized } from "../../plan/dimensions.js";
import type { Exchange, Launch, Operand, Rounds } from "../../plan/types.gen.js";
import { roundTokens } from "../exchange/round-tokens.js";
import { ownSlotsDimension } from "../dimensions.js";
import { operatorNode } from "../lower/graph.js";
import type { LaunchSettings } from "./compute.js";
import { perMicroBatch, placementOf, valueOperand, type LaunchSite } from "./site.js";

/** The launches of a layer with the entries of those exchanges that go on in rounds, each right behind its exchange's last launch. */
export function withRounds(
  site: LaunchSite,
  launches: readonly Launch[],
  settings: LaunchSettings,
): Launch[] {
  const exchanges = site.exchanges.filter(
    (each) => each.block === site.run.block && each.tokens.overflow === "rounds",
  );
  return launches.flatMap((launch) => {
    const exchange = exchanges.find(({ name }) => name === launch.exchange);
    if (exchange === undefined || launches.findLast((each) => each.exchange === exchange.name) !== launch)
      return [launch];
    return [launch, rounds(site, exchange, launches, settings)];
  });
}

function rounds(
  site: LaunchSite,
  exchange: Exchange,
  launches: readonly Launch[],
  { environment }: LaunchSettings,
): Rounds {
  const own = launches.filter((each) => each.exchange === exchange.name);
  const [first, ...others] = own.map(({ id }) => id);
  const topK = operatorNode(site.graph, exchange.gate).node.dims["top_k"];
  if (first === undefined || topK === undefined) throw new InternalError(`${exchange.name} has no launches`);
  const placement = placementOf(site, exchange);
  const ranks = placement.slot_begin.length - 1;
  const { ranks_per_node: ranksPerNode } = exchange;
  const tokens = roundTokens(exchange.capacity_rows.expr, {
    ...{ ranks, topK, ownSlots: ownSlotsDimension(placement.name) },
    nodes: ranksPerNode === undefined ? undefined : ranks / ranksPerNode,
  });
  return {
    kind: "rounds",
    id: perMicroBatch(site, `${exchange.combine}.rounds`),
    node: exchange.combine,
    exchange: exchange.name,
    micro_batch: site.microBatch - site.firstMicroBatch,
    waits: [],
    operands: touched(own, valueOperand(site, exchange.combine, "", "write")),
    launches: [first, ...others],
    tokens: sized(tokens, environment),
    span: operatorNode(site.graph, exchange.combine).node.span,
  };
}

/** Everything that launches touch, once each: what they find there, what they pass on, and their result. */
function touched(launches: readonly Launch[], result: Operand): Operand[] {
  const operands = new Map<string, Operand>();
  for (const launch of launches)
    for (const operand of launch.operands) {
      const place = placeOf(operand);
      if (operands.has(place)) continue;
      const access = place === placeOf(result) ? "update" : operand.access === "read" ? "read" : "write";
      operands.set(place, { ...operand, name: `${pieceOf(launch)}.${operand.name}`, access });
    }
  return [...operands.values()];
}

const placeOf = ({ buffer, instance }: Operand): string => JSON.stringify([buffer, instance]);

function pieceOf(launch: Launch): string {
  switch (launch.kind) {
    case "compute":
      return `${launch.node}.${launch.part}`;
    case "transfer":
      return `${launch.node}.${launch.phase}`;
    case "read_counts":
    case "rounds":
      return `${launch.node}.${launch.kind}`;
    default:
      return launch satisfies never;
  }
}
