// Damage to a compiled plan is seen: every mutant is killed, or harmless for a reason that is checked without the verifier.
import { beforeAll, describe, expect, test } from "vitest";
import { check } from "../../src/check/check.js";
import { openEntry } from "../../src/files.js";
import { compileProgram } from "../../src/passes/index.js";
import { miniature, type LaunchPlan } from "../../src/plan/index.js";
import { verify } from "../../src/verify/index.js";
import { mutantKinds } from "./mutants.js";

function compiled(...overrides: string[]): LaunchPlan {
  const entry = openEntry("examples/mixtral-8x7b-prefill.weft");
  const { program, diagnostics } = check(entry.uri, entry.host, { overrides });
  const plan = program && compileProgram(program, diagnostics);
  if (plan === undefined) throw new Error("the example compiles");
  return plan;
}

const stories = (plan: LaunchPlan) =>
  verify(plan).properties.flatMap((each) => each.counterexample?.story ?? []);

describe("Mixtral on eight GPUs", () => {
  let plan: LaunchPlan;
  // Every layer is alike, and three already have a first, a middle and a last.
  beforeAll(() => {
    plan = compiled("Mixtral.depth=3", "Mixtral.experts=12");
  });

  test("the plan and its miniature are proved", () => {
    expect(stories(plan)).toEqual([]);
    expect(stories(miniature(plan).plan)).toEqual([]);
  });

  test.each(mutantKinds.map((kind) => [kind.name, kind] as const))("%s", (_, kind) => {
    const mutants = kind.mutants(plan);
    expect(mutants.length, "places where it applies").toBeGreaterThan(0);
    const survivors: string[] = [];
    let killed = 0;
    for (const { place, apply, harmless } of mutants) {
      const mutant = structuredClone(plan);
      apply(mutant);
      const changed = JSON.stringify(mutant) !== JSON.stringify(plan);
      if (!changed) continue;
      const { ok, properties } = verify(mutant);
      if (!ok) {
        killed++;
        expect(properties.some((each) => (each.counterexample?.story.length ?? 0) > 0)).toBe(true);
      } else if (harmless?.() === undefined) survivors.push(place);
    }
    expect(survivors).toEqual([]);
    expect(killed).toBeGreaterThan(0);
  });
});
