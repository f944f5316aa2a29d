// The tables of a placement: whose turn it is, worked out by hand and for any turns.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layerTables } from "../../src/passes/place/tables.js";

const tables = (slots: readonly (readonly [expert: number, turns: number])[], experts: number) =>
  layerTables(
    { expertOfSlot: slots.map(([expert]) => expert), turns: slots.map(([, turns]) => turns) },
    experts,
  );

describe("the turns of an expert", () => {
  it("are its slots in order, where they share evenly", () => {
    expect(
      tables(
        [
          [1, 1],
          [0, 1],
          [0, 1],
          [1, 1],
          [2, 1],
        ],
        3,
      ),
    ).toEqual({
      expert_of_slot: [1, 0, 0, 1, 2],
      replica_begin: [0, 2, 4, 5],
      replica_slot: [1, 2, 0, 3, 4],
    });
  });

  it("make the shortest round with the same shares", () => {
    expect(
      tables(
        [
          [0, 6],
          [0, 6],
        ],
        1,
      ).replica_slot,
    ).toEqual([0, 1]);
    expect(
      tables(
        [
          [0, 6],
          [0, 4],
        ],
        1,
      ).replica_slot,
    ).toEqual([0, 1, 0, 1, 0]);
    expect(tables([[0, 7]], 1).replica_slot).toEqual([0]);
  });

  it("lie apart: a token between two of the slot that takes most", () => {
    expect(
      tables(
        [
          [0, 3],
          [0, 1],
        ],
        1,
      ).replica_slot,
    ).toEqual([0, 0, 1, 0]);
    expect(
      tables(
        [
          [0, 5],
          [0, 2],
          [0, 1],
        ],
        1,
      ).replica_slot,
    ).toEqual([0, 1, 0, 0, 2, 0, 1, 0]);
  });

  const anyTurns = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 });

  it("are as many as a slot's share of the round", () => {
    fc.assert(
      fc.property(anyTurns, (turns) => {
        const round = tables(
          turns.map((each) => [0, each]),
          1,
        ).replica_slot;
        const all = turns.reduce((sum, each) => sum + each, 0);
        turns.forEach((each, slot) => {
          expect(round.filter((other) => other === slot).length * all).toBe(each * round.length);
        });
      }),
    );
  });

  it("never lag by as much as a turn for each slot, wherever the tokens of a source end", () => {
    fc.assert(
      fc.property(anyTurns, (turns) => {
        const round = tables(
          turns.map((each) => [0, each]),
          1,
        ).replica_slot;
        const all = turns.reduce((sum, each) => sum + each, 0);
        for (let end = 0; end <= round.length; end++)
          turns.forEach((each, slot) => {
            const taken = round.slice(0, end).filter((other) => other === slot).length;
            expect(Math.abs(taken - (end * each) / all)).toBeLessThan(turns.length);
          });
      }),
    );
  });
});
