// Law of copies: an exchange that forwards declares how many copies a rank sends at most, one of each token for each node that can
// have experts of it; and it adds results on nodes exactly where its combine sends copies back instead of rows.
import type { Exchange, Phase } from "../plan/index.js";
import type { Facts } from "./facts.js";
import { grouped, type Counterexample } from "./result.js";
import { aboutPlan } from "./story.js";

export function* copyFaults(facts: Facts): Iterable<Counterexample> {
  for (const exchange of facts.plan.exchanges) {
    if (exchange.ranks_per_node === undefined) continue;
    const { span } = facts.index.node(exchange.block, exchange.combine);
    for (const story of [mostCopiesFault(facts, exchange), sumsFault(facts, exchange)])
      if (story !== undefined) yield aboutPlan(story, span);
  }
}

function mostCopiesFault(facts: Facts, exchange: Exchange): readonly string[] | undefined {
  const { name, group, ranks_per_node: perNode = 1, most_copies: stated } = exchange;
  const { tokens, topK } = facts.gateShape(exchange);
  const nodes = facts.index.group(group).size / perNode;
  const most = tokens * Math.min(topK, nodes);
  if (stated === undefined || stated.value === most) return undefined;
  return [
    `a rank sends up to ${grouped(most)} copies in exchange \`${name}\`: of ${tokens} tokens, to min(${topK} experts, ${nodes} nodes) each`,
    `its \`most_copies\` says ${grouped(stated.value)}`,
  ];
}

function sumsFault(facts: Facts, exchange: Exchange): readonly string[] | undefined {
  const { name, partial_sums: declared = false } = exchange;
  const phase = combinePhases(facts, exchange).find(({ carries }) => carries === "copies");
  if (declared === (phase !== undefined)) return undefined;
  return declared
    ? [
        `exchange \`${name}\` adds results on each node, and sends back one for each copy`,
        "but no phase of its combine carries copies",
      ]
    : [
        `phase \`${phase?.name ?? ""}\` of the combine of \`${name}\` carries copies`,
        "but the exchange does not add the results for a copy on its node, so one would stand for several",
      ];
}

function combinePhases(facts: Facts, exchange: Exchange): readonly Phase[] {
  const names = new Set(
    facts.plan.cells.flatMap(({ launches }) =>
      launches.flatMap((each) =>
        each.kind === "transfer" && each.exchange === exchange.name && each.node === exchange.combine
          ? each.phase
          : [],
      ),
    ),
  );
  return exchange.phases.filter((each) => names.has(each.name));
}
