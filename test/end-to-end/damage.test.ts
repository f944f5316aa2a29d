// Damage is seen: a plan or kernel that is wrong in one place makes an execution fail for some seed.
import { describe, expect, it, vi } from "vitest";
import { operatorNamed } from "../../src/operators/registry.js";
import type { Kernel } from "../../src/operators/kernel.js";
import { run } from "../../src/index.js";
import type { LaunchPlan } from "../../src/plan/index.js";
import { edited, mixtral, planOf } from "./mixtral.js";

/** Seeds within which damage must show. */
const SEEDS = Array.from({ length: 40 }, (_, index) => index + 1);

/** The first failure among the seeds, or undefined. */
async function firstFailure(plan: LaunchPlan): Promise<string | undefined> {
  for (const seed of SEEDS) {
    const { failure } = await run(plan, { backend: "cpu", seed, dataSeed: 1 });
    if (failure !== undefined) return failure.kind;
  }
  return undefined;
}

/** A copy of the plan that a test may change. */
const damaged = (plan: LaunchPlan, damage: (plan: LaunchPlan) => void): LaunchPlan => {
  const copy = structuredClone(plan);
  damage(copy);
  return copy;
};

describe("a damaged plan", () => {
  it("fails when one transfer step is dropped, whichever it is", async () => {
    const plan = await mixtral(2);
    for (const [phase, { steps }] of (plan.exchanges[0]?.phases ?? []).entries())
      for (let step = 0; step < steps.length; step += 3) {
        const without = damaged(plan, ({ exchanges: [exchange] }) =>
          exchange?.phases[phase]?.steps.splice(step, 1),
        );
        expect(
          await firstFailure(without),
          `phase ${String(phase)} without step ${String(step)}`,
        ).toBeDefined();
      }
  });

  it("fails when one wait is removed, whichever it is", async () => {
    const plan = await mixtral(3);
    let removed = 0;
    for (const [cellIndex, cell] of plan.cells.entries())
      for (const [launchIndex, { id, waits }] of cell.launches.entries())
        for (const wait of waits.keys()) {
          const without = damaged(plan, ({ cells }) =>
            cells[cellIndex]?.launches[launchIndex]?.waits.splice(wait, 1),
          );
          expect(
            await firstFailure(without),
            `${cell.name}.${id} without its wait for ${waits[wait] ?? ""}`,
          ).toBeDefined();
          removed++;
        }
    expect(removed).toBeGreaterThan(5);
  });

  it("fails when one expert's tokens go to another expert's slot", async () => {
    const plan = await planOf(edited(), ["Mixtral.depth=2", "Mixtral.experts=16"]);
    const swapped = damaged(plan, ({ placements: [placement] }) => {
      for (const { replica_slot: slots } of placement?.layers ?? [])
        [slots[0], slots[1]] = [slots[1] ?? 0, slots[0] ?? 0];
    });
    expect(await firstFailure(swapped)).toBe("wrong_result");
  });

  it("fails when results come back in another order than they left", async () => {
    const plan = await planOf(edited(["exchange  = auto", "exchange  = direct_by_peer"]), [
      "Mixtral.depth=2",
      "Mixtral.experts=16",
    ]);
    const reordered = damaged(plan, ({ exchanges: [exchange] }) => {
      for (const layout of exchange?.layouts ?? [])
        if (layout.name === "arriving") layout.order = ["slot", "source"];
    });
    expect(await firstFailure(reordered)).toBeDefined();
  });

  it("fails when two launches are issued in the wrong order", async () => {
    const plan = await mixtral(2);
    const swapped = damaged(plan, ({ cells }) => {
      const launches = cells.find((each) => each.name === "moe")?.launches ?? [];
      const read = launches.findIndex((each) => each.kind === "read_counts");
      const transfer = launches.findIndex((each) => each.kind === "transfer" && each.phase === "dispatch");
      const [moved] = launches.splice(transfer, 1);
      if (moved !== undefined) launches.splice(read, 0, moved);
    });
    expect(await firstFailure(swapped)).toBe("counts_not_read");
  });
});

/** Two nodes, so that tokens can be forwarded. */
const CLUSTER = "H100(nodes: 2, gpus: 4)";
const FORWARDING = ["find_copies", "pack_copies", "forward", "regroup"];
const ADDING = ["pack_weighted", "forward_weighted", "fold", "gather"];

/** An exchange that has launches of a part. */
function exchangeWith(part: string): string {
  const [, name = ""] = part.split(".");
  if (name.endsWith("_capacity")) return "direct_by_peer(tokens: capacity(1.25))";
  if (FORWARDING.includes(name)) return "node_aware";
  return ADDING.includes(name) ? "node_aware(partial_sums: true)" : "direct_by_peer";
}

describe("a damaged kernel", () => {
  const kernels = [
    "embedding",
    "norm",
    "gqa",
    "route",
    "dispatch",
    "swiglu",
    "combine",
    "add",
    "linear",
  ].flatMap((name) =>
    operatorNamed(name).parts.map((part): [string, Kernel] => [`${name}.${part.name}`, part.kernel]),
  );

  it.each(kernels)("is seen: %s leaves its last row as it was", async (name, kernel) => {
    const plan = await planOf(
      edited(["exchange  = auto", `exchange  = ${exchangeWith(name)}`], ["H100(nodes: 1)", CLUSTER]),
      ["Mixtral.depth=2", "Mixtral.experts=16"],
    );
    const original = kernel.cpu.bind(kernel);
    const rows = kernel.params.some((each) => each.name === "row_end") ? "row_end" : "tokens";
    const spy = vi.spyOn(kernel, "cpu").mockImplementation((memory, args) => {
      original(memory, { ...args, [rows]: Math.max(0, (args[rows] ?? 0) - 1) });
    });
    try {
      expect(await firstFailure(plan), name).toBeDefined();
    } finally {
      spy.mockRestore();
    }
  });
});
