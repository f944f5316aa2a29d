// What a report says each launch moves and takes: its sums over pairs of nodes are those of the plan's pieces, one by one.
import { describe, expect, it } from "vitest";
import { parametersOf } from "../../src/cost/index.js";
import { forEachPiece, SHARES, type ExchangePlan, type Spread } from "../../src/exchange-plan/index.js";
import { exchangeAlgorithms, scheduleExchange } from "../../src/exchange/schedule.js";
import { reportExchange } from "../../src/report/exchange/report.js";
import { tiersBetween, unitSizes } from "../../src/report/exchange/tiers.js";
import { machineOf, planOf, type Shape } from "../exchange/plans.js";

const shapes: readonly Shape[] = [
  { nodes: 3, ranksPerNode: 4 },
  { nodes: 2, ranksPerNode: 8 },
];

/** Some pairs have much, some nothing. */
const skewed = (source: number, destination: number): number =>
  source === destination ? 0 : 64 * ((source * 7 + destination * 13) % 5) ** 3;

/** [launch][tier] bytes, in the order of the plan. */
function bytesOfPieces(plan: ExchangePlan): readonly (readonly number[])[] {
  const units = unitSizes(plan.machine);
  const bytes = plan.launches.map(() => plan.machine.tiers.map(() => 0));
  forEachPiece(plan, ({ launch, from, to, source, destination, begin, end }) => {
    for (const tier of tiersBetween(plan.machine, units, from, to))
      bytes[launch]![tier]! += skewed(source, destination) * (end - begin) * plan.row_bytes;
  });
  return bytes;
}

function expectBytesOfPieces(plan: ExchangePlan, schedule: ReturnType<typeof reportExchange>["schedule"]) {
  const pieces = bytesOfPieces(plan);
  expect(schedule).toHaveLength(pieces.length);
  schedule.forEach(({ bytes_per_tier: reported }, launch) => {
    plan.machine.tiers.forEach(({ name }, tier) => {
      const difference = Math.abs(reported[name]! - pieces[launch]![tier]!);
      expect(difference, `launch ${String(launch)}, ${name}`).toBeLessThan(1);
    });
  });
}

describe.each(shapes)("the report of %j", (shape) => {
  const machine = machineOf(shape);
  const ranks = machine.gpus;
  const problem = {
    ...{ machine, parameters: parametersOf(machine), rowBytes: 7168, partialSums: false },
    ...{ direction: "dispatch" as const },
    rows: Float64Array.from({ length: ranks ** 2 }, (_, at) => skewed(Math.floor(at / ranks), at % ranks)),
  };

  it.each(exchangeAlgorithms)(
    "has the bytes of %s by launch and tier, and times that sum to its time",
    (algorithm) => {
      const made = scheduleExchange({ ...problem, algorithm });
      if (made.plan === undefined) return;
      const { schedule, time_us: time } = reportExchange(made.plan, made);
      expectBytesOfPieces(made.plan, schedule);
      expect(schedule.reduce((sum, { time_us: us }) => sum + us!, 0)).toBeCloseTo(time, 6);
    },
  );

  const rowsOfSpread = {
    source_index: shape.ranksPerNode,
    pair: shape.ranksPerNode ** 2,
    destination: ranks,
  };
  it.each(Object.keys(rowsOfSpread) as Spread["by"][])("heeds a spread by %s", (by) => {
    const rails = Array.from({ length: rowsOfSpread[by] }, (_, row) =>
      Array.from({ length: shape.ranksPerNode }, (_, rail) =>
        rail === (row * 3) % shape.ranksPerNode ? SHARES : 0,
      ),
    );
    const plan = { ...planOf(shape, "spread", 1, skewed), spreads: [{ by, rails }] };
    const none = { candidates: [], bound: { us: 0, of: "" }, timeUs: 0 } as unknown as Parameters<
      typeof reportExchange
    >[1];
    expectBytesOfPieces(plan, reportExchange(plan, none).schedule);
  });
});
