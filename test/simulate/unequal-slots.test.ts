// Kernels of ranks that have different numbers of slots: each computes its own experts, and reads their weights alone.
import { describe, expect, it } from "vitest";
import { PlanIndex, type ComputeLaunch } from "../../src/plan/index.js";
import { Traffic } from "../../src/simulate/traffic.js";
import { KernelWork } from "../../src/simulate/works.js";
import { placedExperts } from "../end-to-end/placed-program.js";
import { placedPlan, type Placed } from "../end-to-end/placed.js";

const HIDDEN = 4096;
const WIDTH = 14_336;
const BF16_BYTES = 2;
/** The first expert layer. */
const LAYER = 1;

/** Three slots, two, one and none. */
const ranks = placedExperts("0:3 1 2 | 3 0 | 4 |");

/** The work of a part on each rank, launch by launch, beside the rows of each of its slots. */
function worksOf(part: string, exchange: Placed["exchange"], chunks = 1) {
  const plan = placedPlan({ layers: [ranks], exchange, chunks, nodes: exchange === "node_aware" ? 2 : 1 });
  const index = new PlanIndex(plan);
  const traffic = new Traffic(index);
  const counts = traffic.of(plan.exchanges[0]!.name, LAYER);
  const launches = plan.cells
    .flatMap((cell) => cell.launches)
    .filter((each): each is ComputeLaunch => each.kind === "compute" && each.part === part)
    .sort((one, other) => (one.slots?.first ?? 0) - (other.slots?.first ?? 0));
  return ranks.map((_, rank) => ({
    rows: counts.rowsOfSlots(rank),
    works: launches.map((launch) =>
      new KernelWork(index, launch).on(rank, traffic.environment(LAYER, rank, counts), counts),
    ),
  }));
}

describe("the product of a rank's experts", () => {
  it("has the rows of its slots as groups, as many as it has", () => {
    for (const { rows, works } of worksOf("down", "direct_by_peer")) {
      const groups = works[0]!.gemm?.groupRows ?? [];
      expect(groups).toHaveLength(rows.length);
      groups.forEach((each, slot) => expect(each / rows[slot]!).toBeCloseTo(1, 9));
    }
  });

  it("reads the rows, their results, and the weights of its slots", () => {
    for (const { rows, works } of worksOf("down", "direct_by_slot")) {
      const received = rows.reduce((sum, each) => sum + each, 0);
      const elements = received * (WIDTH + HIDDEN) + rows.length * WIDTH * HIDDEN;
      expect(works[0]!.bytes / (BF16_BYTES * elements || 1)).toBeCloseTo(rows.length === 0 ? 0 : 1, 9);
    }
  });

  it("does so chunk by chunk", () => {
    for (const { rows, works } of worksOf("down", "direct_by_peer", 3)) {
      expect(works).toHaveLength(3);
      works.forEach(({ bytes }, chunk) => {
        const elements = (rows[chunk] ?? 0) * (WIDTH + HIDDEN) + (chunk < rows.length ? WIDTH * HIDDEN : 0);
        expect(bytes / (BF16_BYTES * elements || 1)).toBeCloseTo(chunk < rows.length ? 1 : 0, 9);
      });
    }
  });
});

describe("a rank without slots", () => {
  it("packs what it sends and adds up what comes back, as all others do", () => {
    for (const part of ["assign", "pack", "reduce"]) {
      const [first, , , last] = worksOf(part, "direct_by_peer");
      expect(last!.works[0]!.bytes, part).toBeGreaterThan(0);
      expect(last!.works, part).toEqual(first!.works);
    }
  });

  it("forwards for its node", () => {
    const [, , , last] = worksOf("forward", "node_aware");
    expect(last!.works[0]!.bytes).toBeGreaterThan(0);
  });

  it("computes no experts", () => {
    const [, , , last] = worksOf("gate_up", "direct_by_peer");
    expect(last!.works[0]).toMatchObject({ flops: 0, bytes: 0 });
  });
});
