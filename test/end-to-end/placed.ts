// Mixtral with its experts where a test puts them, and their tokens divided as it says: plans of the compiler's passes, whose
// placement is the test's.
import { check } from "../../src/check/check.js";
import type { Candidate } from "../../src/passes/candidate.js";
import { layerTables } from "../../src/passes/place/tables.js";
import { buildPlan, prepare } from "../../src/passes/plan/build.js";
import { slotBegins, type PlacedLayer } from "../../src/place/index.js";
import { miniature, type LaunchPlan, type Placement } from "../../src/plan/index.js";
import { verify } from "../../src/verify/index.js";
import { expect } from "vitest";
import { edited } from "./mixtral.js";

export interface Placed {
  /** [rank] the experts that live there, each with its turns in its expert's round. */
  readonly ranks: readonly (readonly (readonly [expert: number, turns: number])[])[];
  /** The same for the second expert layer, where it differs; the numbers of slots do not. */
  readonly second?: Placed["ranks"];
  readonly exchange: Candidate["exchange"];
  /** What stands in the parentheses behind the exchange. */
  readonly tokens?: string;
  readonly partialSums?: boolean;
  readonly nodes?: number;
  readonly topK?: number;
  readonly chunks?: number;
  /** Micro-batches, which overlap. */
  readonly batches?: number;
}

const layerOf = (ranks: Placed["ranks"]): PlacedLayer => ({
  expertOfSlot: ranks.flat().map(([expert]) => expert),
  turns: ranks.flat().map(([, turns]) => turns),
});

/** A plan of two expert layers on so many ranks as are given; it and its miniature are proved. */
export function placedPlan(placed: Placed): LaunchPlan {
  const { ranks, second, exchange, tokens = "dropless", partialSums = false, nodes = 1 } = placed;
  const { topK = 2, chunks = 1, batches = 1 } = placed;
  const layers = [layerOf(ranks), ...(second === undefined ? [] : [layerOf(second)])];
  const experts = new Set(layers[0]!.expertOfSlot).size;
  const own = ranks.map((each) => each.length);
  const text = edited(
    ["H100(nodes: 1)", `H100(nodes: ${String(nodes)}, gpus: ${String(ranks.length / nodes)})`],
    ["parallel  = { ep: 8 }", `parallel  = { ep: ${String(ranks.length)} }`],
    ["exchange  = auto", `exchange  = ${exchange}(tokens: ${tokens}, partial_sums: ${String(partialSums)})`],
    // Slots are the test's; the schedule only must not mind that there are more ranks than experts.
    ["placement = auto", `placement = auto(slots: ${String(Math.max(experts, ranks.length))})`],
    ["require memory <= 76 GiB", ""],
  );
  const uri = "mixtral-8x7b-prefill.weft";
  const { program, diagnostics } = check(
    uri,
    { read: (wanted) => (wanted === uri ? { text } : { problem: "missing" }) },
    {
      overrides: [
        ...["Mixtral.depth=2", `Mixtral.experts=${String(experts)}`, `Mixtral.top_k=${String(topK)}`],
      ],
    },
  );
  if (program === undefined)
    throw new Error(
      diagnostics
        .sorted()
        .map(({ message }) => message)
        .join("; "),
    );
  const prepared = prepare(program);
  const [site] = prepared.sites;
  const placement: Placement = {
    ...{ name: `${site!.name}.placement`, block: site!.block, gate: site!.gate.id, experts },
    ...{ slots: layers[0]!.expertOfSlot.length, slot_begin: slotBegins(own) },
    layers: layers.map((layer) => layerTables(layer, experts)),
  };
  const plan = buildPlan(
    { ...prepared, placementsBy: () => [placement] },
    {
      ...{ placement: "balanced", exchange, microBatches: batches, batches, chunks, sms: 16 },
      acrossLayers: undefined,
    },
  );
  for (const each of [plan, miniature(plan).plan])
    expect(verify(each).properties.flatMap(({ counterexample }) => counterexample?.story ?? [])).toEqual([]);
  return plan;
}
