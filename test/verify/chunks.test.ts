// Exchanges cut into chunks are proved, and damage to them is seen: chunks left out or doubled, ranges that do not fit, experts that
// compute before their rows have come.
import { beforeAll, describe, expect, test } from "vitest";
import { check } from "../../src/check/check.js";
import { openEntry } from "../../src/files.js";
import { compileProgram } from "../../src/passes/index.js";
import { miniature, type LaunchPlan } from "../../src/plan/index.js";
import { verify } from "../../src/verify/index.js";
import { chunkKinds } from "./mutants/chunks.js";
import { tryKind } from "./mutation/campaign.js";

function compiled(...overrides: string[]): LaunchPlan {
  const entry = openEntry("examples/mixtral-8x7b-prefill.weft");
  const { program, diagnostics } = check(entry.uri, entry.host, {
    overrides: ["Mixtral.depth=3", ...overrides],
  });
  const plan = program && compileProgram(program, diagnostics);
  if (plan === undefined) throw new Error("the example compiles");
  return plan;
}

const stories = (plan: LaunchPlan): string[] =>
  verify(plan).properties.flatMap((each) => each.counterexample?.story ?? []);

const cut = "prefill.overlap=auto(batches: 1, chunks: 2)";
const cutInBatches = "prefill.overlap=auto(batches: 2, chunks: 2)";
const cases: readonly (readonly [name: string, overrides: readonly string[]])[] = [
  [
    "twelve experts on eight ranks, by slot",
    ["Mixtral.experts=12", cutInBatches, "prefill.exchange=direct_by_slot"],
  ],
  ["four experts on each rank, by peer", ["Mixtral.experts=32", cut, "prefill.exchange=direct_by_peer"]],
  [
    "three chunks of two micro-batches, across layers",
    ["Mixtral.experts=24", "prefill.overlap=auto(batches: 2, chunks: 3)", "prefill.exchange=direct_by_peer"],
  ],
  ["a capacity", ["Mixtral.experts=16", cut, "prefill.exchange=direct_by_peer(tokens: capacity(1.25))"]],
];

describe.each(cases)("%s", (name, overrides) => {
  let plan: LaunchPlan;
  beforeAll(() => {
    plan = compiled(...overrides);
  });

  test("the plan and its miniature are proved", () => {
    expect(plan.exchanges.every(({ chunks = [] }) => chunks.length > 1)).toBe(true);
    expect(stories(plan)).toEqual([]);
    expect(stories(miniature(plan).plan)).toEqual([]);
  });

  test("damage to what makes chunks whole is seen", () => {
    for (const kind of chunkKinds) {
      const { survivors, outcomes } = tryKind(name, plan, kind, { sample: Infinity, seed: 1 });
      expect(survivors, kind.name).toEqual([]);
      expect(outcomes.killed + outcomes.rejected, kind.name).toBeGreaterThan(0);
    }
  });
});

test("what is wrong is said in terms of slots", () => {
  const plan = compiled("Mixtral.experts=16", cut, "prefill.exchange=direct_by_peer");
  const told = (damage: (plan: LaunchPlan) => void): string => {
    const damaged = structuredClone(plan);
    damage(damaged);
    return stories(damaged).join("\n");
  };
  const launch = (mutant: LaunchPlan, id: string) => {
    const found = mutant.cells[1]!.launches.find((each) => each.id === id);
    if (found?.kind !== "compute" && found?.kind !== "transfer") throw new Error(`there is no ${id}`);
    return found;
  };
  expect(
    told((mutant) => (launch(mutant, "routed.swiglu.gate_up.1@0").slots = { first: 0, count: 1 })),
  ).toContain("`routed.swiglu.gate_up.1@0` is of slot 0, whose rows are 0 to moe.routed.dispatch.before_1");
  expect(told((mutant) => (launch(mutant, "routed.combine.1@0").slots = { first: 0, count: 1 }))).toMatch(
    /sends rank \d atoms of slot \d+, which is slot 1 of its host\nthe launch is of slot 0/,
  );
  expect(
    told((mutant) => (launch(mutant, "routed.swiglu.down.0@0").slots = { first: 0, count: 2 })),
  ).toContain("is of slots 0 to 1, which is no chunk of its exchange");
  expect(told(({ exchanges: [exchange] }) => exchange!.chunks!.unshift({ first: 0, count: 1 }))).toContain(
    "is cut into chunks of slot 0, slot 0, slot 1, which are not several that divide the 2 slots of a rank",
  );
  expect(
    told((mutant) => {
      const { launches } = mutant.cells[1]!;
      const at = launches.findIndex(({ id }) => id === "routed.dispatch.unpack.1@0");
      const [unpack] = launches.splice(at, 1);
      launches.splice(
        launches.findIndex(({ id }) => id === "routed.swiglu.down.1@0"),
        0,
        unpack!,
      );
    }),
  ).toContain("nothing has written the rows of slot 1 of the rank before");
});
