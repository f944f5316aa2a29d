// Placements in the shapes that EPLB, SGLang and vLLM load, and read back from there.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  emitPlacement,
  isRefusal,
  placementTargets,
  type EmittedPlacement,
  type PlacementTables,
  type PlacementTarget,
} from "../../../src/emit/placement/index.js";
import { parsePlacement } from "../../../src/importers/placements.js";
import { placements, small } from "./tables.js";

function emitted(target: PlacementTarget, tables: PlacementTables): EmittedPlacement {
  const result = emitPlacement(target, tables);
  if (isRefusal(result)) throw new Error(result.reason);
  return result;
}
const dataOf = (target: PlacementTarget, tables: PlacementTables): unknown =>
  JSON.parse(emitted(target, tables).text);

/** Slots through the GPUs: in the first layer the fourth and the last change places. */
const PHYSICAL = [
  [0, 1, 2, 1, 3, 0],
  [0, 2, 0, 1, 0, 3],
];

describe("a placement for EPLB", () => {
  it("is what rebalance_experts returns, filled up with -1", () => {
    expect(dataOf("eplb", small)).toEqual({
      physical_to_logical_map: PHYSICAL,
      logical_to_physical_map: [
        [
          [0, 5, -1],
          [1, 3, -1],
          [2, -1, -1],
          [4, -1, -1],
        ],
        [
          [0, 2, 4],
          [3, -1, -1],
          [1, -1, -1],
          [5, -1, -1],
        ],
      ],
      expert_count: [
        [2, 2, 1, 1],
        [3, 1, 1, 1],
      ],
    });
  });
});

describe("a placement for SGLang", () => {
  it("is the map alone, since SGLang takes every key for an argument", () => {
    expect(dataOf("sglang", small)).toEqual({ physical_to_logical_map: PHYSICAL });
  });

  it("says how it is loaded", () => {
    expect(emitted("sglang", small).loading).toContain(
      "--init-expert-location FILE.json --ep-num-redundant-experts 2 --ep-size 3",
    );
  });
});

describe("a placement for vLLM", () => {
  it("is one line: the initial mapping, and the maps of EplbState", () => {
    const { text, loading } = emitted("vllm", small);
    expect(text.trimEnd()).not.toContain("\n");
    expect(JSON.parse(text)).toMatchObject({
      record_type: "eplb_initial_mapping",
      version: 1,
      num_redundant_experts: 2,
      num_slots: 6,
      initial_global_assignments: { "0": PHYSICAL[0], "1": PHYSICAL[1] },
      physical_to_logical_map: PHYSICAL,
      logical_replica_count: [
        [2, 2, 1, 1],
        [3, 1, 1, 1],
      ],
    });
    expect(loading).toContain('"initial_mapping_path": "FILE"');
  });

  it("has room for every redundant expert in its map from experts, as EplbState documents it; EPLB's has for those there are", () => {
    const first = {
      ...small,
      physicalToLogical: small.physicalToLogical.slice(0, 1),
      gpuOfSlot: small.gpuOfSlot.slice(0, 1),
      split: small.split.slice(0, 1),
    };
    const own = [
      [0, 5],
      [1, 3],
      [2, -1],
      [4, -1],
    ];
    expect(dataOf("eplb", first)).toMatchObject({ logical_to_physical_map: [own] });
    expect(dataOf("vllm", first)).toMatchObject({
      logical_to_physical_map: [own.map((row) => [...row, -1])],
    });
  });
});

describe("a placement that others cannot have", () => {
  it.each(placementTargets)("as it is, for %s: unequal slots are refused", (target) => {
    const unequal = { ...small, gpuOfSlot: [small.gpuOfSlot[0]!, [0, 0, 0, 1, 2, 2]] };
    expect(emitPlacement(target, unequal)).toMatchObject({
      reason: expect.stringMatching(
        / has as many experts on every GPU, and in layer 1 GPU 0 has 3 and GPU 1 has 1$/,
      ) as string,
    });
  });

  it.each(placementTargets)(
    "as it is, for %s: uneven shares are noted, with what an even split costs",
    (target) => {
      const uneven = {
        ...small,
        split: [small.split[0]!, [0.5, 1, 0.25, 1, 0.25, 1]],
        balancedness: [0.9, 0.7],
      };
      expect(emitted(target, small).notes).toEqual([]);
      expect(emitted(target, uneven).notes).toEqual([
        expect.stringMatching(
          /gives the replicas of an expert equal shares of its tokens; 3 slots in 1 layer were to take another share\. Shared equally, its balancedness is 0\.800 over layers, and 0\.700 in the worst\.$/,
        ),
      ]);
    },
  );
});

describe("a round trip", () => {
  it.each(placementTargets)("through the file for %s keeps every placement", (target) => {
    fc.assert(
      fc.property(placements, (tables) => {
        const { experts, gpus, physicalToLogical, gpuOfSlot } = tables;
        expect(parsePlacement(emitted(target, tables).text, { experts, gpus })).toEqual({
          physicalToLogical,
          gpuOfSlot,
        });
      }),
    );
  });

  it("lists each expert's physical experts, and no other", () => {
    fc.assert(
      fc.property(placements, (tables) => {
        const { physical_to_logical_map: map, logical_to_physical_map: back } = dataOf("eplb", tables) as {
          physical_to_logical_map: number[][];
          logical_to_physical_map: number[][][];
        };
        map.forEach((row, layer) => {
          const listed = back[layer]!.flatMap((slots, expert) =>
            slots.filter((slot) => slot >= 0).map((slot) => [slot, expert]),
          );
          expect(listed.sort(([one], [other]) => one! - other!)).toEqual(
            row.map((expert, slot) => [slot, expert]),
          );
        });
      }),
    );
  });
});
