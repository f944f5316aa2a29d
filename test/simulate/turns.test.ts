// What is expected where replicas share tokens by turns is what the routing function gives: for any turns, any numbers of slots on
// ranks, any tokens.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { slotsOfPairs } from "../../src/operators/dispatch/slot-of.cpu.js";
import { layerTables } from "../../src/passes/place/tables.js";
import { slotBegins } from "../../src/place/index.js";
import { AtomSpace, PlanIndex, sharesWithCopies, type LaunchPlan } from "../../src/plan/index.js";
import { amountsOf } from "../../src/run/amounts.js";
import { droppedShare } from "../../src/simulate/dropped.js";
import { Traffic } from "../../src/simulate/traffic.js";
import { tinyPlan, transfer } from "./tiny-plan.js";

/** [expert][rank] the turns of its replica there; 0 where it has none. */
type Turns = readonly (readonly number[])[];

interface Given {
  readonly turns: Turns;
  readonly tokens: number;
  readonly loads: readonly number[];
}

const anyTurns: fc.Arbitrary<Given> = fc
  .record({
    ranks: fc.integer({ min: 1, max: 5 }),
    experts: fc.integer({ min: 1, max: 4 }),
    tokens: fc.integer({ min: 1, max: 40 }),
  })
  .chain(({ ranks, experts, tokens }) =>
    fc.record({
      tokens: fc.constant(tokens),
      loads: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: experts, maxLength: experts }),
      turns: fc.array(
        fc
          .array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 5 })), {
            minLength: ranks,
            maxLength: ranks,
          })
          .filter((each) => each.some((turns) => turns > 0)),
        { minLength: experts, maxLength: experts },
      ),
    }),
  );

/** A plan whose slots are those that turns name, rank after rank; a token chooses so many experts. */
function planOf({ turns, tokens, loads }: Given, topK: number): LaunchPlan {
  const ranks = turns[0]!.length;
  const slots = Array.from({ length: ranks }, (_, rank) =>
    turns.flatMap((each, expert) => (each[rank]! > 0 ? [{ expert, turns: each[rank]! }] : [])),
  );
  const all = slots.flat();
  const sum = loads.reduce((before, each) => before + each, 0);
  const plan = tinyPlan({ ranks, tokens, topK, launches: [transfer("dispatch")] });
  return {
    ...plan,
    routing: plan.routing.map((each) => ({ ...each, loads: [loads.map((load) => load / sum)] })),
    placements: plan.placements.map((each) => ({
      ...each,
      ...{ experts: turns.length, slots: all.length, slot_begin: slotBegins(slots.map((own) => own.length)) },
      layers: [
        layerTables(
          { expertOfSlot: all.map(({ expert }) => expert), turns: all.map(({ turns: own }) => own) },
          turns.length,
        ),
      ],
    })),
  };
}

/** [source][slot] tokens that go there where every token chooses every expert, as the dispatch's kernel counts them. */
function counted({ placements: [placement] }: LaunchPlan, { turns, tokens }: Given): number[][] {
  const [tables] = placement!.layers;
  const experts = turns.length;
  const chosen = Array.from({ length: tokens * experts }, (_, pair) => pair % experts);
  const u32 = Uint32Array.from([...chosen, ...tables!.replica_begin, ...tables!.replica_slot]);
  return turns[0]!.map((_, rank) => {
    const begin = chosen.length;
    const rows = new Array<number>(placement!.slots).fill(0);
    const pairs = slotsOfPairs(u32, {
      ...{ chosen: 0, replica_begin: begin, replica_slot: begin + experts + 1 },
      ...{ tokens, top_k: experts, rank },
    });
    for (const slot of pairs) rows[slot]!++;
    return rows;
  });
}

describe("for any turns", () => {
  it("expected rows are those that the dispatch counts", () => {
    fc.assert(
      fc.property(anyTurns, (given) => {
        const all = { ...given, loads: given.turns.map(() => 1) };
        const plan = planOf(all, given.turns.length);
        const traffic = new Traffic(new PlanIndex(plan)).of("moe", 0);
        counted(plan, given).forEach((rows, source) =>
          rows.forEach((each, slot) => expect(traffic.rowsOf(source, slot)).toBeCloseTo(each, 9)),
        );
      }),
    );
  });

  it("what a capacity drops is what exceeds it of these", () => {
    fc.assert(
      fc.property(anyTurns, fc.integer({ min: 1, max: 20 }), (given, rows) => {
        const experts = given.turns.length;
        const plan = planOf({ ...given, loads: given.turns.map(() => 1) }, experts);
        // Rounded up.
        const capacity = ((rows - 0.5) * plan.placements[0]!.slots) / (given.tokens * experts);
        const exchanges = plan.exchanges.map((each) => ({
          ...each,
          ...{ tokens: { policy: "capacity" as const, factor: capacity } },
          atom_rows: { expr: rows, value: rows },
        }));
        const counts = counted(plan, given).flat();
        const dropped = counts.reduce((sum, each) => sum + Math.max(0, each - rows), 0);
        const share = dropped / (given.turns[0]!.length * given.tokens * experts);
        expect(droppedShare(new PlanIndex({ ...plan, exchanges }))).toBeCloseTo(share, 9);
      }),
    );
  });

  it("the messages of an execution are priced alike, and by whole rounds exactly", () => {
    fc.assert(
      fc.property(anyTurns, (given) => {
        const round = given.turns.reduce((all, each) => all * each.reduce((sum, own) => sum + own, 0), 1);
        fc.pre(round <= 2000);
        const plan = planOf({ ...given, tokens: round }, 1);
        const traffic = new Traffic(new PlanIndex(plan)).of("moe", 0);
        // A row has 1000 bytes.
        const bytes = traffic.sent.reduce((sum, each) => sum + 1000 * each, 0);
        expect(amountsOf(plan).bytes).toBeCloseTo(bytes, 3);
      }),
    );
  });

  it("a node gets the tokens of an expert whose turns are of slots there", () => {
    fc.assert(
      fc.property(anyTurns, (given) => {
        const { placements, routing } = planOf(given, 1);
        const [placement] = placements;
        const space = new AtomSpace({ ranks_per_node: 1 }, placement!);
        const loads = routing[0]!.loads[0]!;
        const shares = sharesWithCopies(
          ...([loads, placement!.layers[0]!, space, { topK: 1, groups: 1, topGroups: 1 }] as const),
          ...([space.nodes, space.nodeOf] as const),
        );
        shares.forEach((share, rank) => {
          const expected = given.turns.reduce(
            (sum, each, expert) =>
              sum + (loads[expert]! * each[rank]!) / each.reduce((all, own) => all + own, 0),
            0,
          );
          expect(share).toBeCloseTo(expected, 9);
        });
      }),
    );
  });
});
