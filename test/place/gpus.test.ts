// Slots of GPUs from counts and constraints: the even case, what is stated, and what does not fit.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gpusOf, type GpuCounts, type Gpus, type PlaceFault } from "../../src/place/index.js";

const fine = (counts: GpuCounts): Gpus => {
  const gpus = gpusOf(counts);
  if ("reason" in gpus) throw new Error(`${gpus.place}: ${gpus.reason}`);
  return gpus;
};
const faultOf = (counts: GpuCounts): PlaceFault => {
  const fault = gpusOf(counts);
  if (!("reason" in fault)) throw new Error("no fault");
  return fault;
};
const counts = { gpus: 4, nodes: 2, slots: 10, experts: 8 };

describe("slots of GPUs", () => {
  it("are even, the first GPUs having one more where they do not divide", () => {
    expect(fine(counts)).toEqual({ nodeOf: [0, 0, 1, 1], slots: [3, 3, 2, 2], speeds: [1, 1, 1, 1] });
  });
  it("need no nodes of one size", () => {
    expect(fine({ ...counts, gpus: 5, nodes: 3 }).nodeOf).toEqual([0, 0, 1, 1, 2]);
  });
  it("are as stated, and their sum need not be", () => {
    const constraints = { slots: [1, 2, 3, 4] };
    expect(fine({ gpus: 4, nodes: 1, experts: 8, constraints }).slots).toEqual([1, 2, 3, 4]);
  });
  it("of excluded GPUs go to the others", () => {
    expect(fine({ ...counts, constraints: { excluded: [1] } }).slots).toEqual([4, 0, 3, 3]);
    expect(fine({ ...counts, constraints: { slots: [4, 2, 2, 2], excluded: [0] } }).slots).toEqual([
      0, 4, 3, 3,
    ]);
  });
  it("are no more than memory holds, and the others have what is left", () => {
    const constraints = { memoryBytes: [100, 25, 100, 100] };
    expect(fine({ ...counts, slotBytes: 10, constraints }).slots).toEqual([3, 2, 3, 2]);
  });
  it("leave speeds as stated", () => {
    expect(fine({ ...counts, constraints: { speeds: new Map([[2, 0.5]]) } }).speeds).toEqual([1, 1, 0.5, 1]);
  });

  it("fill the GPUs and differ by one at most, whatever the counts", () => {
    const any = fc.record({
      gpus: fc.integer({ min: 1, max: 40 }),
      experts: fc.integer({ min: 1, max: 30 }),
      slots: fc.integer({ min: 1, max: 400 }),
    });
    fc.assert(
      fc.property(any, ({ gpus, experts, slots }) => {
        const made = gpusOf({ gpus, nodes: 1, slots, experts });
        if ("reason" in made) {
          expect(slots < gpus || slots > experts * gpus).toBe(true);
          return;
        }
        expect(made.slots.reduce((sum, own) => sum + own, 0)).toBe(slots);
        expect(Math.max(...made.slots) - Math.min(...made.slots)).toBeLessThanOrEqual(1);
        expect(Math.max(...made.slots)).toBeLessThanOrEqual(experts);
      }),
    );
  });
});

describe("a fault of the GPUs", () => {
  it.each<[string, Partial<GpuCounts>, string, RegExp]>([
    ["more nodes than GPUs", { nodes: 5 }, "nodes", /5 nodes of 4 GPUs/],
    ["more GPUs than slots", { slots: 3 }, "slots", /GPU 3 would hold no expert/],
    ["a stated GPU without slots", { constraints: { slots: [5, 5, 0, 0] } }, "gpus.slots[2]", /no expert/],
    ["too few numbers", { constraints: { slots: [5, 5] } }, "gpus.slots", /2 numbers for 4 GPUs/],
    ["another sum", { constraints: { slots: [3, 3, 3, 3] } }, "gpus.slots", /sum to 12, and 10/],
    ["a GPU that there is not", { constraints: { excluded: [0, 9] } }, "gpus.excluded[1]", /no GPU 9/],
    ["a speed of none", { constraints: { speeds: new Map([[4, 0.5]]) } }, "gpus.speeds", /no GPU 4/],
    ["nothing left", { constraints: { excluded: [0, 1, 2, 3] } }, "gpus.excluded", /no GPU is left/],
    ["a GPU with an expert twice", { constraints: { slots: [9, 1, 0, 0] } }, "gpus.slots[0]", /at most once/],
    ["too many for the GPUs", { slots: 33 }, "slots", /room for 32/],
    ["too many for memory", { slotBytes: 10, constraints: { memoryBytes: 20 } }, "slots", /room for 8/],
    [
      "stated beyond memory",
      { slotBytes: 10, constraints: { slots: [4, 2, 2, 2], memoryBytes: 30 } },
      "gpus.slots[0]",
      /holds 3 experts/,
    ],
  ])("%s", (_, change, place, reason) => {
    const fault = faultOf({ ...counts, ...change });
    expect(fault.place).toBe(place);
    expect(fault.reason).toMatch(reason);
  });
});
