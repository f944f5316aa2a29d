// What makes a placement impossible is found, and nothing else: groups against all packings tried out.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placeFaults, type LayerPrices, type PlaceProblem } from "../../src/place/index.js";

const prices: LayerPrices = {
  ...{ tokensPerGpu: 1, dispatchBytes: 1, combineBytes: 1, fastRate: 1, slowRate: 1, expertBytes: 1 },
  expertsUs: (rows) => rows.reduce((sum, each) => sum + each, 0),
};

interface Shape {
  readonly experts?: number;
  readonly groups?: number;
  readonly slots?: readonly number[];
  readonly nodeOf?: readonly number[];
  readonly hard?: boolean;
  readonly pins?: PlaceProblem["pins"];
}
const problemOf = ({
  experts = 8,
  groups = 4,
  slots = [3, 3, 3, 3],
  nodeOf = [0, 0, 1, 1],
  hard = false,
  pins = [],
}: Shape): PlaceProblem => ({
  loads: [new Array<number>(experts).fill(1)],
  gpus: { nodeOf, slots, speeds: slots.map(() => 1) },
  gate: { topK: 1, groups, topGroups: groups },
  groupRule: hard ? "hard" : "priced",
  pins,
  prices,
});

describe("faults of a placement", () => {
  it("are none where there is a placement", () => {
    expect(placeFaults(problemOf({}))).toEqual([]);
    expect(placeFaults(problemOf({ hard: true, pins: [{ expert: 3, gpu: 1 }] }))).toEqual([]);
  });

  it.each<[string, Shape, string, RegExp]>([
    ["fewer slots than experts", { slots: [2, 2, 2, 1] }, "slots", /7 for 8 experts/],
    ["more slots than replicas", { experts: 3, slots: [3, 3, 3, 4] }, "slots", /13, and 4 GPUs/],
    ["a GPU with an expert twice", { experts: 4, slots: [5, 1] }, "gpus.slots[0]", /5 slots for 4 experts/],
    ["an expert that there is not", { pins: [{ expert: 8, gpu: 0 }] }, "pinned[0].expert", /no expert 8/],
    ["a GPU that there is not", { pins: [{ expert: 7, gpu: 4 }] }, "pinned[0].gpu", /no GPU 4/],
    ["an excluded GPU", { slots: [4, 4, 4, 0], pins: [{ expert: 7, gpu: 3 }] }, "pinned[0].gpu", /excluded/],
    [
      "the same pin twice",
      {
        pins: [
          { expert: 7, gpu: 3 },
          { expert: 7, gpu: 3 },
        ],
      },
      "pinned[1]",
      /repeats pinned\[0\]/,
    ],
    [
      "more pins than slots",
      { slots: [1, 3, 3, 3], pins: [0, 1].map((expert) => ({ expert, gpu: 0 })) },
      "pinned[1].gpu",
      /has 1 slot,/,
    ],
    [
      "pins that leave no slot to others",
      { slots: [2, 2, 2, 2], pins: [0, 1].map((gpu) => ({ expert: 0, gpu })) },
      "pinned",
      /make 9 slots, and there are 8/,
    ],
    [
      "a group on two nodes",
      {
        hard: true,
        pins: [
          { expert: 0, gpu: 0 },
          { expert: 1, gpu: 2 },
        ],
      },
      "pinned",
      /group 0 are pinned to several nodes/,
    ],
    [
      "a group larger than a node",
      { hard: true, experts: 14, groups: 2, slots: [5, 5, 4], nodeOf: [0, 1, 2] },
      "groups",
      /7 experts, and no node has more than 5/,
    ],
    [
      "groups that do not pack",
      { hard: true, groups: 2, nodeOf: [0, 0, 0, 1], slots: [2, 2, 1, 3] },
      "groups",
      /2 groups of 4 experts cannot be packed to 2 nodes/,
    ],
  ])("%s", (_, shape, place, reason) => {
    const [fault] = placeFaults(problemOf(shape));
    expect(fault?.place).toBe(place);
    expect(fault?.reason).toMatch(reason);
  });

  it("are found of hard groups exactly where no packing of groups to nodes is possible", () => {
    const any = fc.record({
      experts: fc.integer({ min: 1, max: 9 }),
      groups: fc.integer({ min: 1, max: 4 }),
      slots: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 5 }),
      firstNode: fc.integer({ min: 1, max: 5 }),
      pins: fc.array(fc.record({ expert: fc.nat(8), gpu: fc.nat(4) }), { maxLength: 3 }),
    });
    let [possible, impossible] = [0, 0];
    fc.assert(
      fc.property(any, ({ experts, groups, slots, firstNode, pins }) => {
        const nodeOf = slots.map((_, gpu) => (gpu < firstNode ? 0 : 1));
        const shape = { experts, groups: Math.min(groups, experts), slots, nodeOf, pins };
        fc.pre(placeFaults(problemOf(shape)).length === 0);
        const packs = shape.groups === 1 || somePacking(problemOf(shape));
        if (packs) possible++;
        else impossible++;
        expect(placeFaults(problemOf({ ...shape, hard: true })).length === 0).toBe(packs);
      }),
      { numRuns: 600 },
    );
    expect(Math.min(possible, impossible)).toBeGreaterThan(30);
  });
});

/** Tries every way to give groups to nodes: a node's slots must hold its experts and pins, and its GPUs need so many of them. */
function somePacking({ loads, gpus, gate, pins }: PlaceProblem): boolean {
  const experts = loads[0]!.length;
  const size = Math.ceil(experts / gate.groups);
  const count = Math.ceil(experts / size);
  const nodes = Math.max(...gpus.nodeOf) + 1;
  for (let code = 0; code < nodes ** count; code++) {
    const nodeOfExpert = (expert: number): number =>
      Math.floor(code / nodes ** Math.floor(expert / size)) % nodes;
    if (pins.some(({ expert, gpu }) => nodeOfExpert(expert) !== gpus.nodeOf[gpu])) continue;
    const suits = Array.from({ length: nodes }, (_, node) => {
      const own = Array.from({ length: experts }, (_, expert) => expert).filter(
        (expert) => nodeOfExpert(expert) === node,
      );
      const slots = gpus.slots.filter((_, gpu) => gpus.nodeOf[gpu] === node);
      const needed = own.reduce(
        (sum, expert) => sum + Math.max(1, pins.filter((pin) => pin.expert === expert).length),
        0,
      );
      return (
        needed <= slots.reduce((sum, each) => sum + each, 0) && slots.every((each) => each <= own.length)
      );
    });
    if (suits.every(Boolean)) return true;
  }
  return false;
}
