// Placements that serve now: what is read, and the place of what is wrong with one.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isFault } from "../../src/importers/loads/index.js";
import { parsePlacement } from "../../src/importers/placements.js";
import { small } from "../emit/placement/tables.js";
import { faultOf } from "./loads/reading.js";

const SHAPE = { experts: 4, gpus: 3 };
const own = {
  format: "weft.place/1",
  ok: true,
  physical_to_logical: small.physicalToLogical,
  gpu_of_slot: small.gpuOfSlot,
  split: small.split,
};
const read = (data: unknown, shape = SHAPE): unknown => parsePlacement(JSON.stringify(data), shape);
const faultIn = (data: unknown, shape: Parameters<typeof parsePlacement>[1] = SHAPE): string =>
  faultOf(parsePlacement(JSON.stringify(data), shape));

describe("a placement", () => {
  it("is what weft place --json prints", () => {
    const { physicalToLogical, gpuOfSlot, split } = small;
    expect(read(own)).toEqual({ physicalToLogical, gpuOfSlot, split });
  });

  it("needs no split, and may have unequal slots", () => {
    const gpus = [[0, 0, 0, 1, 2, 2]];
    expect(read({ physical_to_logical: [[0, 1, 2, 3, 0, 1]], gpu_of_slot: gpus })).toEqual({
      physicalToLogical: [[0, 1, 2, 3, 0, 1]],
      gpuOfSlot: gpus,
    });
  });

  it("of a system that says no GPUs has slots in equal runs, and may have an expert twice on one", () => {
    expect(read({ physical_to_logical_map: [[0, 0, 1, 2, 3, 1]] })).toEqual({
      physicalToLogical: [[0, 0, 1, 2, 3, 1]],
      gpuOfSlot: [[0, 0, 1, 1, 2, 2]],
    });
  });

  it("of vLLM's initial mapping has its layers by number", () => {
    const row = [0, 1, 2, 3];
    const layers = Object.fromEntries(
      Array.from({ length: 11 }, (_, layer) => [String(layer), layer === 10 ? [3, 2, 1, 0] : row]),
    );
    const placement = parsePlacement(
      JSON.stringify({ record_type: "eplb_initial_mapping", initial_global_assignments: layers }),
      { experts: 4, gpus: 2 },
    );
    expect(isFault(placement) ? [] : placement.physicalToLogical[10]).toEqual([3, 2, 1, 0]);
  });
});

describe("a placement is refused", () => {
  it.each<readonly [string, unknown, string]>([
    ["that is a matrix", [[0, 1, 2, 3]], "the file: it is a list, not an object"],
    ["that is none", { rank: 0 }, "the file: it holds no placement, only rank"],
    [
      "without a layer",
      { physical_to_logical_map: [] },
      "physical_to_logical_map: a list with the slots of each layer has nothing in it",
    ],
    [
      "with an expert beyond the loads'",
      { physical_to_logical_map: [[0, 1, 2, 3, 4, 0]] },
      "physical_to_logical_map, layer 0, slot 4: it is 4, not a whole number from 0 to 3",
    ],
    ["with a negative expert", { physical_to_logical_map: [[0, 1, 2, 3, -1, 0]] }, "slot 4: it is -1"],
    [
      "without a slot of some expert",
      { physical_to_logical_map: [[0, 1, 2, 0, 1, 2]] },
      "physical_to_logical_map, layer 0: expert 3 has no slot",
    ],
    [
      "whose slots do not divide by the GPUs",
      { physical_to_logical_map: [[0, 1, 2, 3]] },
      "layer 0: its 4 slots do not divide by 3 GPUs",
    ],
    [
      "with a GPU out of range",
      {
        ...own,
        gpu_of_slot: [
          [0, 0, 1, 1, 2, 3],
          [0, 0, 1, 1, 2, 2],
        ],
      },
      "gpu_of_slot, layer 0, slot 5: it is 3, not a whole number from 0 to 2",
    ],
    [
      "with the GPUs of fewer layers",
      { ...own, gpu_of_slot: [[0, 0, 1, 1, 2, 2]] },
      "gpu_of_slot: it has 1 layer, and the slots have experts in 2",
    ],
    [
      "with the GPUs of fewer slots",
      {
        ...own,
        gpu_of_slot: [
          [0, 0],
          [0, 0],
        ],
      },
      "gpu_of_slot, layer 0: it has 2 slots, and 6 have experts",
    ],
    [
      "with a share of nothing",
      { ...own, split: [[1, 0.5, 1, 1, 0, 0.5], small.split[1]] },
      "split, layer 0, slot 4: it is 0, and no share",
    ],
    [
      "with shares that sum to more",
      { ...own, split: [[0.6, 0.5, 1, 1, 0.6, 0.5], small.split[1]] },
      "split, layer 0: the shares of expert 0 sum to 1.2",
    ],
    [
      "with layers that are not numbered",
      { initial_global_assignments: { first: [0, 1, 2, 3] } },
      'initial_global_assignments, a layer: it is "first"',
    ],
  ])("%s", (_, data, fault) => {
    expect(faultIn(data)).toContain(fault);
  });

  it("of another model", () => {
    expect(faultIn(own, { ...SHAPE, layers: 58 })).toBe(
      "physical_to_logical: it has 2 layers, and the loads have 58",
    );
  });

  it("that is cut short or empty", () => {
    expect(faultOf(parsePlacement(JSON.stringify(own).slice(0, 60), SHAPE))).toContain(
      "the end of the file: ",
    );
    expect(faultOf(parsePlacement("", SHAPE))).toBe("the file: it is empty");
  });

  it("or read, whatever it is", () => {
    const anything = fc.record(
      {
        physical_to_logical: fc.jsonValue(),
        physical_to_logical_map: fc.array(fc.array(fc.integer({ min: -1, max: 4 }))),
        initial_global_assignments: fc.jsonValue(),
        gpu_of_slot: fc.array(fc.array(fc.integer({ min: -1, max: 3 }))),
        split: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(anything, (data) => {
        const placement = parsePlacement(JSON.stringify(data), SHAPE);
        if (isFault(placement)) expect(placement.place).not.toBe("");
        else
          expect(placement.gpuOfSlot.map((row) => row.length)).toEqual(
            placement.physicalToLogical.map((row) => row.length),
          );
      }),
    );
  });
});
