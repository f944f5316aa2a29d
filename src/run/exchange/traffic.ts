// Traffic to execute an exchange plan with: drawn from what the plan was made for, or unlike it.
import { entryOf, type ExchangePlan, type Routing } from "../../exchange-plan/index.js";
import { Draws } from "../random.js";

export const trafficKinds = ["demand", "to-one", "gaps", "one-token", "empty"] as const;
/**
 * `demand`: fits the plan's demand in expectation. `to-one`: as many tokens, all for one rank. `gaps`: the demand without what a
 * third of the ranks send and without what a third receive. `one-token`: a single one. `empty`: none.
 */
export type TrafficKind = (typeof trafficKinds)[number];

type Drawn = Pick<ExchangePlan, "ranks" | "ranks_per_node" | "demand">;

/** Traffic of a kind. `scale` is the part of the demand to have, at most 1. */
export function drawTraffic(kind: TrafficKind, plan: Drawn, seed: number, scale = 1): Routing {
  const { ranks } = plan;
  const draws = new Draws(seed, `traffic ${kind}`);
  const nothing = Array.from({ length: ranks }, () => []);
  switch (kind) {
    case "demand":
      return drawRouting(plan, seed, scale);
    case "to-one": {
      const target = draws.below(ranks);
      return drawRouting(plan, seed, scale).map((tokens) => tokens.map(() => [target]));
    }
    case "gaps": {
      const silent = Array.from({ length: ranks }, () => draws.below(3) === 0);
      const deaf = Array.from({ length: ranks }, () => draws.below(3) === 0);
      return drawRouting(plan, seed, scale).map((tokens, source) =>
        silent[source]! ? [] : tokens.map((destinations) => destinations.filter((rank) => !deaf[rank]!)),
      );
    }
    case "one-token": {
      const source = draws.below(ranks);
      const drawn = Array.from({ length: plan.demand.copies === undefined ? 1 : 4 }, () =>
        draws.below(ranks),
      );
      const token = [...new Set(drawn)].sort((left, right) => left - right);
      return nothing.map((_, rank) => (rank === source ? [token] : []));
    }
    case "empty":
      return nothing;
    default:
      return kind satisfies never;
  }
}

/** Nodes that a drawn token goes to, on average, where its source has enough copies for others: no demand says. */
const NODES_PER_TOKEN = 2;

/**
 * A routing of which every count has the demand's as its mean: fractions are rounded up as often as they say. Where the demand has
 * no `copies`, every row is a token of its own.
 */
export function drawRouting(plan: Drawn, seed: number, scale = 1): Routing {
  const draws = new Draws(seed, "routing");
  return Array.from({ length: plan.ranks }, (_, source) => tokensOf(plan, source, scale, draws));
}

function tokensOf(plan: Drawn, source: number, scale: number, draws: Draws): number[][] {
  const { ranks, ranks_per_node: size, demand } = plan;
  const home = Math.floor(source / size);
  const whole = (mean: number): number => Math.floor(mean + unit(draws));
  const rowsFor = (destination: number): number => entryOf(demand.rows, source, destination, source);
  if (demand.copies === undefined)
    return Array.from({ length: ranks }, (_, destination) =>
      Array.from({ length: whole(scale * rowsFor(destination)) }, () => [destination]),
    ).flat();
  const copies: number[][][] = [];
  for (let node = 0; node < ranks / size; node++) {
    const mean = entryOf(demand.copies, source, node, home);
    const chances = Array.from({ length: size }, (_, at) => Math.min(1, rowsFor(node * size + at) / mean));
    copies.push(
      Array.from({ length: whole(scale * mean) }, () => chosen(chances, draws).map((at) => node * size + at)),
    );
  }
  return joined(copies, draws);
}

/** A number in [0, 1). */
const unit = (draws: Draws): number => draws.below(2 ** 32) / 2 ** 32;

/**
 * Indices, each with its chance; at least one where the chances add up to 1. Systematic sampling: chances side by side on a line,
 * and those taken in which one of a row of equally distant points lies (W. G. Madow, 1949).
 */
function chosen(chances: readonly number[], draws: Draws): number[] {
  const offset = unit(draws);
  const found: number[] = [];
  let end = 0;
  chances.forEach((chance, index) => {
    const begin = end;
    end += chance;
    if (Math.ceil(end - offset) > Math.ceil(begin - offset)) found.push(index);
  });
  // Chances that should add up to 1 may fall short by a rounding.
  return found.length > 0 || chances.length === 0 ? found : [chances.indexOf(Math.max(...chances))];
}

/** Tokens of which each has at most one of a node's copies. */
function joined(copies: readonly (readonly number[][])[], draws: Draws): number[][] {
  const most = copies.reduce((max, { length }) => Math.max(max, length), 0);
  const all = copies.reduce((sum, { length }) => sum + length, 0);
  const tokens: number[][] = Array.from(
    { length: Math.max(most, Math.ceil(all / NODES_PER_TOKEN)) },
    () => [],
  );
  for (const each of copies) {
    const first = draws.below(tokens.length);
    each.forEach((destinations, at) => tokens[(first + at) % tokens.length]!.push(...destinations));
  }
  return tokens;
}
