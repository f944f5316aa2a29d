// Mixtral with its experts where a test puts them, and their tokens divided as it says.
import { expect } from "vitest";
import { check } from "../../src/check/check.js";
import { miniature, type LaunchPlan } from "../../src/plan/index.js";
import { verify } from "../../src/verify/index.js";
import { edited } from "./mixtral.js";
import { planPlaced, type PlacedChoices } from "./placed-program.js";

export interface Placed extends PlacedChoices {
  /** What happens to tokens, as `exchange` has it. */
  readonly tokens?: string;
  readonly partialSums?: boolean;
  readonly nodes?: number;
  readonly topK?: number;
}

const URI = "mixtral-8x7b-prefill.weft";

/** A plan of two expert layers on so many ranks as are given; it and its miniature are proved. */
export function placedPlan(placed: Placed): LaunchPlan {
  const { layers, exchange, tokens = "dropless", partialSums = false, nodes = 1, topK = 2 } = placed;
  const ranks = layers[0].length;
  const experts = new Set(layers[0].flat().map(([expert]) => expert)).size;
  const text = edited(
    ["H100(nodes: 1)", `H100(nodes: ${String(nodes)}, gpus: ${String(ranks / nodes)})`],
    ["parallel  = { ep: 8 }", `parallel  = { ep: ${String(ranks)} }`],
    ["exchange  = auto", `exchange  = ${exchange}(tokens: ${tokens}, partial_sums: ${String(partialSums)})`],
    // Slots are the test's; the schedule only must not mind that there are more ranks than experts.
    ["placement = auto", `placement = auto(slots: ${String(Math.max(experts, ranks))})`],
    ["require memory <= 76 GiB", ""],
  );
  const { program, diagnostics } = check(
    URI,
    { read: (uri) => (uri === URI ? { text } : { problem: "missing" }) },
    {
      overrides: ["Mixtral.depth=2", `Mixtral.experts=${String(experts)}`, `Mixtral.top_k=${String(topK)}`],
    },
  );
  expect(diagnostics.sorted().map(({ message }) => message)).toEqual([]);
  const plan = planPlaced(program!, placed);
  for (const each of [plan, miniature(plan).plan])
    expect(verify(each).properties.flatMap(({ counterexample }) => counterexample?.story ?? [])).toEqual([]);
  return plan;
}
