// Damage to compiled plans is seen: every mutant is killed, or harmless for a reason that is checked without the verifier. Here a
// fixed sample of the places, on plans that are quickly proved; `npm run mutation` tries more of them, on every example.
import { beforeAll, describe, expect, test } from "vitest";
import { miniature, type LaunchPlan } from "../../src/plan/index.js";
import { verify } from "../../src/verify/index.js";
import { tryKind } from "./mutation/campaign.js";
import { compiledPlan, planSources } from "./mutation/plans.js";
import { mutantKinds } from "./mutants/index.js";

/** Plans that together have places for every kind of damage, and how many places of each kind are tried. */
const samples: readonly (readonly [name: string, sample: number])[] = [
  ["two-batches", 4],
  ["turns", 3],
  ["chunks-by-peer", 2],
  ["rounds", 2],
  ["capacity", 2],
  ["node-aware-sums", 3],
  ["node-aware", 1],
];

const stories = (plan: LaunchPlan) =>
  verify(plan).properties.flatMap((each) => each.counterexample?.story ?? []);

const tried = new Map(mutantKinds.map(({ name }) => [name, 0]));

describe.each(samples)("%s", (name, sample) => {
  let plan: LaunchPlan;
  beforeAll(() => {
    plan = compiledPlan(planSources.find((each) => each.name === name)!);
  });

  test("the plan and its miniature are proved", () => {
    expect(stories(plan)).toEqual([]);
    expect(stories(miniature(plan).plan)).toEqual([]);
  });

  test("mutants are killed, or harmless", () => {
    for (const kind of mutantKinds) {
      const { survivors, outcomes } = tryKind(name, plan, kind, { sample, seed: 1 });
      expect(survivors, kind.name).toEqual([]);
      tried.set(kind.name, (tried.get(kind.name) ?? 0) + outcomes.killed + outcomes.harmless);
    }
  });
});

test("every kind of damage is tried", () => {
  const untried = [...tried].flatMap(([kind, times]) => (times === 0 ? kind : []));
  expect(untried).toEqual([]);
});
