// Counts of a routing, held against counting anew; and rows of pieces with them, which together are all rows once.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  countsOfRouting,
  forEachPiece,
  routingOfRows,
  rowsOfPiece,
  type Routing,
} from "../../src/exchange-plan/index.js";
import { planOf } from "../exchange/plans.js";

const ranks = 6;
const shape = { ranks, ranks_per_node: 3 };
const routings: fc.Arbitrary<Routing> = fc.array(
  fc.array(fc.subarray([...Array(ranks).keys()]), { maxLength: 9 }),
  { minLength: ranks, maxLength: ranks },
);

describe("counts of a routing", () => {
  it("are those of its tokens", () => {
    fc.assert(
      fc.property(routings, fc.nat(9), (routing, first) => {
        const counts = countsOfRouting(routing, shape);
        routing.forEach((tokens, source) => {
          for (let destination = 0; destination < ranks; destination++) {
            const node = Math.floor(destination / 3);
            const copies = tokens.filter((each) => each.some((rank) => Math.floor(rank / 3) === node));
            const here = (token: readonly number[]): boolean => token.includes(destination);
            expect(counts.rows(source, destination)).toBe(tokens.filter(here).length);
            expect(counts.copies(source, node)).toBe(copies.length);
            expect(counts.rowsOfCopies(source, destination, first)).toBe(
              copies.slice(0, first).filter(here).length,
            );
          }
        });
      }),
      { seed: 8, numRuns: 200 },
    );
  });

  it("give every row to one piece that arrives, whatever the way and whether copies are made", () => {
    fc.assert(
      fc.property(routings, fc.boolean(), fc.constantFrom("forward", "spread"), (routing, copies, way) => {
        const plan = { ...planOf({ nodes: 2, ranksPerNode: 3 }, way, 1), copies };
        const counts = countsOfRouting(routing, plan);
        const arrived = routing.map(() => Array.from({ length: ranks }, () => 0));
        forEachPiece(plan, (piece) => {
          const [first, end] = rowsOfPiece(plan, piece, counts);
          if (piece.last) arrived[piece.source]![piece.destination]! += end - first;
        });
        expect(arrived).toEqual(
          routing.map((tokens) =>
            Array.from({ length: ranks }, (_, rank) => tokens.filter((each) => each.includes(rank)).length),
          ),
        );
      }),
      { seed: 8, numRuns: 100 },
    );
  });
});

describe("a matrix of rows as a routing", () => {
  it("has a token for each row", () => {
    expect(
      routingOfRows([
        [0, 2],
        [1, 0],
      ]),
    ).toEqual([[[1], [1]], [[0]]]);
  });
});
