// Law: no rank waits for itself or for a message that nobody sends. All launches are groups of one communicator, which every rank
// issues in the plan's order (a combine's backwards), so ranks wait for one another only within a group; and in it each expects of
// every peer what that sends it, row by row. Up to 64 ranks all messages are compared, from both ends; beyond, those of a few ranks
// for each kind of route there is: what two ranks exchange depends on their nodes and indices only by name.
import type { ExchangePlan, Route } from "../../exchange-plan/index.js";
import { count, type Counterexample, type Verdict } from "../result.js";
import { aboutPlan } from "../story.js";
import { nodesOf, reachOf } from "./stops.js";
import { forEachPart, type Part } from "./views.js";

const MOST_RANKS_IN_FULL = 64;
/** Parts of messages that are compared one by one, at either end. */
const MOST_PARTS = 2 ** 20;
const MOST_RANKS_OF_NODE = 16;

export function progress(plan: ExchangePlan): Verdict {
  const inFull = plan.ranks <= MOST_RANKS_IN_FULL && partsOf(plan) <= MOST_PARTS;
  const compared = inFull ? plan : kindsOfRoutes(plan);
  const { messages, counterexample } = compare(compared);
  const of = inFull ? "" : ` of ${count(compared.routes.length, "kind")} of routes`;
  const checked = `${count(messages, "message")}${of} that both ends know alike, ${count(plan.launches.length, "group")} in one order`;
  const assumptions = [
    "every rank issues every launch, with nothing in it where it has no messages",
    "counts of rows are exchanged before the first launch",
  ];
  return { checked, assumptions, ...(counterexample === undefined ? {} : { counterexample }) };
}

/** Parts of all messages, about. */
function partsOf(plan: ExchangePlan): number {
  const { ranks_per_node: size } = plan;
  return plan.routes.reduce((sum, { pairs, way }) => {
    const { first, end, only } = reachOf(plan, pairs);
    return (
      sum + (end - first) * (only === undefined ? nodesOf(plan) : 1) * size ** (way === "spread" ? 3 : 2)
    );
  }, 0);
}

/** A plan of at most two nodes that has one route of each kind: of each way, within a node and between two. */
function kindsOfRoutes(plan: ExchangePlan): ExchangePlan {
  const size = Math.min(plan.ranks_per_node, MOST_RANKS_OF_NODE);
  const kinds = new Map<string, Route>();
  for (const route of plan.routes) {
    const { first, end } = reachOf(plan, route.pairs);
    const to = [...(first === 0 && end > 0 ? [0] : []), ...(end > Math.max(first, 1) ? [1] : [])];
    for (const node of nodesOf(plan) === 1 ? [0] : to)
      kinds.set(`${route.way} ${node}`, {
        ...route,
        pairs: { from: 0, to: node },
        ...(route.spread === undefined ? {} : { spread: 0 }),
      });
  }
  // All rails are taken to be used: a rail without a share is left out at both ends.
  const rails = Array.from({ length: size }, () => Array.from({ length: size }, () => 1));
  const ranks = nodesOf(plan) === 1 ? size : 2 * size;
  return {
    ...plan,
    ranks,
    ranks_per_node: size,
    routes: [...kinds.values()],
    spreads: [{ by: "source_index", rails }],
  };
}

function compare(plan: ExchangePlan): {
  readonly messages: number;
  readonly counterexample?: Counterexample;
} {
  const sent = new Map<number, number[]>();
  const keyOf = (launch: number, from: number, to: number): number =>
    (launch * plan.ranks + from) * plan.ranks + to;
  for (let rank = 0; rank < plan.ranks; rank++)
    forEachPart(plan, rank, "sends", (part) => {
      if (part.peer === rank) return;
      const key = keyOf(part.launch, rank, part.peer);
      const parts = sent.get(key);
      if (parts === undefined) sent.set(key, [codeOf(plan, part)]);
      else parts.push(codeOf(plan, part));
    });
  const met = new Map<number, number>();
  for (let rank = 0; rank < plan.ranks; rank++) {
    let counterexample: Counterexample | undefined;
    forEachPart(plan, rank, "expects", (part) => {
      if (part.peer === rank || counterexample !== undefined) return;
      const key = keyOf(part.launch, part.peer, rank);
      const at = met.get(key) ?? 0;
      met.set(key, at + 1);
      if (sent.get(key)?.[at] !== codeOf(plan, part))
        counterexample = unmatched(plan, part.launch, part.peer, rank, at);
    });
    if (counterexample !== undefined) return { messages: sent.size, counterexample };
  }
  for (const [key, parts] of sent)
    if (met.get(key) !== parts.length) {
      const to = key % plan.ranks;
      const from = ((key - to) / plan.ranks) % plan.ranks;
      const launch = Math.floor(key / plan.ranks / plan.ranks);
      const at = met.get(key) ?? 0;
      return { messages: sent.size, counterexample: unmatched(plan, launch, from, to, at) };
    }
  return { messages: sent.size };
}

/** Which rows a part of a message is, as one number. */
const codeOf = ({ ranks, ranks_per_node: size }: ExchangePlan, part: Part): number =>
  (((part.route * 3 + part.hop) * ranks + part.source) * size + part.rail) * ranks + part.destination;

const unmatched = (
  plan: ExchangePlan,
  launch: number,
  from: number,
  to: number,
  at: number,
): Counterexample =>
  aboutPlan([
    `in launch \`${plan.launches[launch]!.name}\` rank ${from} sends to rank ${to}`,
    `rows ${at} of the message, counted by routes and sources, are others than rank ${to} expects`,
  ]);
