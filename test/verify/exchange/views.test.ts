// What the verifier makes of routes by itself is what the format's expansion makes of them, message by message; and so are the
// operations and rows that it counts without expanding anything.
import fc from "fast-check";
import { expect, test } from "vitest";
import { forEachPiece, railsOf, type ExchangePlan, type Piece } from "../../../src/exchange-plan/index.js";
import { holdingsOf } from "../../../src/verify/exchange/holdings.js";
import { operationsOf } from "../../../src/verify/exchange/operations.js";
import { forEachPart } from "../../../src/verify/exchange/views.js";
import { anyPlan } from "./random-plans.js";

const small = anyPlan({ mostNodes: 4, mostRanks: 4 });

/** Rows of each message in order, as text. */
function messagesOf(plan: ExchangePlan): Map<string, string[]> {
  const messages = new Map<string, string[]>();
  forEachPiece(plan, (piece) => {
    if (piece.from === piece.to) return;
    const key = `${piece.launch}: ${piece.from} to ${piece.to}`;
    const of = piece.carries === "copies" ? piece.destination * plan.ranks_per_node : piece.destination;
    messages.set(key, [...(messages.get(key) ?? []), `${piece.source} for ${of}, hop ${piece.hop}`]);
  });
  return messages;
}

test.each(["sends", "expects"] as const)("what each rank %s is what routes expand to", (end) => {
  fc.assert(
    fc.property(small, (plan) => {
      const found = new Map<string, string[]>();
      for (let rank = 0; rank < plan.ranks; rank++)
        forEachPart(plan, rank, end, ({ launch, peer, source, destination, hop, route, rail }) => {
          if (peer === rank) return;
          const { spread, share } = plan.routes[route]!;
          // The expansion leaves out what is empty, and so do the shares of a rail.
          const begins =
            spread === undefined ? [share[0], share[1]] : railsOf(plan, spread, source, destination);
          if (begins[rail] === begins[rail + 1]) return;
          const [from, to] = end === "sends" ? [rank, peer] : [peer, rank];
          const key = `${launch}: ${from} to ${to}`;
          found.set(key, [...(found.get(key) ?? []), `${source} for ${destination}, hop ${hop}`]);
        });
      const sorted = (messages: Map<string, string[]>): unknown => [...messages].sort();
      expect(sorted(found)).toEqual(sorted(messagesOf(plan)));
    }),
    { numRuns: 60 },
  );
});

test("operations are those of the expansion, where all rails are used", () => {
  fc.assert(
    fc.property(small, (plan) => {
      const even = Array.from({ length: plan.ranks_per_node }, () => 65_536 / plan.ranks_per_node);
      const full = {
        ...plan,
        spreads: plan.spreads.map(({ by, rails }) => ({ by, rails: rails.map(() => even) })),
      };
      const most = plan.launches.map(() => new Map<number, number>());
      for (const key of messagesOf(full).keys()) {
        const [launch, from, to] = key.split(/: | to /).map(Number);
        for (const rank of [from!, to!]) most[launch!]!.set(rank, (most[launch!]!.get(rank) ?? 0) + 1);
      }
      expect(operationsOf(full).map(({ sends, receives }) => sends + receives)).toEqual(
        most.map((each) => Math.max(0, ...each.values())),
      );
    }),
    { numRuns: 100 },
  );
});

test("rows held for others and packed are those of the expansion", () => {
  fc.assert(
    fc.property(small, fc.array(fc.nat(20), { minLength: 256, maxLength: 256 }), (plan, numbers) => {
      const { ranks, ranks_per_node: size } = plan;
      const rows = (source: number, destination: number): number => numbers[source * 16 + destination]!;
      const profiles = Array.from({ length: ranks }, (_, source) =>
        Array.from({ length: ranks }, (__, destination) => rows(source, destination)),
      );
      // As though one in a node had all of its rows' tokens.
      const copies = (source: number, node: number): number =>
        Math.max(...Array.from({ length: size }, (_, at) => rows(source, node * size + at)));
      const of = Array.from({ length: ranks }, (_, rank) => rank);
      const demand = {
        rows: { profiles, of },
        copies: {
          profiles: of.map((source) =>
            Array.from({ length: ranks / size }, (_, node) => copies(source, node)),
          ),
          of,
        },
      };
      const held = new Float64Array(ranks);
      const sent = plan.launches.map(() => new Float64Array(ranks));
      const dispatch = { ...plan, demand, direction: "dispatch" as const, partial_sums: false };
      const has = ({ carries, source, destination, begin, end }: Piece): number =>
        (carries === "copies" ? copies(source, destination) : rows(source, destination)) * (end - begin);
      forEachPiece(dispatch, (piece) => {
        const { launch, from, to, last } = piece;
        sent[launch]![from] = sent[launch]![from]! + has(piece);
        if (!last) held[to] = held[to]! + has(piece);
      });
      const found = holdingsOf(dispatch);
      for (let rank = 0; rank < ranks; rank++) {
        expect(found.held[rank]).toBeCloseTo(held[rank]!, 6);
        expect(found.packed[rank]).toBeCloseTo(Math.max(...sent.map((each) => each[rank]!)), 6);
      }
    }),
    { numRuns: 60 },
  );
});
