// Traces obey the format's rules, show every launch, and say where each comes from.
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { emitTrace, traceOf } from "../../../src/emit/trace/trace.js";
import { compile, openEntry, type LaunchPlan } from "../../../src/index.js";
import { expandTimeline } from "../../../src/plan/index.js";
import { pricePlan, simulate } from "../../../src/simulate/index.js";
import { expectGolden } from "../../check/golden.js";
import { randomParameters, randomPlan } from "../../simulate/random-plan.js";
import { exact, kernel, readCounts, tinyPlan, transfer } from "../../simulate/tiny-plan.js";
import { eventsOf, flowsPairUp, isSlice, obeysAll, slicesNest, timesAscend, type Event } from "./rules.js";

const exactTrace = (plan: LaunchPlan, ranks?: readonly number[]): string => {
  const priced = pricePlan(plan, exact);
  return traceOf(priced, simulate(priced), ranks);
};

/** One micro-batch through one exchange; the second rank has three quarters of the rows. */
const lopsided = tinyPlan({
  loads: [[0.25, 0.75]],
  sms: 16,
  launches: [
    kernel("gate", 3, { node: "gate", records: ["gate"] }),
    transfer("counts", { waits: ["gate"], records: ["counts"] }),
    readCounts({ waits: ["counts"] }),
    transfer("dispatch", { records: ["dispatch"] }),
    kernel("expert", ["*", "moe.received", 1e6], {
      ...{ node: "expert", exchange: "moe", waits: ["dispatch"], records: ["expert"] },
    }),
    transfer("combine", { waits: ["expert"] }),
  ],
});

describe("a trace of a tiny plan", () => {
  it("is this one", () => {
    const golden = fileURLToPath(new URL("tiny.trace.json", import.meta.url));
    expectGolden(golden, exactTrace(lopsided));
  });

  it("shows that the rank with fewer rows waits for the other before the combine, inside the transfer", () => {
    const waits = eventsOf(exactTrace(lopsided)).filter(({ cat }) => cat === "wait");
    const ranks = waits.filter(({ name }) => name === "waits for other ranks").map(({ pid }) => pid);
    expect(ranks).toEqual([0]);
  });

  it("runs one flow for each exchange, layer, micro-batch and rank, from dispatch over expert to combine", () => {
    const flows = eventsOf(exactTrace(lopsided)).filter(({ ph }) => "stf".includes(ph));
    expect(flows.filter(({ pid }) => pid === 0).map(({ ph }) => ph)).toEqual(["s", "t", "f"]);
    expect(new Set(flows.map(({ id }) => id)).size).toBe(2);
  });

  it("counts the SMs of kernels and transfers and the use of links", () => {
    const counters = eventsOf(exactTrace(lopsided)).filter(({ ph, pid }) => ph === "C" && pid === 1);
    const sms = counters.filter(({ name }) => name === "SMs busy").map(({ args }) => args);
    expect(sms[0]).toEqual({ kernels: 100, transfers: 0 });
    expect(sms).toContainEqual({ kernels: 0, transfers: 16 });
    expect(sms.at(-1)).toEqual({ kernels: 0, transfers: 0 });
    // 2 of 8 rows leave rank 1, 6 of 8 reach it; the link is full in the direction in which more goes.
    const links = counters.filter(({ name }) => name.startsWith("nvlink")).map(({ args }) => args);
    expect(links).toContainEqual({ out: 33.3, in: 100 });
  });
});

describe("which ranks a trace shows", () => {
  const many = tinyPlan({ ...{ ranks: 16, launches: [kernel("work", 1)] } });
  const shown = (text: string): number[] =>
    eventsOf(text)
      .filter(({ name }) => name === "process_name")
      .map(({ pid }) => pid);

  it("one for all, where all behave alike", () => {
    expect(shown(exactTrace(many))).toEqual([0]);
  });

  it("those that compute most, middling and least, where they differ", () => {
    const loads = [Array.from({ length: 16 }, (_, slot) => (slot + 1) / 136)];
    const launches = [kernel("expert", ["*", "moe.received", 1e6], { node: "expert", exchange: "moe" })];
    const text = exactTrace(tinyPlan({ ranks: 16, loads, launches }));
    expect(shown(text)).toEqual([0, 7, 15]);
    const labels = eventsOf(text).filter(({ name }) => name === "process_labels");
    expect(labels.map(({ args }) => args?.["labels"])).toEqual([
      "computes least of all",
      "middling of all",
      "computes most of all",
    ]);
  });

  it("exactly those asked for", () => {
    expect(shown(exactTrace(many, [5, 2, 5]))).toEqual([2, 5]);
  });
});

describe("for any plan and parameters", () => {
  it("times ascend and slices nest", () => {
    fc.assert(
      fc.property(randomPlan({ simple: false }), randomParameters, (given, parameters) => {
        const priced = pricePlan(tinyPlan(given), parameters);
        const events = eventsOf(traceOf(priced, simulate(priced)));
        timesAscend(events);
        slicesNest(events);
      }),
      { numRuns: 50 },
    );
  });
});

describe("the trace of a compiled plan", () => {
  let plan: LaunchPlan;
  let text: string;
  let events: readonly Event[];

  beforeAll(async () => {
    const entry = openEntry(fileURLToPath(new URL("../../cli/fixtures/tiny.weft", import.meta.url)));
    const { compiled } = await compile({ entry, overrides: ["prefill.batch.micro_batches=2"] });
    if (compiled === undefined) throw new Error("the fixture does not compile");
    plan = compiled.plan;
    text = emitTrace(plan);
    events = eventsOf(text);
  });

  it("obeys every rule", () => obeysAll(events));

  it("has the same bytes each time", () => {
    expect(emitTrace(plan)).toBe(text);
  });

  it("shows every launch of every rank once on its stream, and its issue on the host's track", () => {
    for (const role of plan.roles) {
      const expected = expandTimeline(plan, role);
      for (const rank of role.ranks) {
        const slices = events.filter(isSlice).filter(({ pid, cat }) => pid === rank && cat !== "wait");
        const key = (id: string, layer: unknown, batch: unknown): string => [id, layer, batch].join(" ");
        const names = slices
          .filter(({ tid }) => tid !== 1)
          .map(({ name, args }) => key(name, args?.["layer"], args?.["micro_batch"]));
        const onStreams = expected.filter(({ launch }) => launch.kind !== "read_counts");
        expect(names.sort()).toEqual(
          onStreams.map(({ launch, layer, microBatch }) => key(launch.id, layer, microBatch)).sort(),
        );
        expect(slices.filter(({ tid }) => tid === 1)).toHaveLength(expected.length);
      }
    }
  });

  it("names of each launch its place in model and source, and what it moves or computes", () => {
    const lines = new Set<unknown>();
    const work = events
      .filter(isSlice)
      .filter(({ cat }) => ["compute", "transfer", "read_counts"].includes(cat ?? ""));
    for (const { args = {}, cat } of work) {
      expect(args).toMatchObject({ node: expect.any(String) as unknown, op: expect.any(String) as unknown });
      expect(args["line"]).toMatch(/^tiny\.weft:\d+$/);
      lines.add(args["line"]);
      if (cat !== "read_counts") expect(args["bytes"]).toBeGreaterThanOrEqual(0);
      if (cat === "compute") expect(args["flops"]).toBeGreaterThanOrEqual(0);
    }
    expect(lines.size).toBeGreaterThan(3);
    const experts = work.filter(({ args }) => args?.["op"] === "swiglu").map(({ args }) => args?.["experts"]);
    expect(experts.length).toBeGreaterThan(0);
    for (const each of experts) expect(each).toMatch(/^\d+(, \d+)*$/);
  });

  it("says the same bytes arrive as leave, over all ranks", () => {
    let [sent, received] = [0, 0];
    for (const { args } of events.filter(({ cat }) => cat === "transfer")) {
      sent += Number(args?.["bytes"]);
      received += Number(args?.["received_bytes"]);
    }
    expect(sent).toBeGreaterThan(0);
    expect(Math.abs(sent - received)).toBeLessThan(sent * 1e-3);
  });

  it("is refused by the rules once a flow loses its end or a slice grows", () => {
    const flow = events.findIndex(({ ph }) => ph === "f");
    expect(() => flowsPairUp(events.filter((_, at) => at !== flow))).toThrow();
    const grown = events.map((each) => (isSlice(each) ? { ...each, dur: each.dur + 1e6 } : each));
    expect(() => slicesNest(grown)).toThrow();
  });
});
