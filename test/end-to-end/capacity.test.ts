// `capacity(c)`: static shapes, what exceeds them dropped and counted, the rest right on every rank, in every order and on
// both backends.
import { describe, expect, it, vi } from "vitest";
import { assignCapacityKernel } from "../../src/operators/dispatch/capacity.js";
import { describeRun, explainPlan, run, verifyPlan } from "../../src/index.js";
import { NO_ROW } from "../../src/operators/no-row.js";
import type { LaunchPlan } from "../../src/plan/index.js";
import { edited, planOf } from "./mixtral.js";

const shallow = "Mixtral.depth=2";
const withCapacity = (factor: number, algorithm = "auto"): string =>
  edited(["exchange  = auto", `exchange  = ${algorithm}(tokens: capacity(${String(factor)}))`]);

async function explanationOf(plan: LaunchPlan): Promise<string> {
  const explained = await explainPlan(plan);
  // Lines are broken between words.
  return "text" in explained ? explained.text.replace(/\s+/g, " ") : explained.stuck;
}

const cases: readonly (readonly [name: string, drops: boolean, plan: () => Promise<LaunchPlan>])[] = [
  ["1.25 times the mean", true, () => planOf(withCapacity(1.25), [shallow])],
  ["room for every token", false, () => planOf(withCapacity(4), [shallow])],
  ["half the mean", true, () => planOf(withCapacity(0.5), [shallow])],
  [
    "messages to peers, and experts that eight ranks do not divide",
    true,
    () => planOf(withCapacity(1, "direct_by_peer"), [shallow, "Mixtral.experts=12"]),
  ],
  [
    "messages to slots, and experts that eight ranks do not divide",
    true,
    () => planOf(withCapacity(1, "direct_by_slot"), [shallow, "Mixtral.experts=12"]),
  ],
  [
    "replicas of hot experts",
    true,
    () =>
      planOf(withCapacity(1).replace("placement = auto", "placement = auto(redundant: 8)"), [
        shallow,
        "Mixtral.experts=16",
      ]),
  ],
  [
    "experts without weights",
    true,
    () =>
      planOf(
        withCapacity(1, "direct_by_slot").replace(
          "combine(swiglu(dispatch(u, gate), width: 14336), gate)",
          "combine(dispatch(u, gate), gate)",
        ),
        [shallow],
      ),
  ],
];

describe.each(cases)("a capacity: %s", (_name, drops, make) => {
  it("drops what its rows cannot hold, and computes the rest as the model says", async () => {
    const plan = await make();
    const results = [];
    for (const seed of [1, 2, 3]) results.push(await run(plan, { backend: "cpu", seed, dataSeed: 1 }));
    results.push(await run(plan, { backend: "cpu", seed: 1, dataSeed: 2 }));
    results.push(await run(plan, { backend: "webgpu", seed: 1, dataSeed: 1 }));
    for (const result of results) {
      expect(result.failure).toBeUndefined();
      expect(result.max_relative_error).toBeLessThanOrEqual(1e-4);
      expect(result.executed).toEqual({ ...result.of, bytes: result.executed.bytes });
      // Two experts a token, 16 tokens a micro-batch.
      const pairs = 2 * 16 * plan.schedule.micro_batches * plan.world * 2;
      expect(result.dropped?.of).toBe(pairs);
      expect((result.dropped?.pairs ?? 0) > 0).toBe(drops);
      expect(result.layers.reduce((sum, each) => sum + (each.dropped?.pairs ?? 0), 0)).toBe(
        result.dropped?.pairs,
      );
    }
    const [first, ...others] = results.filter((each) => each.data_seed === 1);
    for (const other of others) {
      expect(other.dropped).toEqual(first?.dropped);
      expect(other.routing_sha256).toBe(first?.routing_sha256);
    }
  });
});

describe("a plan with a capacity", () => {
  it("counts nothing, tells nothing and reads nothing", async () => {
    const plan = await planOf(withCapacity(1.25), [shallow]);
    const launches = plan.cells.flatMap((each) => each.launches);
    expect(launches.filter(({ kind }) => kind === "read_counts")).toEqual([]);
    expect(plan.exchanges[0]?.phases.map(({ name }) => name)).toEqual(["dispatch", "combine"]);
    // A rank's 16,384 tokens go to 2 of 8 experts each: 4,096 rows a slot on average, divided among the micro-batches.
    const { tokens, atom_rows, mean_rows, capacity_rows } = plan.exchanges[0]!;
    expect(tokens).toEqual({ policy: "capacity", factor: 1.25 });
    const rows = (1.25 * 4096) / plan.schedule.micro_batches;
    expect([atom_rows?.value, mean_rows.value, capacity_rows.value]).toEqual([rows, 8 * rows, 8 * rows]);
    expect(plan.why?.prediction.host_wait_us).toBe(0);
  });

  it("says what it expects to drop, and drops less with more room", async () => {
    const shares = [];
    for (const factor of [1, 1.5, 4])
      shares.push((await planOf(withCapacity(factor), [shallow])).why?.prediction.dropped_share);
    expect(shares[0]).toBeGreaterThan(shares[1]!);
    expect(shares[1]).toBeGreaterThan(0);
    expect(shares[2]).toBe(0);
    const text = await explanationOf(await planOf(withCapacity(1), [shallow]));
    expect(text).toContain(
      `${(100 * shares[0]!).toFixed(1)} % of all (token, expert) pairs exceed the capacity`,
    );
    const dropless = await planOf(edited(), [shallow]);
    expect(await explanationOf(dropless)).not.toContain("dropped");
    expect(dropless.why?.prediction.dropped_share).toBeUndefined();
  });

  it("says beyond how many rows pairs are dropped, and an execution how many were", async () => {
    const plan = await planOf(withCapacity(1.25), [shallow]);
    const { properties } = await verifyPlan(plan);
    const rows = String(plan.exchanges[0]!.atom_rows!.value).replace(/(\d)(\d{3})$/, "$1,$2");
    expect(properties.find(({ name }) => name === "delivery")?.checked).toContain(
      `pairs beyond ${rows} rows of an atom`,
    );
    const result = await run(plan, { backend: "cpu", seed: 1 });
    expect(await describeRun(result)).toContain(
      `dropped ${String(result.dropped!.pairs)} of ${String(result.dropped!.of).replace(/(\d)(\d{3})$/, "$1,$2")} (token, expert) pairs`,
    );
  });
});

describe("damage to what is dropped is seen", () => {
  it("where every atom has a row more than its capacity says", async () => {
    const plan = structuredClone(await planOf(withCapacity(1), [shallow]));
    for (const dimension of plan.dimensions)
      if (dimension.name === "capacity_thousandths") dimension.value = 1250;
    const { failure } = await run(plan, { backend: "cpu", seed: 1 });
    expect(failure).toMatchObject({ kind: "wrong_result" });
    expect(failure?.message).toContain("drops other pairs");
  });

  it.each([
    ["a pair is dropped that has room", (row: number) => row !== NO_ROW, NO_ROW],
    ["a pair is kept that has none", (row: number) => row === NO_ROW, 0],
  ])("where %s", async (_, isVictim, instead) => {
    const plan = await planOf(withCapacity(1), [shallow]);
    const original = assignCapacityKernel.cpu.bind(assignCapacityKernel);
    const spy = vi.spyOn(assignCapacityKernel, "cpu").mockImplementation((memory, args) => {
      original(memory, args);
      const pairs = memory.u32.subarray(
        args["pair_row"],
        args["pair_row"]! + args["tokens"]! * args["top_k"]!,
      );
      const victim = pairs.findIndex(isVictim);
      if (victim >= 0) pairs[victim] = instead;
    });
    try {
      const { failure } = await run(plan, { backend: "cpu", seed: 1 });
      expect(failure?.message).toContain("drops other pairs");
    } finally {
      spy.mockRestore();
    }
  });
});
