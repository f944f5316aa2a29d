import { describe, expect, it } from "vitest";
import type { Launch, LaunchPlan } from "../../src/plan/index.js";
import type { SelectionBias } from "../../src/run/balance.js";
import type { Failure } from "../../src/run/failure.js";
import type { RunResult } from "../../src/run/result.js";
import { runPlan } from "../../src/run/run.js";
import { tinyPlan } from "./tiny-plan.js";

const seeds = Array.from({ length: 20 }, (_, index) => index + 1);

/** Results for all seeds on the CPU. */
const runAll = (plan: LaunchPlan): Promise<RunResult[]> =>
  Promise.all(seeds.map((seed) => runPlan(plan, { backend: "cpu", seed })));

/** The failures of a damaged plan, which there must be for some seed. */
async function failuresOf(damage: (plan: LaunchPlan) => void, plan = tinyPlan()): Promise<Failure[]> {
  damage(plan);
  const failures = (await runAll(plan)).flatMap(({ failure }) => failure ?? []);
  expect(failures).not.toHaveLength(0);
  return failures;
}

/** The kinds of failure, each once. */
const kindsOf = (failures: readonly Failure[]): string[] =>
  [...new Set(failures.map((each) => each.kind))].sort();

const moeLaunches = (plan: LaunchPlan): Launch[] => plan.cells.find(({ name }) => name === "moe")!.launches;
const launchNamed = (plan: LaunchPlan, id: string): Launch =>
  moeLaunches(plan).find((each) => each.id === id)!;

function swap(items: unknown[], first: number, second: number): void {
  [items[first], items[second]] = [items[second]!, items[first]!];
}

describe("a plan that is right", () => {
  it("gives the dense result in every order", async () => {
    const results = await runAll(tinyPlan());
    for (const result of results) {
      expect(result.failure).toBeUndefined();
      expect(result.max_relative_error).toBeLessThan(1e-5);
      expect(result.layers.map((each) => each.block)).toEqual(["embed", "moe", "moe"]);
    }
    expect(new Set(results.map((each) => each.routing_sha256)).size).toBe(1);
    expect(new Set(results.map((each) => each.max_relative_error)).size).toBe(1);
  });

  it("executes everything, with counts that differ between ranks", async () => {
    const { executed, of, received_rows } = await runPlan(tinyPlan(), { backend: "cpu", seed: 3 });
    const { bytes, ...amounts } = executed;
    const { bytes: allBytes, ...all } = of;
    expect(amounts).toEqual(all);
    // 2 ranks: 2 micro-batches of one embedding launch, and of 14 launches, a read among them, in each of 2 layers;
    // 3 phases of 2 messages each.
    expect(amounts).toEqual({ layers: 3, launches: 2 * 2 * (1 + 2 * 15), transfers: 2 * 2 * 2 * 3 * 2 });
    expect(bytes).toBeLessThan(allBytes);
    expect(received_rows!.max).toBeGreaterThan(received_rows!.min);
  });

  it("is right where experts do not divide by ranks, and with replicas", async () => {
    for (const plan of [
      tinyPlan({ ranks: 3, experts: 5 }),
      tinyPlan({ ranks: 4, experts: 4, expertOfSlot: [0, 1, 1, 2, 3, 0, 0, 1], microBatches: 1 }),
      tinyPlan({ ranks: 1, experts: 3 }),
    ])
      for (const { failure } of await runAll(plan)) expect(failure).toBeUndefined();
  });

  it("computes the same for every placement", async () => {
    const hashes = await Promise.all(
      [undefined, [3, 2, 1, 0], [0, 2, 1, 3, 0, 2]].map(async (expertOfSlot) => {
        const plan = tinyPlan(expertOfSlot === undefined ? {} : { expertOfSlot });
        return (await runPlan(plan, { backend: "cpu", seed: 1 })).routing_sha256;
      }),
    );
    expect(new Set(hashes).size).toBe(1);
  });

  it("gives the dense result where a selection bias makes all tokens crowd on one expert", async () => {
    const plan = tinyPlan({ ranks: 4, experts: 4 });
    const selectionBias: SelectionBias = ({ experts }) =>
      Array.from({ length: experts }, (_, expert) => (expert === 2 ? 2 : 0));
    const [crowded, declared] = await Promise.all([
      runPlan(plan, { backend: "cpu", seed: 1, selectionBias }),
      runPlan(plan, { backend: "cpu", seed: 1 }),
    ]);
    expect(crowded.failure).toBeUndefined();
    expect(crowded.routing_sha256).not.toBe(declared.routing_sha256);
    expect(crowded.received_rows!.max).toBeGreaterThan(declared.received_rows!.max);
  });

  it("has other weights and inputs for another data seed", async () => {
    const [one, other] = await Promise.all(
      [1, 2].map((dataSeed) => runPlan(tinyPlan(), { backend: "cpu", seed: 1, dataSeed })),
    );
    expect(one?.ok).toBe(true);
    expect(other?.ok).toBe(true);
    expect(one?.routing_sha256).not.toBe(other?.routing_sha256);
  });
});

describe("damage to transfers", () => {
  it.each(["counts", "dispatch", "combine"])("shows where a step of phase %s is dropped", async (phase) => {
    const kinds = kindsOf(
      await failuresOf((plan) => plan.exchanges[0]!.phases.find(({ name }) => name === phase)!.steps.pop()),
    );
    expect(kinds).toEqual(["non_finite"]);
  });

  it("names the launch where a value that is no number first appears", async () => {
    const [failure] = await failuresOf((plan) => plan.exchanges[0]!.phases[2]!.steps.pop());
    expect(failure).toMatchObject({ kind: "non_finite", layer: 1, node: "routed" });
    expect(failure?.launch).toMatch(/^routed\.reduce\.[01]$/);
  });

  it("shows where the two ends of a step disagree", async () => {
    const [failure] = await failuresOf((plan) => {
      const { steps } = plan.exchanges[0]!.phases[1]!;
      steps[1] = { ...steps[1]!, receive: { source: "rank", host: "rank" } };
    });
    expect(failure?.kind).toBe("size_mismatch");
    expect(failure?.message).toMatch(/sends \d+ bytes to rank \d, where .* expects \d+/);
  });

  it("shows where a step goes to the wrong rank", async () => {
    const failures = await failuresOf((plan) => {
      const { steps } = plan.exchanges[0]!.phases[1]!;
      steps[1] = { ...steps[1]!, to: "rank" };
    });
    expect(kindsOf(failures)).toEqual(["deadlock"]);
    expect(failures[0]?.waiting).toContainEqual(
      expect.stringMatching(/^stream comm of rank 1 waits: .*to send/),
    );
  });

  it("shows where one expert's tokens go to another's slot", async () => {
    const failures = await failuresOf((plan) => swap(plan.placements[0]!.layers[0]!.replica_slot, 0, 3));
    expect(kindsOf(failures)).toEqual(["wrong_result"]);
    expect(failures[0]).toMatchObject({ layer: 1, node: "out" });
  });

  it("shows where a slot holds another expert", async () => {
    const failures = await failuresOf((plan) => swap(plan.placements[0]!.layers[0]!.expert_of_slot, 1, 2));
    expect(kindsOf(failures)).toEqual(["wrong_result"]);
  });
});

describe("damage to the order", () => {
  // With one micro-batch no wait is implied by others.
  const waiting = moeLaunches(tinyPlan({ microBatches: 1 })).flatMap(({ id, waits }) =>
    waits.map((event) => [id, event] as const),
  );

  it.each(waiting)("shows where %s does not wait for %s", async (id, event) => {
    await failuresOf(
      (plan) => {
        const launch = launchNamed(plan, id);
        launch.waits = launch.waits.filter((each) => each !== event);
      },
      tinyPlan({ microBatches: 1 }),
    );
  });

  it("shows where a transfer is issued before its counts are read", async () => {
    const failures = await failuresOf((plan) => {
      const launches = moeLaunches(plan);
      const read = launches.findIndex(({ id }) => id === "read.0");
      swap(launches, read, read + 1);
    });
    expect(kindsOf(failures)).toEqual(["counts_not_read"]);
    expect(failures[0]?.launch).toBe("dispatch.0");
  });

  it("shows where a kernel is issued before its counts are read", async () => {
    const failures = await failuresOf((plan) => {
      const launches = moeLaunches(plan);
      swap(
        launches,
        launches.findIndex(({ id }) => id === "read.0"),
        launches.findIndex(({ id }) => id === "unpack.0" || id === "sent.unpack.0"),
      );
    });
    expect(kindsOf(failures)).toEqual(["counts_not_read"]);
  });

  it("shows where two ranks use a communicator in different orders", async () => {
    const failures = await failuresOf((plan) => {
      const cell = structuredClone(plan.cells.find(({ name }) => name === "moe")!);
      const at = (id: string) => cell.launches.findIndex((each) => each.id === id);
      cell.name = "moe of rank 1";
      swap(cell.launches, at("read.0"), at("read.1"));
      swap(cell.launches, at("dispatch.0"), at("dispatch.1"));
      plan.cells.push(cell);
      const role = structuredClone(plan.roles[0]!);
      plan.roles[0]!.ranks = [0];
      const [embed, moe] = role.timeline;
      plan.roles.push({
        ...role,
        name: "other",
        ranks: [1],
        timeline: [embed!, { ...moe!, cell: cell.name }],
      });
    });
    for (const kind of kindsOf(failures))
      expect(["size_mismatch", "deadlock", "counts_not_read"]).toContain(kind);
  });

  it("shows where the host waits for what it issues later", async () => {
    const failures = await failuresOf((plan) => {
      const launches = moeLaunches(plan);
      const [transfer] = launches.splice(
        launches.findIndex(({ id }) => id === "counts.1"),
        1,
      );
      launches.splice(launches.findIndex(({ id }) => id === "read.1") + 1, 0, transfer!);
    });
    // The wait is satisfied, as nothing has recorded its event yet, so the host reads what is not there.
    expect(kindsOf(failures)).toContain("non_finite");
  });
});

describe("damage to memory and launches", () => {
  it("shows where two live buffers overlap", async () => {
    await failuresOf((plan) => {
      const { buffers } = plan.memory;
      buffers.find(({ name }) => name === "send_rows.0")!.region = "moe.u.0";
    });
  });

  it("shows where a stale instance is read", async () => {
    const failures = await failuresOf((plan) => {
      for (const operand of launchNamed(plan, "out.add.1").operands)
        if (operand.access === "read" && operand.buffer === "stream.1") operand.instance = 0;
    });
    expect(kindsOf(failures)).toEqual(["wrong_result"]);
    expect(failures[0]?.layer).toBe(2);
  });

  it("shows where a launch is missing", async () => {
    const failures = await failuresOf((plan) => {
      const launches = moeLaunches(plan);
      launches.splice(
        launches.findIndex(({ id }) => id === "out.add.1"),
        1,
      );
    });
    expect(kindsOf(failures)).toEqual(["unexecuted"]);
    expect(failures[0]).toMatchObject({ layer: 1, node: "out" });
  });

  it("shows where rows are left out", async () => {
    const failures = await failuresOf((plan) => {
      const launch = launchNamed(plan, "out.add.1");
      if (launch.kind === "compute") launch.rows.begin = { expr: 1, value: 1 };
    });
    expect(kindsOf(failures)).toEqual(["unexecuted"]);
  });

  it("names the rank where more rows arrive than fit", async () => {
    const [failure] = await failuresOf((plan) => {
      plan.exchanges[0]!.capacity_rows = { expr: "tokens", value: 8 };
    });
    expect(failure).toMatchObject({ kind: "over_capacity", layer: 1 });
    expect(failure?.message).toMatch(/^rank [01] would receive \d+ rows/);
  });
});
