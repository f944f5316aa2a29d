// Placements for tests: a small one whose files stand beside the tests, and any that systems with equal slots can have.
import fc from "fast-check";
import type { PlacementTables } from "../../../src/emit/placement/index.js";

/** Four experts on three GPUs with two slots each, those of the first layer not in the order of their GPUs. */
export const small: PlacementTables = {
  physicalToLogical: [
    [0, 1, 2, 3, 0, 1],
    [0, 2, 0, 1, 0, 3],
  ],
  gpuOfSlot: [
    [0, 0, 1, 2, 2, 1],
    [0, 0, 1, 1, 2, 2],
  ],
  split: [
    [0.5, 0.5, 1, 1, 0.5, 0.5],
    [1 / 3, 1, 1 / 3, 1, 1 / 3, 1],
  ],
  experts: 4,
  gpus: 3,
  nodes: 1,
};

/** Placements with as many slots on every GPU, every expert in some slot, and slots numbered through the GPUs. */
export const placements: fc.Arbitrary<PlacementTables> = fc
  .record({
    experts: fc.integer({ min: 1, max: 12 }),
    gpus: fc.integer({ min: 1, max: 6 }),
    layers: fc.integer({ min: 1, max: 3 }),
    spare: fc.nat(2),
  })
  .chain(({ experts, gpus, layers, spare }) => {
    const own = Math.ceil(experts / gpus) + spare;
    const slots = own * gpus;
    const layer = fc
      .array(fc.nat(experts - 1), { minLength: slots - experts, maxLength: slots - experts })
      .chain((extra) =>
        fc.shuffledSubarray([...Array(experts).keys(), ...extra], { minLength: slots, maxLength: slots }),
      );
    return fc.array(layer, { minLength: layers, maxLength: layers }).map((physicalToLogical) => ({
      physicalToLogical,
      gpuOfSlot: physicalToLogical.map((row) => row.map((_, slot) => Math.floor(slot / own))),
      split: physicalToLogical.map((row) =>
        row.map((expert) => 1 / row.filter((other) => other === expert).length),
      ),
      experts,
      gpus,
      nodes: 1,
    }));
  });
