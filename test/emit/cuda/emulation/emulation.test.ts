// Each rule of the emulation has a small program that keeps it, and the same program with a mistake, which must be found by name.
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { headersForTests } from "../../../nccl/for-tests.js";
import { canRun } from "../program.js";
import { buildPrograms, realHeaders, STANDALONE } from "./build.js";

interface Finding {
  readonly kind: string;
  readonly rank: number;
  readonly message: string;
  readonly lines: readonly string[];
}

interface Report {
  readonly ok: boolean;
  readonly operations: number;
  readonly findings: readonly Finding[];
}

const ORDERS = ["first-in", "random", "priorities"];
const SEEDS = ["1", "2", "3"];
const SCHEDULES = ORDERS.flatMap((order) => SEEDS.map((seed) => ["--order", order, "--seed", seed]));

const PROGRAMS = ["exchange", "orders", "reductions", "memory", "defaults", "kernels", "graph", "polling"];

/** Program, mistake, what kind of finding it must be, and what the finding must say. */
const MISTAKES: readonly (readonly [string, string, string, RegExp])[] = [
  [
    "exchange",
    "missing wait",
    "race",
    /ncclSend .* reads what count_kernel .* writes|count_kernel .* writes what ncclSend/,
  ],
  [
    "exchange",
    "shared event",
    "race",
    /ncclSend .* reads what count_kernel .* writes|count_kernel .* writes what ncclSend/,
  ],
  [
    "exchange",
    "buffer reused too early",
    "race",
    /ncclRecv .* writes what double_kernel .* reads|double_kernel .* reads what ncclRecv/,
  ],
  [
    "exchange",
    "ungrouped",
    "deadlock",
    /no other end for ncclSend of 4000 uint8 to rank [01] on communicator 'first'/,
  ],
  [
    "exchange",
    "communicators swapped",
    "mismatch",
    /rank 0 makes communicator 'first'.*rank 1 makes communicator 'second'/,
  ],
  ["exchange", "wrong communicator", "deadlock", /has it on another communicator, communicator 'second'/],
  [
    "exchange",
    "wrong count",
    "mismatch",
    /sizes differ: rank 1 ncclSend of 3996 uint8 .* rank 0 ncclRecv of 4000 uint8/,
  ],
  ["exchange", "wrong type", "mismatch", /types differ: .* uint8 .* int8/],
  ["exchange", "read before copy", "race", /cudaMemcpyAsync .* writes what the host .* reads/],
  [
    "exchange",
    "no synchronisation at the end",
    "misuse",
    /stream swap may still have work .* cudaMemsetAsync/,
  ],
  ["orders", "destroyed in use", "misuse", /ncclCommDestroy of communicator 'first'/],
  [
    "reductions",
    "counts differ",
    "mismatch",
    /collectives differ: .* of 4 float32 .* of 3 float32|of 3 float32 .* of 4 float32/,
  ],
  ["reductions", "operations differ", "mismatch", /collectives differ/],
  [
    "memory",
    "source overwritten before its copy",
    "race",
    /cudaMemcpyAsync .* reads what the host .* writes/,
  ],
  ["memory", "copied before it has arrived", "race", /cudaMemcpyAsync .* writes what the host .* reads/],
  ["memory", "beyond the end", "misuse", /double_kernel .* 404 bytes .* beyond its end/],
  ["memory", "freed in use", "misuse", /double_kernel .* freed since/],
  ["memory", "device memory on the host", "misuse", /the host .* reads device memory itself/],
  ["memory", "used after it was freed", "misuse", /count_kernel .* freed since/],
  ["memory", "freed twice", "misuse", /cudaFree of what is no allocation/],
  [
    "defaults",
    "stream that does not block",
    "race",
    /double_kernel .* reads what cudaMemset|cudaMemset .* writes what double_kernel/,
  ],
  ["kernels", "divergent", "misuse", /sum_kernel .* wait for others in vain/],
  ["graph", "not joined", "misuse", /cudaStreamEndCapture .* has not joined/],
  ["graph", "synchronised while captured", "misuse", /cudaStreamSynchronize of a stream that is captured/],
  ["graph", "allocated while captured", "misuse", /cudaMalloc while a stream is captured/],
  ["graph", "waits for an event from outside", "misuse", /recorded outside of the capture/],
  [
    "graph",
    "host waits for a captured event",
    "misuse",
    /cudaEventQuery of an event that was recorded in a capture/,
  ],
  ["graph", "captured on one rank only", "mismatch", /captured in a graph on one side only/],
  ["graph", "destroyed in use", "misuse", /cudaGraphExecDestroy/],
];

/** The injected fault, and the ranks whose programs must fail. What they say must name the rank at fault. */
const FAULTS: readonly (readonly [string, number, readonly number[]])[] = [
  ["stop:1:30", 1, [0, 2]],
  ["allocate:2:2", 2, [0, 1, 2]],
  ["nccl:1:3", 1, [0, 1, 2]],
];

describe.runIf(canRun("the emulation of CUDA", ["g++"])).each([
  ["the emulation's own headers", () => Promise.resolve(STANDALONE)],
  ["the headers of CUDA and NCCL", ofMachine],
])("programs emulated with %s", (_name, headersOf) => {
  let executable: string | undefined;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "weft-emulation-"));
    const headers = await headersOf();
    if (headers !== undefined) executable = await buildPrograms(headers);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const run = (args: readonly string[], program: readonly string[]): Promise<Report> => {
    const report = join(folder, "report.json");
    rmSync(report, { force: true });
    return new Promise((resolve, reject) => {
      const all = ["--report", report, "--limit", "60", ...args, "--", ...program];
      execFile(executable!, all, (error, _stdout, stderr) => {
        if (!existsSync(report)) {
          reject(new Error(`no report: ${stderr}`, { cause: error }));
          return;
        }
        const read = JSON.parse(readFileSync(report, "utf8")) as Report;
        expect(error === null ? 0 : error.code).toBe(read.ok ? 0 : 3);
        resolve(read);
      });
    });
  };

  it.each(PROGRAMS)("%s is clean in every order", async (program) => {
    if (executable === undefined) return;
    for (const schedule of SCHEDULES) {
      const { findings } = await run(schedule, [program]);
      expect(findings, schedule.join(" ")).toEqual([]);
    }
  });

  it.each(MISTAKES)("%s: %s is found in every order", async (program, mistake, kind, message) => {
    if (executable === undefined) return;
    for (const schedule of SCHEDULES) {
      const { findings } = await run(schedule, [program, mistake]);
      const texts = findings.filter((each) => each.kind === kind).map((each) => each.message);
      expect(
        texts.some((text) => message.test(text)),
        `${schedule.join(" ")}: ${JSON.stringify(findings)}`,
      ).toBe(true);
      expect(findings.every(({ lines }) => lines.length > 0)).toBe(true);
    }
  });

  it("says so where different orders of communicators need both on a GPU", async () => {
    if (executable === undefined) return;
    const { findings } = await run(["--resident", "one"], ["orders"]);
    const texts = findings.filter(({ kind }) => kind === "deadlock").map(({ message }) => message);
    expect(texts.join("\n")).toContain("the GPU is taken by");
  });

  it.each(FAULTS)("%s ends in errors, not in a hang", async (fault, rank, failing) => {
    if (executable === undefined) return;
    const { findings } = await run(["--fault", fault], ["polling"]);
    expect(findings.filter(({ kind }) => kind === "fault").map((each) => each.rank)).toEqual([rank]);
    const failed = findings.filter(({ kind }) => kind === "failure").map((each) => each.rank);
    expect(failed.toSorted()).toEqual(failing);
  });

  it("a slow rank makes no difference", async () => {
    if (executable === undefined) return;
    for (const order of ORDERS)
      expect(await run(["--order", order, "--fault", "slow:1"], ["polling"])).toMatchObject({ ok: true });
  });

  it("does the same again for the same seed", async () => {
    if (executable === undefined) return;
    for (const program of ["exchange", "graph"]) {
      const twice = [
        await run(["--order", "random"], [program]),
        await run(["--order", "random"], [program]),
      ];
      expect(twice[0]).toEqual(twice[1]);
    }
  });
});

/** Flags for the real headers; undefined where this machine lacks them. */
async function ofMachine(): Promise<readonly string[] | undefined> {
  const cuda = "/usr/local/cuda/include";
  const headers = await headersForTests();
  if (headers.real && existsSync(join(cuda, "cuda_runtime.h")))
    return realHeaders(cuda, join(headers.path, "include"));
  console.warn("skipped: programs emulated with the headers of CUDA and NCCL, for lack of them");
  return undefined;
}
