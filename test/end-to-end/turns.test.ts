// Replicas that share tokens unevenly, ranks with any numbers of slots and ranks without any: plans are proved, and all three
// executions route alike and compute what the dense evaluation does.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explainPlan, run, simulatePlan, type RunResult } from "../../src/index.js";
import type { LaunchPlan } from "../../src/plan/index.js";
import { canRun } from "../emit/cuda/program.js";
import { placedExperts as ranks } from "./placed-program.js";
import { placedPlan, type Placed } from "./placed.js";

type Backend = "cpu" | "webgpu" | "cuda-emulated";

const interpreted: readonly Backend[] = ["cpu", "webgpu"];
const all: readonly Backend[] = canRun("executing emitted programs", ["g++"])
  ? [...interpreted, "cuda-emulated"]
  : interpreted;

async function computesTheModel(plan: LaunchPlan, on: readonly Backend[]): Promise<void> {
  const results = [];
  for (const backend of on) results.push(await run(plan, { backend, seed: 2, dataSeed: 1 }));
  results.push(await run(plan, { backend: "cpu", seed: 1, dataSeed: 1 }));
  for (const result of results) {
    expect(result.failure).toBeUndefined();
    expect(result.max_relative_error).toBeLessThan(1e-4);
    expect(countsOf(result)).toEqual(countsOf(results[0]!));
    // Rounds make launches again.
    if (result.in_rounds === undefined)
      expect(result.executed).toEqual({ ...result.of, bytes: result.executed.bytes });
  }
}

/** What the routing alone decides. */
const countsOf = ({ routing_sha256, received_rows, dropped, crossings, in_rounds, executed }: RunResult) => ({
  ...{ routing_sha256, received_rows, dropped, crossings, in_rounds, executed },
});

const cases: readonly (readonly [name: string, placed: Placed, on: readonly Backend[]])[] = [
  [
    "3 : 1 and 1 : 2 : 1 on ranks of 3, 1, 2 and 2 slots, in the second layer others",
    {
      layers: [ranks("0:3 1 5 | 0 | 2 1:2 | 3 4"), ranks("5 4:2 3 | 4 | 4:5 0 | 1 2")],
      exchange: "direct_by_peer",
    },
    all,
  ],
  [
    "5 : 2 : 1, a rank without slots, messages to slots",
    { layers: [ranks("0:5 1 2 | | 0:2 3 | 4 0 5")], exchange: "direct_by_slot" },
    all,
  ],
  [
    "two nodes, sums on each, a rank without slots on either",
    { layers: [ranks("0:5 1 2 | | | 4 0:2 5 3")], exchange: "node_aware", nodes: 2, partialSums: true },
    all,
  ],
  [
    "two nodes of which one has no slots",
    { layers: [ranks(" | | 0:3 1 3 | 2 0")], exchange: "node_aware", nodes: 2 },
    interpreted,
  ],
  [
    "a capacity",
    { layers: [ranks("0:3 1 2 | | 0 3 | 4 5")], exchange: "direct_by_slot", tokens: "capacity(1.0)" },
    interpreted,
  ],
  [
    "chunks of several micro-batches",
    { layers: [ranks("0:3 1 5 6 | 0 | 2 1:2 | 3 4")], exchange: "direct_by_peer", chunks: 3, batches: 2 },
    interpreted,
  ],
  [
    "rounds over nodes",
    {
      layers: [ranks("0:3 1 2 4 | | 0 3 | 5")],
      ...{ exchange: "node_aware", nodes: 2, partialSums: true },
      tokens: "dropless(bound: 1.0, overflow: rounds)",
    },
    interpreted,
  ],
  [
    "all experts on one rank of four",
    { layers: [ranks("| 0 1 2 | |")], exchange: "direct_by_peer", topK: 1 },
    interpreted,
  ],
];

describe.each(cases)("turns: %s", (_name, placed, on) => {
  it("compute what the model says", async () => {
    await computesTheModel(placedPlan(placed), on);
  });
});

describe("a plan with a rank without slots", () => {
  const layers: Placed["layers"] = [ranks("0:5 1 2 | | 0:2 3 | 4 0 5")];

  it.each(["direct_by_peer", "node_aware"] as const)("is priced and explained: %s", async (exchange) => {
    const plan = placedPlan({ layers, exchange, nodes: 2 });
    const simulated = await simulatePlan(plan, { full: true });
    if ("stuck" in simulated) throw new Error(simulated.stuck);
    expect(JSON.stringify(simulated.report)).not.toMatch(/null|NaN/);
    const explained = await explainPlan(plan);
    expect("text" in explained && explained.text).toContain(
      "on ranks 0 (62.5 %), 2 (25.0 %), 3 (12.5 %) (3 replicas)",
    );
  });
});

describe("any turns on ranks of any numbers of slots", () => {
  const anyPlacement = fc
    .record({
      nodes: fc.constantFrom(1, 2),
      ranksOfNode: fc.integer({ min: 1, max: 3 }),
      experts: fc.integer({ min: 2, max: 6 }),
      topK: fc.integer({ min: 1, max: 3 }),
      kind: fc.constantFrom("direct_by_peer", "direct_by_slot", "node_aware"),
      partialSums: fc.boolean(),
      tokens: fc.constantFrom("dropless", "dropless(bound: 1.0, overflow: rounds)", "capacity(1.25)"),
    })
    .chain(({ nodes, ranksOfNode, experts, ...given }) => {
      const world = nodes * ranksOfNode;
      const turns = fc
        .array(fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 5 })), {
          minLength: world,
          maxLength: world,
        })
        .filter((each) => each.some((own) => own > 0));
      return fc
        .array(turns, { minLength: experts, maxLength: experts })
        .map((turnsOf) => ({ ...given, experts, nodes, world, turnsOf }));
    });

  it("compute what the model says", async () => {
    await fc.assert(
      fc.asyncProperty(
        anyPlacement,
        async ({ turnsOf, world, kind, topK, experts, tokens, nodes, ...given }) => {
          const aware = kind === "node_aware" && nodes > 1 && world > nodes;
          const plan = placedPlan({
            layers: [
              Array.from({ length: world }, (_, rank) =>
                turnsOf.flatMap((turns, expert) =>
                  turns[rank]! > 0 ? [[expert, turns[rank]!] as const] : [],
                ),
              ),
            ],
            exchange: aware ? "node_aware" : kind === "node_aware" ? "direct_by_peer" : kind,
            ...{ nodes, topK: Math.min(topK, experts), partialSums: aware && given.partialSums },
            tokens: aware && tokens.startsWith("capacity") ? "dropless" : tokens,
          });
          await computesTheModel(plan, ["cpu"]);
        },
      ),
      { numRuns: 15 },
    );
  });
});
