// Exchanges in chunks: how slots are divided, what launches they give and in which order, and when the search asks for them.
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chunksOf } from "../../src/passes/exchange/chunks.js";
import { slotsOf, type LaunchPlan } from "../../src/plan/index.js";
import { printExpression } from "../../src/plan/expression.js";
import { expectGolden } from "../check/golden.js";
import { edited, planOf } from "../end-to-end/mixtral.js";

const exchangeBy = (algorithm: string) => ["exchange  = auto", `exchange  = ${algorithm}`] as const;
const overlap = (pins: string) => ["overlap   = auto", `overlap   = auto(${pins})`] as const;

/** The launches of a layer around its exchange, one a line. */
function listing({ cells, exchanges }: LaunchPlan): string {
  const launches = cells.find(({ name }) => name === "moe")?.launches ?? [];
  const lines = launches.flatMap((launch) => {
    if (launch.exchange === undefined) return [];
    const slots = slotsOf(launch);
    const range = slots === undefined ? "" : ` slots ${String(slots.first)} + ${String(slots.count)}`;
    const rows =
      launch.kind === "compute"
        ? ` rows ${printExpression(launch.rows.begin.expr)} to ${printExpression(launch.rows.end.expr)}`
        : "";
    return `${launch.id}${range}${rows}${launch.waits.map((event) => `\n    waits ${event}`).join("")}`;
  });
  const phases = exchanges[0]?.phases.map(({ name, carries, steps }) => {
    const { send } = steps[0] ?? {};
    return `phase ${name} ${carries} in ${String(steps.length)} steps, the first sends ${JSON.stringify(send)}`;
  });
  return [...(phases ?? []), ...lines].join("\n") + "\n";
}

describe("the chunks of an exchange", () => {
  it("divide the slots of a rank into ranges that differ by one slot at most", () => {
    expect(chunksOf(5, 2)).toEqual([
      { first: 0, count: 2 },
      { first: 2, count: 3 },
    ]);
    expect(chunksOf(1, 4)).toEqual([{ first: 0, count: 1 }]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 9 }), (slots, wanted) => {
        const chunks = chunksOf(slots, wanted);
        expect(chunks).toHaveLength(Math.min(slots, wanted));
        let end = 0;
        for (const { first, count } of chunks) {
          expect(first).toBe(end);
          end += count;
        }
        expect(end).toBe(slots);
        const counts = chunks.map(({ count }) => count);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("are launches of their own, each behind the transfer of its rows alone", async () => {
    const plan = await planOf(edited(exchangeBy("direct_by_peer"), overlap("batches: 1, chunks: 2")), [
      "Mixtral.depth=4",
      "Mixtral.experts=32",
    ]);
    expectGolden(fileURLToPath(new URL("chunks.txt", import.meta.url)), listing(plan));
  });

  it("are as many as a gate's slots allow, and none where a rank has one", async () => {
    const plan = await planOf(edited(overlap("chunks: 1")), ["Mixtral.depth=2"]);
    expect(plan.exchanges.every(({ chunks }) => chunks === undefined)).toBe(true);
    expect(plan.why?.decisions.find(({ name }) => name === "chunks")).toMatchObject({
      choice: "1",
      pinned: true,
    });
  });
});

describe("the search", () => {
  const chunksIn = ({ why }: LaunchPlan) => why?.decisions.find(({ name }) => name === "chunks");

  it("cuts an exchange where nothing else hides it, and says what not doing so would cost", async () => {
    const plan = await planOf(edited(overlap("batches: 1")), ["Mixtral.depth=6", "Mixtral.experts=64"]);
    const decision = chunksIn(plan);
    expect(Number(decision?.choice)).toBeGreaterThan(1);
    expect(decision?.alternatives.find(({ choice }) => choice === "1")?.price_us).toBeGreaterThan(
      decision?.price_us ?? Infinity,
    );
  });

  it("tries no chunks where a rank has one expert", async () => {
    expect(chunksIn(await planOf(edited(), ["Mixtral.depth=4"]))).toMatchObject({
      choice: "1",
      alternatives: [],
    });
  });

  it("leaves exchanges whole that may go on in rounds", async () => {
    const rounds = exchangeBy("auto(tokens: dropless(bound: 2.0, overflow: rounds))");
    const plan = await planOf(edited(rounds, overlap("batches: 1")), [
      "Mixtral.depth=2",
      "Mixtral.experts=32",
    ]);
    expect(chunksIn(plan)).toMatchObject({ choice: "1", alternatives: [] });
  });
});
