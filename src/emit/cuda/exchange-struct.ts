// An exchange as the program keeps it: the communicator's index of the rank, the counts, and in which order buffers hold atoms.
import { InternalError } from "../../diagnostics/internal-error.js";
import type { AtomLayout, Exchange, LaunchPlan } from "../../plan/index.js";
import { inDims } from "../../operators/access.js";
import {
  atom,
  binary,
  blank,
  braces,
  call,
  comment,
  text,
  type Declaration,
  type Expression,
} from "./cpp/tree.js";
import type { ProgramNames } from "./context.js";
import { ranksOf } from "./transfers.js";

const sorts: Readonly<Record<AtomLayout["order"][number], string>> = {
  slot: "Sort::kSlot",
  host: "Sort::kHost",
  source: "Sort::kSource",
  rail: "Sort::kRail",
  node: "Sort::kNode",
};

export function exchangeStruct(names: ProgramNames, exchange: Exchange): readonly Declaration[] {
  const type = names.exchangeType(exchange.name);
  return [
    comment(
      `${exchange.name}: ${exchange.algorithm}${exchange.ranks_per_node === undefined ? "" : `, nodes of ${String(exchange.ranks_per_node)} ranks`}. The orders in which buffers hold what travels.`,
    ),
    {
      kind: "struct",
      name: `${type} : Exchange`,
      members: [
        {
          kind: "function",
          result: "",
          name: type,
          parameters: [
            { type: "Rank&", name: "on" },
            { type: "const Communicator&", name: "communicator" },
          ],
          suffix: `: Exchange(on, communicator.self(), ${names.placementName(exchange.placement)}, ${String(exchange.ranks_per_node ?? 0)}, kCounts, kMicroBatches)`,
          body: [],
        },
        blank,
        {
          kind: "variable",
          type: "static constexpr CountsSpec",
          name: "kCounts",
          value: countsSpec(names, exchange),
        },
        { kind: "variable", type: "const std::int64_t", name: "rank", value: call("self") },
        ...exchange.layouts.map((each) => layoutMember(names, each)),
      ],
    },
    blank,
  ];
}

function countsSpec(names: ProgramNames, exchange: Exchange): Expression {
  const gate = names.index.node(exchange.block, exchange.gate);
  const { overflow } = exchange.tokens;
  return braces(
    [
      text(exchange.name),
      atom(`Told::${toldBy(names.plan, exchange)}`),
      atom(overflow === "rounds" ? "Overflow::kRounds" : "Overflow::kAbort"),
      names.cpp(exchange.capacity_rows.expr),
      binary("*", names.names("tokens"), names.cpp(inDims("top_k", gate.dims))),
      names.cpp(exchange.atom_rows?.expr ?? 0),
    ],
    "",
  );
}

/** Whom the table that the host reads tells of: this rank's slots, its node's, or all. */
function toldBy(plan: LaunchPlan, exchange: Exchange): "kOwn" | "kNode" | "kAll" {
  for (const { launches } of plan.cells)
    for (const launch of launches) {
      if (launch.kind !== "read_counts" || launch.exchange !== exchange.name) continue;
      const table = launch.operands.find(({ name }) => name === "received")?.buffer;
      const reference = plan.memory.buffers.find(({ name }) => name === table)?.layout?.layout;
      const layout = exchange.layouts.find(({ name }) => name === reference);
      if (layout === undefined) throw new InternalError(`counts of ${exchange.name} have no layout`);
      if (layout.holds.host === "rank") return "kOwn";
      return layout.holds.host === "all" ? "kAll" : "kNode";
    }
  return "kOwn";
}

function layoutMember(names: ProgramNames, { name, order, copies, holds }: AtomLayout): Declaration {
  const kind = copies === undefined ? [] : [atom(copies === "only" ? "Copies::kOnly" : "Copies::kToo")];
  const keys = braces(order.map((key) => atom(sorts[key])));
  const set = [ranksOf(names.cpp, holds.source), ranksOf(names.cpp, holds.host)].map((ranks) =>
    ranks.kind === "call" ? call("all_ranks") : ranks,
  );
  return {
    kind: "variable",
    type: "Layout",
    name: names.layoutName(name),
    value: braces([call("space"), braces([text(name), keys, ...kind]), braces(set, "AtomSet")], ""),
  };
}
