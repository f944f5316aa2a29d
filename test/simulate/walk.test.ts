import { describe, expect, it } from "vitest";
import { launchesOf, pricePlan, simulate, StuckError, type Simulation } from "../../src/simulate/index.js";
import type { Expr } from "../../src/plan/index.js";
import { defaultParameters, type CostParameters } from "../../src/cost/index.js";
import {
  exact,
  kernel,
  MEMORY_BYTES_PER_US,
  machine,
  readCounts,
  tier,
  tinyPlan,
  transfer,
  type TinyPlan,
} from "./tiny-plan.js";

const run = (plan: TinyPlan, parameters: CostParameters = exact): Simulation =>
  simulate(pricePlan(tinyPlan(plan), parameters));

/** `id: start-end` of everything on a rank. */
const times = (simulation: Simulation, rank = 0): string[] =>
  launchesOf(simulation.ranks[rank]!).map(
    ({ id, startUs, endUs }) =>
      `${id}: ${String(Number(startUs.toFixed(6)))}-${String(Number(endUs.toFixed(6)))}`,
  );

/** So many microseconds for each row that a rank receives. */
const usForEachRow = (us: number): Expr => ["*", "moe.received", us * MEMORY_BYTES_PER_US];

/** 8 tokens a rank, one expert: a dispatch between two ranks takes 4 us, since half of the rows stay. */
describe("streams", () => {
  it("runs the launches of one stream one after the other, in issue order", () => {
    const result = run({ launches: [kernel("a", 5), kernel("b", 3), kernel("c", 2)] });
    expect(times(result)).toEqual(["a: 0-5", "b: 5-8", "c: 8-10"]);
    expect(result.makespanUs).toBe(10);
  });

  it("overlaps a transfer with a kernel on another stream", () => {
    const result = run({ launches: [kernel("a", 5), transfer("dispatch")] });
    expect(times(result)).toEqual(["a: 0-5", "dispatch: 0-4"]);
  });

  it("keeps a launch back until the launches before it on its stream have ended, though it could start", () => {
    const result = run({
      launches: [
        kernel("a", 5, { records: ["a"] }),
        transfer("dispatch", { waits: ["a"] }),
        transfer("combine"),
      ],
    });
    expect(times(result)).toEqual(["a: 0-5", "dispatch: 5-9", "combine: 9-13"]);
  });

  it("lets kernels on different streams share the GPU evenly", () => {
    // Both run at half speed until a has ended at 4; b then has 6 - 2 us left.
    const result = run({
      streams: ["compute", "side", "comm"],
      launches: [kernel("a", 2), kernel("b", 6, { stream: "side" })],
    });
    expect(times(result)).toEqual(["a: 0-4", "b: 0-8"]);
  });
});

describe("events", () => {
  it("waits for the recording launch", () => {
    const result = run({
      launches: [
        transfer("dispatch", { records: ["there"] }),
        kernel("a", 1),
        kernel("b", 1, { waits: ["there"] }),
      ],
    });
    expect(times(result)).toEqual(["dispatch: 0-4", "a: 0-1", "b: 4-5"]);
  });

  it("does not wait for an event that nothing has recorded", () => {
    expect(times(run({ launches: [kernel("a", 1, { waits: ["never"] })] }))).toEqual(["a: 0-1"]);
  });

  it("refers to the latest record issued before the wait, also of an earlier layer", () => {
    const result = run({
      layers: 2,
      launches: [
        transfer("dispatch", { waits: ["done"] }),
        kernel("a", 10, { records: ["done"] }),
        kernel("b", 1, { records: ["done"] }),
      ],
    });
    expect(times(result).slice(3)).toEqual(["dispatch: 11-15", "a: 11-21", "b: 21-22"]);
  });
});

describe("transfers", () => {
  it("take the latency, a gap for each further message, and the bytes of the busier direction", () => {
    const plan: TinyPlan = {
      ranks: 4,
      launches: [transfer("dispatch")],
      machine: machine([tier({ latency_us: 2, message_gap_us: 0.25 })]),
    };
    // 8 rows, of which 6 leave in 3 messages and 2 stay in one: 2 + 3 * 0.25 + 6.
    expect(run(plan).makespanUs).toBeCloseTo(8.75, 12);
  });

  it("start on all ranks when the slowest has come", () => {
    // Rank 1's expert gets three quarters of the rows of both: 12 us against 4 us.
    const received = usForEachRow(1);
    const result = run({
      loads: [[0.25, 0.75]],
      launches: [
        kernel("expert", received, { exchange: "moe", records: ["done"] }),
        transfer("combine", { waits: ["done"] }),
      ],
    });
    expect(times(result, 0)).toEqual(["expert: 0-4", "combine: 4-18"]);
    expect(times(result, 1)).toEqual(["expert: 0-12", "combine: 12-18"]);
    expect(launchesOf(result.ranks[0]!)[1]!.moveUs).toBe(12);
    // The bubble of rank 0: it waits 8 us and moves for 6.
    expect(result.ranks[0]!.exposedUs).toBe(14);
    expect(result.ranks[1]!.exposedUs).toBe(6);
    expect(result.walkedRanks).toBe(2);
  });

  it("of one communicator run in issue order whatever their streams", () => {
    const result = run({
      streams: ["compute", "comm", "comm2"],
      launches: [
        kernel("a", 3, { records: ["a"] }),
        transfer("dispatch", { waits: ["a"] }),
        transfer("combine", { stream: "comm2" }),
      ],
    });
    expect(times(result)).toEqual(["a: 0-3", "dispatch: 3-7", "combine: 7-11"]);
  });

  it("of two communicators share the ports of a rank", () => {
    const result = run({
      streams: ["compute", "comm", "comm2"],
      others: ["second"],
      launches: [transfer("dispatch"), transfer("dispatch", { exchange: "second", stream: "comm2" })],
    });
    expect(result.makespanUs).toBeCloseTo(8, 12);
  });

  it("take SMs from the kernels beside them, for as long as they run", () => {
    const plan: TinyPlan = { sms: 75, launches: [kernel("a", 5), transfer("dispatch")] };
    // A quarter of the SMs reaches half of the memory bandwidth: 2 us of work in the first 4.
    expect(times(run(plan))).toEqual(["a: 0-7", "dispatch: 0-4"]);
  });
});

it("lets kernels without work end at once, also beside transfers", () => {
  const empty = kernel("empty", 0, { waits: ["never"] });
  expect(times(run({ sms: 75, launches: [transfer("dispatch"), empty, kernel("a", 1)] }))).toEqual([
    "dispatch: 0-4",
    "empty: 0-0",
    "a: 0-2",
  ]);
});

describe("kernels and transfers beside each other", () => {
  // The kernel needs the whole memory bandwidth.
  const plan: TinyPlan = { launches: [kernel("a", 100), transfer("dispatch")] };

  it("slow each other down as long as data moves", () => {
    const contention = { kernelContention: 0.25, transferContention: 0.5, transferMemoryContention: 1 };
    // The dispatch takes 2.5 times 4 us, in which the kernel does 10 / 1.25 = 8 us of its work.
    expect(times(run(plan, { ...exact, ...contention }))).toEqual(["a: 0-102", "dispatch: 0-10"]);
  });

  it("need not share anything but the memory: a kernel alone and a transfer alone take their own time", () => {
    const [kernelAlone, transferAlone] = plan.launches.map((launch) =>
      run({ launches: [launch] }, defaultParameters),
    );
    const together = run(plan, defaultParameters).ranks[0]!;
    const time = (simulation: Simulation): number =>
      simulation.ranks[0]!.ends[0]! - simulation.ranks[0]!.starts[0]!;
    expect(time(kernelAlone!)).toBeLessThan(together.ends[0]! - together.starts[0]!);
    expect(time(transferAlone!)).toBeLessThan(together.ends[1]! - together.starts[1]!);
  });

  it("do not while a transfer waits for other ranks", () => {
    const contention = { kernelContention: 1 };
    const result = run(
      {
        loads: [[0.25, 0.75]],
        streams: ["compute", "comm", "side"],
        launches: [
          kernel("expert", usForEachRow(1), { exchange: "moe", records: ["done"] }),
          transfer("combine", { waits: ["done"] }),
          kernel("a", 8, { waits: ["done"] }),
        ],
      },
      { ...exact, ...contention },
    );
    // Rank 0 has its 8 us done when rank 1 comes; rank 1 is slowed for the 6 us of the combine.
    expect(times(result, 0)).toEqual(["expert: 0-4", "combine: 4-18", "a: 4-12"]);
    expect(times(result, 1)).toEqual(["expert: 0-12", "combine: 12-18", "a: 12-23"]);
  });

  it("take the mean of the kernels that share the GPU", () => {
    const contention = { transferContention: 0, transferMemoryContention: 1 };
    const streams = ["compute", "comm", "side"];
    const launches = [kernel("a", 100), kernel("b", 100, { stream: "side" }), transfer("dispatch")];
    expect(times(run({ streams, launches }, { ...exact, ...contention })).at(-1)).toBe("dispatch: 0-8");
  });
});

describe("the host", () => {
  it("issues one launch after the other, ahead of the streams", () => {
    const plan: TinyPlan = { launches: [kernel("a", 1), kernel("b", 10), kernel("c", 1)] };
    expect(times(run(plan, { ...exact, hostLaunch: 2 }))).toEqual(["a: 2-3", "b: 4-14", "c: 14-15"]);
  });

  it("waits for counts while work issued before goes on, and issues nothing meanwhile", () => {
    const parameters = { ...exact, hostSynchronize: 1, hostCopy: 2 };
    const result = run(
      {
        launches: [
          kernel("route", 1, { records: ["routed"] }),
          kernel("long", 2),
          readCounts({ waits: ["routed"] }),
          transfer("dispatch"),
          kernel("after", 1),
        ],
      },
      parameters,
    );
    expect(times(result)).toEqual(["route: 0-1", "long: 1-3", "read: 1-4", "dispatch: 4-8", "after: 4-5"]);
    // From 3 to 4 nothing runs.
    expect(result.ranks[0]!.hostWaitUs).toBe(1);
  });
});

describe("exposed communication", () => {
  it("is what runs beside no kernel", () => {
    const result = run({ launches: [kernel("a", 3), transfer("dispatch")] });
    const [rank] = result.ranks;
    expect([rank!.computeUs, rank!.communicationUs, rank!.exposedUs]).toEqual([3, 4, 1]);
  });

  it("is none behind a longer kernel, and all of it without one", () => {
    expect(run({ launches: [kernel("a", 9), transfer("dispatch")] }).ranks[0]!.exposedUs).toBe(0);
    expect(run({ launches: [transfer("dispatch")] }).ranks[0]!.exposedUs).toBe(4);
  });
});

describe("ranks that behave alike", () => {
  it("are walked once", () => {
    const result = run({
      ranks: 8,
      layers: 3,
      launches: [kernel("a", 1, { records: ["a"] }), transfer("dispatch", { waits: ["a"] })],
    });
    expect(result.walkedRanks).toBe(1);
    expect(result.ranks).toHaveLength(8);
  });

  it("include further instances of a communicator, though the ranks of one differ", () => {
    const received = usForEachRow(1);
    const plan: TinyPlan = {
      ranks: 8,
      groupSize: 2,
      loads: [[0.25, 0.75]],
      launches: [kernel("expert", received, { exchange: "moe" }), transfer("dispatch")],
    };
    const result = run(plan);
    expect(result.walkedRanks).toBe(2);
    expect(result.ranks.map((each) => each.walkedAs)).toEqual([0, 1, 0, 1, 0, 1, 0, 1]);
  });
});

it("says which launch can never start", () => {
  const plan = tinyPlan({ launches: [transfer("dispatch")], ranks: 2 });
  const [role] = plan.roles;
  const silent = { ...role!, name: "silent", ranks: [1], timeline: [] };
  const broken = { ...plan, roles: [{ ...role!, ranks: [0] }, silent] };
  expect(() => simulate(pricePlan(broken, exact))).toThrow(StuckError);
});
