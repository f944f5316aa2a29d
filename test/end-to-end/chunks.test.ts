// Exchanges in chunks compute what the dense evaluation does, on every rank, in every order tried and on both backends: with slots
// that ranks have different numbers of, replicas, shared experts, expert bodies of several kernels, bounds and capacities.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { run } from "../../src/index.js";
import type { LaunchPlan } from "../../src/plan/index.js";
import { edited, planOf } from "./mixtral.js";

type Edit = readonly [from: string, to: string];
const exchange = (how: string): Edit => ["exchange  = auto", `exchange  = ${how}`];
const overlap = (pins: string): Edit => ["overlap   = auto", `overlap   = auto(${pins})`];
const placement = (how: string): Edit => ["placement = auto", `placement = auto(${how})`];
const body = "swiglu(dispatch(u, gate), width: 14336)";
const ownBody: readonly Edit[] = [
  [body, "expert(dispatch(u, gate))"],
  [
    "  block moe(x) {",
    "  block expert(y) {\n    z = norm(y)\n    return linear(swiglu(z, width: 7168) + z, width: hidden) + y\n  }\n\n  block moe(x) {",
  ],
];
const shared: Edit = ["return h + routed", "return h + routed + swiglu(u, width: 14336)"];

const cases: readonly (readonly [name: string, experts: number, edits: readonly Edit[]])[] = [
  ["twelve experts on eight ranks, one micro-batch", 12, [overlap("batches: 1, chunks: 2")]],
  ["two micro-batches across layers", 16, [overlap("batches: 2, chunks: 2")]],
  ["messages to peers", 32, [overlap("batches: 2, chunks: 3"), exchange("direct_by_peer")]],
  ["replicas", 16, [overlap("chunks: 3"), placement("slots: 20"), exchange("direct_by_peer")]],
  ["a shared expert", 16, [overlap("batches: 1, chunks: 2"), shared]],
  [
    "an expert body of several kernels",
    24,
    [overlap("batches: 1, chunks: 2"), exchange("direct_by_peer"), ...ownBody],
  ],
  ["a bound", 16, [overlap("chunks: 2"), exchange("auto(tokens: dropless(bound: 3.0, overflow: abort))")]],
  ["a capacity", 12, [overlap("chunks: 2"), exchange("direct_by_peer(tokens: capacity(1.25))")]],
];

async function computesTheModel(
  plan: LaunchPlan,
  runs: readonly (readonly ["cpu" | "webgpu", seed: number])[],
): Promise<void> {
  expect(plan.exchanges.every(({ chunks = [] }) => chunks.length > 1)).toBe(true);
  const results = [];
  for (const [backend, seed] of runs) results.push(await run(plan, { backend, seed, dataSeed: 1 }));
  for (const result of results) {
    expect(result.failure).toBeUndefined();
    expect(result.max_relative_error).toBeLessThanOrEqual(1e-4);
    expect(result.executed).toEqual({ ...result.of, bytes: result.executed.bytes });
  }
  expect(new Set(results.map((each) => each.routing_sha256)).size).toBe(1);
}

describe.each(cases)("chunks with %s", (_name, experts, edits) => {
  it("compute what the model says, in every order and on both backends", async () => {
    const plan = await planOf(edited(...edits), ["Mixtral.depth=3", `Mixtral.experts=${String(experts)}`]);
    const seeds = [1, 2, 3, 4].map((seed) => ["cpu", seed] as const);
    await computesTheModel(plan, [...seeds, ["webgpu", 1]]);
  });
});

describe("chunks of a random model", () => {
  it("compute what the model says", async () => {
    const anySchedule = fc
      .record({
        ep: fc.constantFrom(2, 4, 8),
        slotsOfRank: fc.integer({ min: 2, max: 5 }),
        fewerSlots: fc.integer({ min: 0, max: 7 }),
        replicas: fc.integer({ min: 0, max: 4 }),
        topK: fc.integer({ min: 1, max: 4 }),
        chunks: fc.integer({ min: 2, max: 5 }),
        batches: fc.constantFrom(1, 2),
        algorithm: fc.constantFrom("direct_by_peer", "direct_by_slot"),
        seed: fc.integer({ min: 1, max: 99 }),
      })
      .map((each) => {
        // Some ranks have one slot less.
        const slots = each.ep * each.slotsOfRank - (each.fewerSlots % each.ep);
        return {
          ...each,
          slots,
          // A rank holds an expert once.
          experts: Math.max(each.slotsOfRank, slots - each.replicas),
          chunks: Math.min(each.chunks, each.slotsOfRank),
        };
      });
    await fc.assert(
      fc.asyncProperty(
        anySchedule,
        async ({ ep, slots, experts, topK, chunks, batches, algorithm, seed }) => {
          const plan = await planOf(
            edited(
              ["parallel  = { ep: 8 }", `parallel  = { ep: ${String(ep)} }`],
              placement(`slots: ${String(slots)}`),
              exchange(algorithm),
              overlap(`batches: ${String(batches)}, chunks: ${String(chunks)}`),
            ),
            [
              "Mixtral.depth=2",
              `Mixtral.experts=${String(experts)}`,
              `Mixtral.top_k=${String(Math.min(topK, experts))}`,
            ],
          );
          await computesTheModel(plan, [["cpu", seed]]);
        },
      ),
      { numRuns: 12 },
    );
  });
});
