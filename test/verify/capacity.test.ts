// A plan whose atoms all have the same rows is proved without counts; damage to what makes it so is seen.
import { beforeAll, describe, expect, test } from "vitest";
import { check } from "../../src/check/check.js";
import { openEntry } from "../../src/files.js";
import { compileProgram } from "../../src/passes/index.js";
import { miniature, type LaunchPlan } from "../../src/plan/index.js";
import { verify } from "../../src/verify/index.js";

function compiled(tokens: string): LaunchPlan {
  const entry = openEntry("examples/mixtral-8x7b-prefill.weft");
  const overrides = ["Mixtral.depth=3", "Mixtral.experts=12", `prefill.exchange=auto(tokens: ${tokens})`];
  const { program, diagnostics } = check(entry.uri, entry.host, { overrides });
  const plan = program && compileProgram(program, diagnostics);
  if (plan === undefined) throw new Error("the example compiles");
  return plan;
}

const stories = (plan: LaunchPlan): string[] =>
  verify(plan).properties.flatMap((each) => each.counterexample?.story ?? []);

let plan: LaunchPlan;
beforeAll(() => {
  plan = compiled("capacity(1.25)");
});

test("the plan and its miniature are proved", () => {
  expect(stories(plan)).toEqual([]);
  expect(stories(miniature(plan).plan)).toEqual([]);
});

test("what is checked names the rows beyond which pairs are dropped, or that none are", () => {
  const checkedOf = (of: LaunchPlan) =>
    verify(of).properties.find(({ name }) => name === "delivery")?.checked;
  expect(checkedOf(plan)).toMatch(
    /pairs beyond [\d,]+ rows of an atom of `.*` are dropped, by capacity\(1\.25\)$/,
  );
  expect(checkedOf(compiled("capacity(12)"))).toMatch(
    /no pair of `.*` is dropped: its atoms have a row for each token$/,
  );
  expect(checkedOf(compiled("dropless"))).not.toContain("dropped");
});

const damages: readonly (readonly [name: string, damage: (plan: LaunchPlan) => void, story: RegExp])[] = [
  [
    "another factor than its rows were made for",
    ({ exchanges: [exchange] }) => (exchange!.tokens.factor = 1),
    /declares capacity\(1\): [\d,]+ rows for each atom/,
  ],
  [
    "a larger factor in its dimension",
    ({ dimensions }) => (dimensions.find(({ name }) => name === "capacity_thousandths")!.value = 2000),
    /is stated as/,
  ],
  ["no rows of atoms", ({ exchanges: [exchange] }) => delete exchange!.atom_rows, /no `atom_rows`/],
  ["no factor", ({ exchanges: [exchange] }) => delete exchange!.tokens.factor, /no `factor`/],
  [
    "a bound beside its capacity",
    ({ exchanges: [exchange] }) => (exchange!.tokens.bound = 2),
    /has capacity and a bound/,
  ],
  [
    "dropless tokens with fixed rows",
    ({ exchanges: [exchange] }) => (exchange!.tokens = { policy: "dropless" }),
    /is dropless, but has/,
  ],
  [
    "a phase of counts",
    ({ exchanges: [exchange] }) =>
      exchange!.phases.unshift({ ...exchange!.phases[0]!, name: "counts", carries: "counts" }),
    /carries counts, but its atoms all have the same rows/,
  ],
  [
    "a host that reads counts",
    ({ cells }) => {
      for (const { launches } of cells) {
        const at = launches.findIndex(
          (each) => each.kind === "transfer" && each.phase.startsWith("dispatch"),
        );
        const transfer = launches[at];
        if (transfer?.kind !== "transfer") continue;
        const { node, exchange, micro_batch, span, operands } = transfer;
        const named = ["sent", "received"].map((name) => ({ ...operands[0]!, name }));
        launches.splice(at, 0, {
          ...{ kind: "read_counts", id: "read", node, exchange, micro_batch, waits: [] },
          ...{ operands: named, span },
        });
      }
    },
    /reads the counts of/,
  ],
];

describe("damage is seen:", () => {
  test.each(damages)("%s", (_, damage, story) => {
    const damaged = structuredClone(plan);
    damage(damaged);
    expect(stories(damaged).join("\n")).toMatch(story);
  });
});
