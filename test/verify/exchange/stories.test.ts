// Exchange plans that nobody's search made, as files to try `weft verify` on: one that is right, and some that are wrong. Beside each
// stands what the command prints.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { writeExchangePlan, type ExchangePlan } from "../../../src/exchange-plan/index.js";
import { verifyExchange } from "../../../src/verify/index.js";
import { expectGolden } from "../../check/golden.js";
import { json, weft } from "../../cli/weft.js";
import { planOf, WHOLE } from "../../exchange/plans.js";

const folder = fileURLToPath(new URL("stories/", import.meta.url));

interface Story {
  readonly name: string;
  readonly plan: () => ExchangePlan;
  /** The property that fails. */
  readonly fails?: string;
}

/** Tokens that cross once for a node, over rails. */
const copies = (plan: ExchangePlan): ExchangePlan => ({ ...plan, copies: true });
const shape = { nodes: 3, ranksPerNode: 2 };

const stories: readonly Story[] = [
  {
    name: "right",
    plan: () => ({ ...copies(planOf(shape, "spread", 2)), direction: "combine", partial_sums: true }),
  },
  {
    name: "half-a-pair-is-lost",
    fails: "delivery",
    plan: () => {
      const plan = planOf(shape, "forward", 2);
      plan.routes[1]!.share = [0, 32_768];
      return plan;
    },
  },
  {
    name: "rows-arrive-twice",
    fails: "delivery",
    // One pair of nodes has a way of its own, and is not left out of its distance.
    plan: () => {
      const plan = planOf(shape, "forward", 2);
      plan.routes.push({ pairs: { from: 2, to: 0 }, share: [40_000, 65_536], way: "direct", launches: [0] });
      return plan;
    },
  },
  {
    name: "rows-leave-before-they-are-there",
    fails: "delivery",
    plan: () => {
      const plan = planOf(shape, "spread");
      plan.routes[1]!.launches = [0, 2, 1];
      return plan;
    },
  },
  {
    name: "copies-end-where-they-cross",
    fails: "delivery",
    plan: () => copies(planOf(shape, "gather")),
  },
  {
    name: "one-group-receives-and-sends-on",
    fails: "races",
    plan: () => {
      const plan = planOf(shape, "gather");
      plan.routes[1]!.launches = [1, 1];
      return plan;
    },
  },
  {
    name: "capacity-does-not-fit",
    fails: "memory",
    plan: () => ({ ...planOf(shape, "gather"), capacity_rows: 1_000_000_000 }),
  },
  {
    name: "group-is-too-large",
    fails: "limits",
    plan: () => planOf({ nodes: 129, ranksPerNode: 8 }, "direct"),
  },
  {
    name: "node-is-no-unit",
    fails: "wellformed",
    plan: () => ({
      ...planOf({ nodes: 2, ranksPerNode: 4 }, "direct"),
      ranks_per_node: 2,
      routes: [{ pairs: "all", share: WHOLE, way: "direct", launches: [0] }],
    }),
  },
];

describe("weft verify", () => {
  it.each(stories)("tells of an exchange plan: $name", ({ name, plan, fails }) => {
    const path = join(folder, `${name}.plan.json`);
    expectGolden(path, writeExchangePlan(plan()));
    const { status, stdout, stderr } = weft(["verify", path]);
    expect(stderr).toBe("");
    expect(status).toBe(fails === undefined ? 0 : 3);
    expectGolden(join(folder, `${name}.txt`), stdout);
    const { properties } = json(weft(["verify", path, "--json"])) as {
      properties: { name: string; ok: boolean; counterexample?: { story: string[] } }[];
    };
    const failed = properties.filter(({ counterexample }) => counterexample !== undefined);
    expect(failed.map((each) => each.name)).toEqual(fails === undefined ? [] : [fails]);
  });
});

it("says the same of a plan without its reasons, whatever they say", () => {
  const plan = planOf(shape, "spread", 2);
  const prediction = { time_us: 0, bound_us: 1e9, bytes_per_tier: { infiniband: -1 } };
  expect(verifyExchange({ ...plan, why: { algorithm: "none", prediction, candidates: [] } })).toEqual(
    verifyExchange(plan),
  );
});

it("says where the demand would exceed what is declared", () => {
  const { properties } = verifyExchange({ ...planOf(shape, "gather"), capacity_rows: 50 });
  expect(properties.find(({ name }) => name === "memory")?.assumptions).toEqual([
    expect.stringMatching(/more than 50 rows.*would at the plan's demand, where rank 0 would receive 96/),
  ]);
});
