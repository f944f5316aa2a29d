// A schedule that states what its GPUs can take: the plan keeps it, is proved, and computes what the dense evaluation does.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { compile, openEntry, run } from "../../src/index.js";
import type { Diagnostic } from "../../src/diagnostics/report.js";
import type { LaunchPlan, Placement } from "../../src/plan/index.js";
import { rankOfSlot } from "../../src/plan/placement.js";

const folder = fileURLToPath(new URL("constrained/", import.meta.url));
const files = new Map(
  ["constrained.weft", "placement.json"].map((name) => [name, readFileSync(`${folder}${name}`, "utf8")]),
);

async function compiled(
  constraints: object = {},
  overrides: readonly string[] = [],
): Promise<{ plan: LaunchPlan | undefined; diagnostics: readonly Diagnostic[] }> {
  const stated = JSON.parse(files.get("placement.json")!) as object;
  const entry = openEntry(`${folder}constrained.weft`);
  const text = JSON.stringify({ ...stated, ...constraints });
  const host: typeof entry.host = {
    read: (uri, kind) => (uri === "placement.json" ? { text } : entry.host.read(uri, kind)),
  };
  const result = await compile({ entry: { ...entry, host }, overrides });
  expect(result.compiled?.proof.ok ?? true).toBe(true);
  return { plan: result.compiled?.plan, diagnostics: result.diagnostics.sorted() };
}

async function placementOf(constraints?: object, overrides?: readonly string[]): Promise<Placement> {
  const { plan, diagnostics } = await compiled(constraints, overrides);
  expect(diagnostics.map(({ message }) => message)).toEqual([]);
  return plan!.placements[0]!;
}

const slotsOf = ({ slot_begin }: Placement): number[] =>
  slot_begin.slice(1).map((end, rank) => end - slot_begin[rank]!);

describe("a placement under constraints", () => {
  it("gives each GPU its slots, keeps pinned experts and keeps groups on nodes", async () => {
    const placement = await placementOf();
    expect(slotsOf(placement)).toEqual([4, 4, 3, 3, 4, 2, 4, 0]);
    for (const { expert_of_slot } of placement.layers) {
      const ranksOf = (expert: number): number[] =>
        expert_of_slot.flatMap((each, slot) => (each === expert ? [rankOfSlot(placement, slot)] : []));
      expect(ranksOf(5)).toContain(6);
      for (let group = 0; group < 4; group++) {
        const nodes = [0, 1, 2, 3].flatMap((at) => ranksOf(4 * group + at)).map((rank) => rank >> 2);
        expect(new Set(nodes).size).toBe(1);
      }
    }
  });

  it("computes the model, a GPU without experts among the others", async () => {
    const { plan } = await compiled();
    for (const seed of [1, 2]) {
      const result = await run(plan!, { backend: "cpu", seed, dataSeed: 1 });
      expect(result.failure).toBeUndefined();
      expect(result.max_relative_error).toBeLessThan(1e-4);
    }
  });

  it("gives the slots of excluded GPUs to the others", async () => {
    const placement = await placementOf({ gpus: { excluded: [2, 7] } }, [
      'prefill.placement=auto(slots: 20, constraints: "placement.json")',
    ]);
    expect(slotsOf(placement)).toEqual([4, 4, 0, 3, 3, 3, 3, 0]);
  });

  it("leaves a slow GPU less to do", async () => {
    const speeds = (speed: number): object => ({
      gpus: { slots: [3, 3, 3, 3, 3, 3, 3, 3], speeds: { "1": speed } },
      ...{ groups: "priced", pinned: [] },
    });
    const loadOf = async (constraints: object): Promise<number> => {
      const { plan } = await compiled(constraints);
      const [placement, routing] = [plan!.placements[0]!, plan!.routing[0]!];
      return placement.layers.reduce((sum, { expert_of_slot, replica_begin, replica_slot }, layer) => {
        const own = replica_slot.filter((slot) => rankOfSlot(placement, slot) === 1);
        const shares = own.map((slot) => {
          const expert = expert_of_slot[slot]!;
          return routing.loads[layer]![expert]! / (replica_begin[expert + 1]! - replica_begin[expert]!);
        });
        return shares.reduce((all, each) => all + each, sum);
      }, 0);
    };
    expect(await loadOf(speeds(0.5))).toBeLessThan(0.7 * (await loadOf(speeds(1))));
  });

  it("is refused where the memory that is stated does not hold the experts", async () => {
    // An expert of 1024 x 2048 has 3 such matrices in bf16, and there are two layers.
    const bytes = 2 * 3 * 1024 * 2048 * 2;
    const { plan, diagnostics } = await compiled({ gpus: { memory_bytes: 1.5 * bytes } });
    expect(plan).toBeUndefined();
    expect(diagnostics.map(({ code }) => code)).toEqual(["placement-not-possible"]);
    expect(diagnostics[0]?.message).toMatch(/there are 16, and the GPUs have room for 8/);
  });

  it("by EPLB is refused where its groups on nodes leave a GPU more slots than experts", async () => {
    const { plan, diagnostics } = await compiled({}, ["prefill.placement=eplb(slots: 72)"]);
    expect(plan).toBeUndefined();
    expect(diagnostics.map(({ code }) => code)).toEqual(["placement-not-possible"]);
  });
});
