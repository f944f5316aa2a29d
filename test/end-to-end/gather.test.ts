// Rows that are gathered in the node of their source before they cross: proved, and computed alike by all three executions, on odd
// nodes, with ranks and nodes without experts, bounds, rounds, and two micro-batches beside each other.
import { describe, expect, it } from "vitest";
import { run } from "../../src/index.js";
import type { LaunchPlan } from "../../src/plan/index.js";
import { verify } from "../../src/verify/index.js";
import { canRun } from "../emit/cuda/program.js";
import { crowded } from "./crowded.js";
import { edited, planOf } from "./mixtral.js";
import { placedExperts as ranks } from "./placed-program.js";
import { placedPlan } from "./placed.js";

const backends = [
  "cpu",
  "webgpu",
  ...(canRun("executing emitted programs", ["g++"]) ? (["cuda-emulated"] as const) : []),
] as const;

async function computesTheModel(plan: LaunchPlan): Promise<void> {
  const results = [];
  for (const backend of backends) results.push(await run(plan, { backend, seed: 2, dataSeed: 1 }));
  for (const { failure, max_relative_error, routing_sha256, received_rows } of results) {
    expect(failure).toBeUndefined();
    expect(max_relative_error).toBeLessThan(1e-4);
    expect({ routing_sha256, received_rows }).toEqual({
      routing_sha256: results[0]!.routing_sha256,
      received_rows: results[0]!.received_rows,
    });
  }
}

/** The example on nodes of so many GPUs. */
const onNodes = (nodes: number, gpus: number, overlap: string): Promise<LaunchPlan> =>
  planOf(
    edited(
      ["H100(nodes: 1)", `H100(nodes: ${String(nodes)}, gpus: ${String(gpus)})`],
      ["parallel  = { ep: 8 }", `parallel  = { ep: ${String(nodes * gpus)} }`],
      ["placement = auto", "placement = auto(slots: 12)"],
      ["exchange  = auto", "exchange  = gather"],
      ["overlap   = auto", `overlap   = ${overlap}`],
    ),
    ["Mixtral.depth=3"],
  );

const cases: readonly (readonly [name: string, make: () => LaunchPlan | Promise<LaunchPlan>])[] = [
  [
    "two nodes, replicas that share unevenly, a rank without slots on either",
    () => placedPlan({ layers: [ranks("0:5 1 2 | | | 4 0:2 5 3")], exchange: "gather", nodes: 2 }),
  ],
  [
    "two nodes of which one has no slots",
    () => placedPlan({ layers: [ranks(" | | 0:3 1 3 | 2 0")], exchange: "gather", nodes: 2 }),
  ],
  ["two nodes of three, two micro-batches", () => onNodes(2, 3, "auto(batches: 2)")],
  ["three nodes of two", () => onNodes(3, 2, "auto(batches: 1)")],
  ["rounds", () => crowded("rounds", "gather", false, "H100(nodes: 2, gpus: 4)")],
];

describe("gathering at the source", () => {
  it.each(cases)("computes what the model says: %s", async (_name, make) => {
    await computesTheModel(await make());
  });

  it.each([
    [1, true],
    [2, false],
  ])("is tried where copies would save little: with %i experts a token, %s", async (topK, isTried) => {
    const plan = await planOf(edited(["H100(nodes: 1)", "H100(nodes: 2, gpus: 4)"]), [
      "Mixtral.depth=3",
      `Mixtral.top_k=${String(topK)}`,
    ]);
    const { choice, alternatives } = plan.why!.decisions.find(({ name }) => name === "exchange")!;
    expect([choice, ...alternatives.map((each) => each.choice)].includes("gather")).toBe(isTried);
  });

  it("sends one message for each node over the slow tier, and ends where rows exceed a bound", async () => {
    const plan = await crowded("abort", "gather", false, "H100(nodes: 4, gpus: 2)");
    const { phases } = plan.exchanges[0]!;
    for (const name of ["dispatch_across", "combine_across"])
      expect(phases.find((each) => each.name === name)!.steps).toHaveLength(4);
    const result = await run(plan, { backend: "cpu", seed: 1, dataSeed: 1 });
    expect(result.failure).toMatchObject({ kind: "aborted" });
  });
});

describe("a damaged gathering exchange", () => {
  const damages: readonly (readonly [name: string, says: RegExp, damage: (plan: LaunchPlan) => void])[] = [
    ...["counts_within", "counts_across", "dispatch_within", "dispatch_across", "combine_across"].map(
      (name) =>
        [
          `lacks a step of ${name}`,
          /never sent|does not know|at that time rank|gets \d+ atoms|it belongs to/,
          ({ exchanges: [exchange] }: LaunchPlan) =>
            exchange!.phases.find((each) => each.name === name)!.steps.splice(1, 1),
        ] as const,
    ),
    [
      "passes rows on in the order of sources alone",
      /do not lie in one piece/,
      ({ exchanges: [exchange] }) => {
        exchange!.layouts.find(({ name }) => name === "forwarding")!.order = ["source", "slot"];
      },
    ],
    [
      "has no room for what its node may send a rail",
      /has room for/,
      ({ memory: { buffers } }) => {
        const buffer = buffers.find(({ name }) => name.includes(".forward_rows"))!;
        buffer.shape = ["tokens", ...buffer.shape.slice(1)];
      },
    ],
    [
      "reads counts of its own slots alone",
      /its size on rank \d+ comes from|holds only those of/,
      ({ exchanges: [exchange] }) => {
        exchange!.layouts.find(({ name }) => name === "everybody")!.holds.host = "rank";
      },
    ],
  ];

  it.each(damages)("is refused where it %s", (_name, says, damage) => {
    const plan = placedPlan({ layers: [ranks("0 1 | 2 3 | 4 5 | 6 7")], exchange: "gather", nodes: 2 });
    const copy = structuredClone(plan);
    damage(copy);
    const stories = verify(copy).properties.flatMap(({ counterexample }) => counterexample?.story ?? []);
    expect(stories.join("\n")).toMatch(says);
  });
});
