// program/plan.cpp: the plan's routes and spreads as tables, and what the runtime reports by.
import { format } from "@wasm-fmt/clang-format";
import style from "../../cuda/folder/.clang-format";
import {
  hopsOf,
  type ExchangePlan,
  type Pairs,
  type Route,
  type Spread,
} from "../../../exchange-plan/index.js";

const ways = {
  direct: "kDirect",
  gather: "kGather",
  forward: "kForward",
  spread: "kSpread",
} as const satisfies Record<Route["way"], string>;

const spreadKinds = {
  source_index: "kSourceIndex",
  pair: "kPair",
  destination: "kDestination",
} as const satisfies Record<Spread["by"], string>;

/** What rows and combines are called without a search behind them. */
export const nameOf = ({ why, direction }: ExchangePlan): string =>
  `${direction}${why === undefined ? "" : ` by ${why.algorithm}`}`;

export function planFile(plan: ExchangePlan, sha256: string): string {
  const { launches, routes, spreads } = plan;
  const lists = [
    `const char* const kLaunches[] = {${launches.map(({ name }) => quoted(name)).join(", ")}};`,
    `constexpr PhaseFacts kPhases[] = {${launches.map(({ name }) => `{${quoted(name)}, 0}`).join(", ")}};`,
    `constexpr BlockFacts kBlocks[] = {{"exchange", {}, nullptr}};`,
    `constexpr LayerRun kLayers[] = {{0, 0, 1}};`,
    routes.length === 0 ? "" : `constexpr exchange::Route kRoutes[] = {${routes.map(routeOf).join(",\n")}};`,
    ...spreads.map(
      ({ rails }, index) =>
        `constexpr int kBegins${index}[] = {${rails.map((row) => beginsOf(row).join(", ")).join(",\n")}};`,
    ),
    spreads.length === 0
      ? ""
      : `constexpr exchange::Spread kSpreads[] = {${spreads
          .map(({ by }, index) => `{exchange::SpreadBy::${spreadKinds[by]}, kBegins${index}}`)
          .join(", ")}};`,
  ];
  const text = `// ${nameOf(plan)} on ${plan.machine.name}, ${plan.ranks} ranks. Written by weft from the exchange plan ${sha256.slice(0, 12)}.
#include "runtime/exchange_plan.h"
#include "runtime/run_rank.h"

namespace weft {
namespace {

${lists.filter((each) => each !== "").join("\n")}

}  // namespace

const exchange::Plan exchange::kPlan = {
${[
  plan.ranks,
  plan.ranks_per_node,
  plan.direction === "combine",
  plan.row_bytes,
  plan.copies,
  plan.partial_sums,
  plan.capacity_rows ?? -1,
  quoted(plan.communicator.name),
  plan.communicator.sms,
  meanRows(plan),
  "kLaunches",
  routes.length === 0 ? "{}" : "kRoutes",
  spreads.length === 0 ? "{}" : "kSpreads",
].join(",\n")}
};

const PlanFacts kPlanFacts = {
${[quoted(nameOf(plan)), quoted("weft"), quoted(sha256), plan.ranks, 1, 1, 1, 0, 0, false, false].join(",\n")},
kBlocks, kLayers, {}, {}, {}, {}, kPhases
};

}  // namespace weft
`;
  return format(text, "plan.cpp", style);
}

function routeOf({ pairs, share, way, launches, spread }: Route): string {
  const [kind, first, second] = pairsOf(pairs);
  const hops = Array.from({ length: 3 }, (_, hop) => (hop < hopsOf[way] ? launches[hop]! : -1));
  return `{exchange::Pairs::${kind}, ${first}, ${second}, ${share[0]}, ${share[1]}, exchange::Way::${ways[way]}, {${hops.join(", ")}}, ${spread ?? -1}}`;
}

function pairsOf(pairs: Pairs): readonly [kind: string, first: number, second: number] {
  if (pairs === "all") return ["kAll", 0, 0];
  if (pairs === "within") return ["kWithin", 0, 0];
  return "from" in pairs ? ["kOne", pairs.from, pairs.to] : ["kShifts", ...pairs.shifts];
}

function beginsOf(shares: readonly number[]): number[] {
  const begins = [0];
  for (const share of shares) begins.push(begins.at(-1)! + share);
  return begins;
}

/** Rows of a rank in the plan's demand. */
function meanRows({ ranks, demand: { rows } }: ExchangePlan): number {
  const sums = rows.profiles.map((profile) => profile.reduce((sum, each) => sum + each, 0));
  const total = rows.of.reduce((sum, profile) => sum + sums[profile]!, 0);
  return Math.ceil(rows.of.length === 1 ? total : total / ranks);
}

/** A string literal; also for names with characters that C++ has other ideas of. */
const quoted = (text: string): string =>
  `"${text
    .replace(/[\\"]/g, "\\$&")
    .replace(/[\u0000-\u001f]/g, " ")
    .replaceAll("??", '?""?')}"`;
