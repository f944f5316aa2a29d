// Exchange plans of any kind that are right: each pair of nodes has its whole divided among routes as chance has it.
import fc from "fast-check";
import { SHARES, hopsOf, type ExchangePlan, type Route } from "../../../src/exchange-plan/index.js";
import { planOf } from "../../exchange/plans.js";

const waysOfRows = ["direct", "gather", "forward", "spread"] as const;
const waysOfCopies = ["forward", "spread"] as const;

/** So many parts, SHARES in sum; some may be empty. */
const sharesOf = (parts: number): fc.Arbitrary<number[]> =>
  fc
    .array(fc.integer({ min: 0, max: SHARES }), { minLength: parts - 1, maxLength: parts - 1 })
    .map((cuts) => {
      const sorted = [0, ...cuts.sort((left, right) => left - right), SHARES];
      return sorted.slice(1).map((cut, at) => cut - sorted[at]!);
    });

/** Routes that take the whole of what a reach of pairs has. */
function routesOf(
  pairs: Route["pairs"],
  ways: readonly Route["way"][],
  launches: number,
  spreads: number,
): fc.Arbitrary<Route[]> {
  const ofPart = fc.record({
    way: fc.constantFrom(...ways),
    order: fc.shuffledSubarray([...Array(launches).keys()], { minLength: 3, maxLength: 3 }),
    spread: fc.nat(spreads - 1),
  });
  return fc.integer({ min: 1, max: 3 }).chain((parts) =>
    fc
      .tuple(sharesOf(parts), fc.array(ofPart, { minLength: parts, maxLength: parts }))
      .map(([shares, each]) => {
        let begin = 0;
        return each.map(({ way, order, spread }, at): Route => {
          const end = begin + shares[at]!;
          const share: [number, number] = [begin, end];
          begin = end;
          const ascending = order.slice(0, hopsOf[way]).sort((left, right) => left - right);
          return { pairs, share, way, launches: ascending, ...(way === "spread" ? { spread } : {}) };
        });
      }),
  );
}

export interface PlanOptions {
  readonly mostNodes?: number;
  readonly mostRanks?: number;
}

/** Plans of all ways, of pairs by distance and one by one, with shares split among them; dispatches and combines. */
export const anyPlan = ({ mostNodes = 6, mostRanks = 8 }: PlanOptions = {}): fc.Arbitrary<ExchangePlan> =>
  fc
    .record({
      nodes: fc.integer({ min: 1, max: mostNodes }),
      ranksPerNode: fc.integer({ min: 1, max: mostRanks }),
      kind: fc.constantFrom("rail" as const, "switch" as const),
      launches: fc.integer({ min: 3, max: 6 }),
      direction: fc.constantFrom("dispatch" as const, "combine" as const),
      copies: fc.boolean(),
      sums: fc.boolean(),
      singly: fc.array(fc.boolean(), { minLength: mostNodes, maxLength: mostNodes }),
      by: fc.constantFrom("source_index" as const, "pair" as const, "destination" as const),
    })
    .chain(({ nodes, ranksPerNode, kind, launches, direction, copies, sums, singly, ...drawn }) => {
      const reaches: { pairs: Route["pairs"]; across: boolean }[] = [];
      let first = 0;
      for (let shift = 0; shift < nodes; shift++) {
        const across = shift > 0;
        if (singly[shift] === true) {
          for (let from = 0; from < nodes; from++)
            reaches.push({ pairs: { from, to: (from + shift) % nodes }, across });
          first = shift + 1;
          continue;
        }
        // Distances are taken together with those behind them where both are.
        if (across && shift + 1 < nodes && singly[shift + 1] === false) continue;
        if (!across) reaches.push({ pairs: "within", across });
        else reaches.push({ pairs: { shifts: [Math.max(first, 1), shift + 1] }, across });
        first = shift + 1;
      }
      const spreads = 2;
      const by = copies ? "source_index" : drawn.by;
      const rows = { source_index: ranksPerNode, pair: ranksPerNode ** 2, destination: nodes * ranksPerNode }[
        by
      ];
      return fc
        .tuple(
          fc.tuple(
            ...reaches.map(({ pairs, across }) =>
              routesOf(pairs, copies && across ? waysOfCopies : waysOfRows, launches, spreads),
            ),
          ),
          fc.array(fc.array(sharesOf(ranksPerNode), { minLength: rows, maxLength: rows }), {
            minLength: spreads,
            maxLength: spreads,
          }),
        )
        .map(([routes, rails]): ExchangePlan => ({
          ...planOf({ nodes, ranksPerNode, kind }, "direct"),
          direction,
          copies,
          partial_sums: sums && copies && direction === "combine",
          launches: Array.from({ length: launches }, (_, at) => ({ name: `step.${at}` })),
          routes: routes.flat(),
          spreads: rails.map((each) => ({ by, rails: each })),
        }));
    });
