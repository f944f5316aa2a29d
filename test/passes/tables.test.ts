// The tables of a placement: whose turn it is, worked out by hand and for any turns.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layerTables } from "../../src/passes/place/tables.js";

/** The round of one expert in slots 0, 1, ... that take so many turns. */
const roundOf = (...turns: readonly number[]): readonly number[] =>
  layerTables({ expertOfSlot: turns.map(() => 0), turns }, 1).replica_slot;

describe("the turns of an expert", () => {
  it("are its slots in order, where they share evenly", () => {
    expect(layerTables({ expertOfSlot: [1, 0, 0, 1, 2], turns: [1, 1, 1, 1, 1] }, 3)).toEqual({
      expert_of_slot: [1, 0, 0, 1, 2],
      replica_begin: [0, 2, 4, 5],
      replica_slot: [1, 2, 0, 3, 4],
    });
  });

  it("make the shortest round with the same shares", () => {
    expect(roundOf(6, 6)).toEqual([0, 1]);
    expect(roundOf(6, 4)).toEqual([0, 0, 0, 1, 1]);
    expect(roundOf(7)).toEqual([0]);
  });

  it("follow one another, slot by slot", () => {
    expect(roundOf(3, 1)).toEqual([0, 0, 0, 1]);
    expect(roundOf(1, 5, 2)).toEqual([0, 1, 1, 1, 1, 1, 2, 2]);
  });

  it("are on the same ranks for experts that are shared alike, so that a token finds both together", () => {
    // Experts 0 and 1 on three ranks of two slots.
    const expertOfSlot = [0, 1, 1, 0, 0, 1];
    const tables = layerTables({ expertOfSlot, turns: [2, 2, 1, 1, 1, 1] }, 2);
    const ranksOf = (expert: number) =>
      tables.replica_slot
        .slice(tables.replica_begin[expert], tables.replica_begin[expert + 1])
        .map((slot) => Math.floor(slot / 2));
    expect(ranksOf(0)).toEqual([0, 0, 1, 2]);
    expect(ranksOf(1)).toEqual(ranksOf(0));
  });

  it("are as many as a slot's share of the round", () => {
    const anyTurns = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(anyTurns, (turns) => {
        const round = roundOf(...turns);
        const all = turns.reduce((sum, each) => sum + each, 0);
        turns.forEach((each, slot) => {
          expect(round.filter((other) => other === slot).length * all).toBe(each * round.length);
        });
      }),
    );
  });
});
