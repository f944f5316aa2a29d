import { describe, expect, it } from "vitest";
import type { Launch, LaunchInstance } from "../../../src/plan/index.js";
import { ExecutionFailure } from "../../../src/run/failure.js";
import { Engine } from "../../../src/run/order/engine.js";
import type { Effect, Executor } from "../../../src/run/order/task.js";

const seeds = Array.from({ length: 30 }, (_, index) => index + 1);

interface Step {
  readonly id: string;
  /** Absent for a host read. */
  readonly stream?: string;
  readonly waits?: string[];
  readonly records?: string[];
  /** For a transfer: [peer, words] of each message. */
  readonly sends?: [number, number][];
  readonly receives?: [number, number][];
}

function instancesOf(steps: readonly Step[]): LaunchInstance[] {
  return steps.map(({ id, stream, waits = [], records = [], sends, receives }, index) => {
    const common = {
      id,
      node: "n",
      micro_batch: 0,
      waits,
      operands: [],
      span: [0, 0, 0] as [number, number, number],
    };
    const sized = { expr: 0, value: 0 };
    const launch: Launch =
      stream === undefined
        ? { kind: "read_counts", exchange: "x", ...common }
        : sends !== undefined || receives !== undefined
          ? { kind: "transfer", exchange: "x", phase: "p", stream, records, ...common }
          : {
              kind: "compute",
              part: "p",
              stream,
              records,
              rows: { begin: sized, end: sized },
              work: { class: "memory", flops: sized, bytes: sized },
              ...common,
            };
    const cell = { name: "c", block: "b", micro_batches: 1, launches: [] };
    return { index, launch, cell, layer: 0, microBatch: 0 };
  });
}

/** Runs programs, one a rank, and gives what happened in order, `rank.id` each. */
async function run(programs: readonly (readonly Step[])[], seed: number): Promise<string[]> {
  const log: string[] = [];
  const executor: Executor = {
    issue(rank, { index, launch }): Effect {
      const step = programs[rank]?.[index];
      log.push(`issue ${rank}.${launch.id}`);
      if (launch.kind === "compute")
        return { kind: "compute", run: () => void log.push(`${rank}.${launch.id}`) };
      const ends = (messages: [number, number][] | undefined) =>
        (messages ?? []).map(([peer, words]) => ({ peer, words, word: 0 }));
      return {
        kind: "transfer",
        communicator: "all",
        sends: ends(step?.sends),
        receives: ends(step?.receives),
        start: () => void log.push(`${rank}.${launch.id}`),
      };
    },
    rounds: () => undefined,
    readCounts(reads) {
      for (const { rank, instance } of reads) log.push(`${rank}.${instance.launch.id}`);
      return Promise.resolve();
    },
    copy: (_send, receive) => void log.push(`copy of ${receive.words}`),
  };
  const streams = ["compute", "comm"];
  const engine = new Engine(
    programs.map((steps) => ({ instances: instancesOf(steps), streams })),
    executor,
    seed,
  );
  await engine.run();
  expect(engine.executed.flat().every(Boolean)).toBe(true);
  return log;
}

/** For every seed, whether `first` happened before `second`. */
async function isBefore(
  programs: readonly (readonly Step[])[],
  first: string,
  second: string,
): Promise<boolean[]> {
  const logs = await Promise.all(seeds.map((seed) => run(programs, seed)));
  return logs.map((log) => log.indexOf(first) < log.indexOf(second));
}

const failureOf = async (programs: readonly (readonly Step[])[], seed: number) => {
  try {
    await run(programs, seed);
    return undefined;
  } catch (error) {
    if (error instanceof ExecutionFailure) return error.failure;
    throw error;
  }
};

describe("the order of an execution", () => {
  it("is a function of the seed", async () => {
    const programs = [0, 1].map(() => [
      { id: "a", stream: "compute" },
      { id: "b", stream: "comm" },
      { id: "c", stream: "compute" },
    ]);
    const logs = await Promise.all(seeds.map((seed) => run(programs, seed)));
    const again = await Promise.all(seeds.map((seed) => run(programs, seed)));
    expect(again).toEqual(logs);
    expect(new Set(logs.map((log) => log.join())).size).toBeGreaterThan(5);
  });

  it("keeps a stream first in, first out", async () => {
    const program = [
      { id: "a", stream: "compute" },
      { id: "b", stream: "compute" },
    ];
    expect(await isBefore([program], "0.a", "0.b")).not.toContain(false);
  });

  it("lets hosts read early in some orders, and together when nothing else can happen in others", async () => {
    const program = [
      { id: "a", stream: "compute", records: ["done"] },
      { id: "read", waits: ["done"] },
    ];
    const programs = [program, program, program];
    const readsOf = (log: readonly string[]) =>
      log.flatMap((each, at) => (each.endsWith(".read") ? [at] : []));
    const logs = await Promise.all(seeds.map((seed) => run(programs, seed)));
    const isLast = logs.map((log) => readsOf(log)[0] === log.length - programs.length);
    expect(new Set(isLast)).toEqual(new Set([true, false]));
    for (const log of logs) expect(readsOf(log)).toHaveLength(programs.length);
  });

  it("orders streams by nothing but events", async () => {
    const free = [
      { id: "a", stream: "compute", records: ["done"] },
      { id: "b", stream: "comm" },
    ];
    const waiting = [free[0]!, { id: "b", stream: "comm", waits: ["done"] }];
    expect(new Set(await isBefore([free], "0.a", "0.b"))).toEqual(new Set([true, false]));
    expect(await isBefore([waiting], "0.a", "0.b")).not.toContain(false);
  });

  it("resolves a wait to the latest record issued before it, and to nothing where there is none", async () => {
    const program = [
      { id: "early", stream: "comm", waits: ["done"] },
      { id: "a", stream: "compute", records: ["done"] },
      { id: "b", stream: "comm", waits: ["done"] },
      { id: "c", stream: "compute", records: ["done"] },
    ];
    expect(await isBefore([program], "0.a", "0.b")).not.toContain(false);
    expect(new Set(await isBefore([program], "0.c", "0.b"))).toEqual(new Set([true, false]));
    expect(new Set(await isBefore([program], "0.early", "0.a"))).toEqual(new Set([true, false]));
  });

  it("blocks the host at a read, but not what it has issued", async () => {
    const program = [
      { id: "a", stream: "compute", records: ["done"] },
      { id: "other", stream: "comm" },
      { id: "read", waits: ["done"] },
      { id: "after", stream: "compute" },
    ];
    expect(await isBefore([program], "0.a", "0.read")).not.toContain(false);
    expect(await isBefore([program], "0.read", "issue 0.after")).not.toContain(false);
    expect(new Set(await isBefore([program], "0.other", "0.read"))).toEqual(new Set([true, false]));
  });
});

describe("transfers", () => {
  const swap = (id: string, words: number, stream = "comm", more: Partial<Step> = {}) =>
    [1, 0].map((peer): Step => ({ id, stream, sends: [[peer, words]], receives: [[peer, words]], ...more }));

  it("copy once both ends have started, and end when all copies are done", async () => {
    const [mine, theirs] = swap("x", 7, "comm", { records: ["arrived"] });
    const use: Step = { id: "use", stream: "compute", waits: ["arrived"] };
    const programs = [
      [mine!, use],
      [{ id: "slow", stream: "comm" }, theirs!, use],
    ];
    expect(await isBefore(programs, "1.slow", "0.use")).not.toContain(false);
    expect(await isBefore(programs, "1.x", "copy of 7")).not.toContain(false);
    expect((await run(programs, 1)).filter((each) => each === "copy of 7")).toHaveLength(2);
  });

  it("of one communicator run in issue order on each rank, whatever their streams", async () => {
    const [a0, a1] = swap("a", 1, "comm");
    const [b0, b1] = swap("b", 2, "compute");
    expect(
      await isBefore(
        [
          [a0!, b0!],
          [a1!, b1!],
        ],
        "copy of 1",
        "0.b",
      ),
    ).not.toContain(false);
  });

  it("whose ends disagree on the size are a failure that names both", async () => {
    const [mine] = swap("x", 7);
    const [, theirs] = swap("x", 8);
    const failure = await failureOf([[mine!], [theirs!]], 1);
    expect(failure).toMatchObject({ kind: "size_mismatch", launch: "x" });
    expect(failure?.message).toMatch(/28 bytes .*32|32 bytes .*28/);
  });

  it("in different order on two ranks are a deadlock that says what each waits for", async () => {
    const a: Step[] = [
      { id: "a", stream: "comm", sends: [[1, 1]] },
      { id: "a", stream: "comm", receives: [[0, 1]] },
    ];
    const b: Step[] = [
      { id: "b", stream: "comm", receives: [[1, 1]] },
      { id: "b", stream: "comm", sends: [[0, 1]] },
    ];
    const failure = await failureOf(
      [
        [a[0]!, b[0]!],
        [b[1]!, a[1]!],
      ],
      1,
    );
    expect(failure?.kind).toBe("deadlock");
    expect(failure?.waiting).toEqual([
      "stream comm of rank 0 waits: launch a of rank 0 (layer 0, micro-batch 0) waits for rank 1 to receive",
      "stream comm of rank 1 waits: launch b of rank 1 (layer 0, micro-batch 0) waits for rank 0 to receive",
    ]);
  });

  it("that only one rank makes are a deadlock", async () => {
    const [mine] = swap("x", 1);
    expect(await failureOf([[mine!, { id: "read", waits: [] }], []], 2)).toMatchObject({ kind: "deadlock" });
  });
});
