import { describe, expect, test } from "vitest";
import { exchangeEmitters } from "../../../src/emit/exchange/index.js";
import type { ExchangePlan } from "../../../src/exchange-plan/index.js";
import { planOf } from "../../exchange/plans.js";
import { textOf } from "./demand.js";

interface Event {
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur: number;
  readonly args: Readonly<Record<string, number>>;
}

const eventsOf = (plan: ExchangePlan): Event[] =>
  (JSON.parse(textOf(exchangeEmitters.trace(plan))) as { traceEvents: Event[] }).traceEvents;

describe("traces of exchanges", () => {
  const forward = planOf({ nodes: 2, ranksPerNode: 2 }, "forward", 1, (from, to) =>
    from === 0 && to === 3 ? 5 : 0,
  );
  const priced: ExchangePlan = {
    ...forward,
    why: {
      algorithm: "forward",
      prediction: { time_us: 30, bound_us: 20, bytes_per_tier: {}, launch_us: [10, 20] },
      candidates: [],
    },
  };
  const slices = (plan: ExchangePlan): unknown[] =>
    eventsOf(plan)
      .filter(({ ph }) => ph === "X")
      .map(({ pid, tid, ts, dur, args }) => [pid, tid, ts, dur, args.sent_bytes, args.received_bytes]);

  test("have a slice for each rank, tier and launch that moves anything, as long as predicted", () => {
    expect(slices(priced)).toEqual([
      [0, 1, 0, 10, 320, 0],
      [2, 1, 0, 10, 0, 320],
      [2, 0, 10, 20, 320, 0],
      [3, 0, 10, 20, 0, 320],
    ]);
  });

  test("run a combine backwards", () => {
    expect(slices({ ...priced, direction: "combine" })).toEqual([
      [2, 0, 0, 20, 0, 320],
      [3, 0, 0, 20, 320, 0],
      [0, 1, 20, 10, 0, 320],
      [2, 1, 20, 10, 320, 0],
    ]);
  });

  test("count the bytes of links, and stop where they do", () => {
    const counters = eventsOf(priced).filter(({ ph, pid }) => ph === "C" && pid === 0);
    expect(counters.map(({ ts, args }) => [ts, args.both])).toEqual([
      [0, 0.032],
      [10, 0],
    ]);
  });

  test("show some ranks of many, the busiest among them", () => {
    const plan = planOf({ nodes: 4, ranksPerNode: 8 }, "direct", 1, (from, to) =>
      from === 20 || to === 30 ? 9 : 1,
    );
    const shown = new Set(eventsOf(plan).map(({ pid }) => pid));
    expect([...shown]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 20, 30]);
    const emitted = exchangeEmitters.trace(plan);
    expect("notes" in emitted && emitted.notes[1]).toMatch(/^Of 32 ranks 10 are shown/);
  });
});
