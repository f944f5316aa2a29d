// Exchanges cut into chunks are proved, and damage to them is seen: chunks left out or doubled, ranges that do not fit, experts that
// compute before their rows have come.
import { beforeAll, describe, expect, test } from "vitest";
import { check } from "../../src/check/check.js";
import { openEntry } from "../../src/files.js";
import { compileProgram } from "../../src/passes/index.js";
import { miniature, type LaunchPlan } from "../../src/plan/index.js";
import { verify } from "../../src/verify/index.js";
import { chunkMutantKinds } from "./chunk-mutants.js";
import { mutantKinds } from "./mutants.js";

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

type Mutants = ReturnType<(typeof mutantKinds)[number]["mutants"]>;

/** Places where damage passes, and how often it does not. */
function survivorsOf(plan: LaunchPlan, mutants: Mutants) {
  const survivors: string[] = [];
  let killed = 0;
  for (const { place, apply, harmless } of mutants) {
    const mutant = structuredClone(plan);
    apply(mutant);
    if (JSON.stringify(mutant) === JSON.stringify(plan)) continue;
    if (!verify(mutant).ok) killed++;
    else if (harmless?.() === undefined) survivors.push(place);
  }
  return { survivors, killed };
}

describe.each(cases)("%s", (_, overrides) => {
  let plan: LaunchPlan;
  beforeAll(() => {
    plan = compiled(...overrides);
  });

  test("the plan and its miniature are proved", () => {
    expect(plan.exchanges.every(({ chunks = [] }) => chunks.length > 1)).toBe(true);
    expect(stories(plan)).toEqual([]);
    expect(stories(miniature(plan).plan)).toEqual([]);
  });

  test.each(chunkMutantKinds.map((kind) => [kind.name, kind] as const))("%s", (_name, kind) => {
    const { survivors, killed } = survivorsOf(plan, kind.mutants(plan));
    expect(survivors).toEqual([]);
    expect(killed).toBeGreaterThan(0);
  });
});

describe("what is damaged in any plan", () => {
  let plan: LaunchPlan;
  beforeAll(() => {
    plan = compiled("Mixtral.experts=12", cutInBatches, "prefill.exchange=direct_by_peer");
  });

  test.each(mutantKinds.map((kind) => [kind.name, kind] as const))("%s", (_, kind) => {
    // All places are tried on a plan without chunks; here a part of them suffices.
    const some = kind.mutants(plan).filter((_mutant, at) => at % 5 === 0);
    expect(survivorsOf(plan, some).survivors).toEqual([]);
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
