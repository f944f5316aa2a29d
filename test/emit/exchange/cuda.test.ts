// An exchange as a CUDA/NCCL program: built against the emulation, it gives every rank its rows whatever the traffic and the order
// of the GPUs, and mistakes that are planted in it are seen.
import { describe, expect, it } from "vitest";
import type { EmittedFile } from "../../../src/emit/cuda/emit.js";
import { emitExchangeCuda } from "../../../src/emit/exchange/cuda/emit.js";
import type { ExchangePlan, Routing } from "../../../src/exchange-plan/index.js";
import { runExchangeCuda } from "../../../src/run/cuda/run-exchange.js";
import { drawTraffic } from "../../../src/run/exchange/traffic.js";
import { planOf } from "../../exchange/plans.js";
import { canRun } from "../cuda/program.js";

const ways = ["direct", "gather", "forward", "spread"] as const;

/** Tokens for three ranks each, unlike any plan's demand; a third of the ranks have none. */
const uneven = (ranks: number): Routing =>
  Array.from({ length: ranks }, (_, source) =>
    Array.from({ length: source % 3 === 1 ? 0 : 3 + ((7 * source) % 5) }, (_, token) =>
      [...new Set([1, 5, 9].map((step) => (step * token + step * source) % ranks))].sort((a, b) => a - b),
    ),
  );

const copied = (plan: ExchangePlan): ExchangePlan => ({ ...plan, copies: true });
const combining = (plan: ExchangePlan, sums: boolean): ExchangePlan => ({
  ...plan,
  direction: "combine",
  partial_sums: sums,
});

async function findingsOf(
  plan: ExchangePlan,
  routing: Routing,
  how: {
    seed?: number;
    iterations?: number;
    edit?: (files: readonly EmittedFile[]) => readonly EmittedFile[];
  } = {},
): Promise<readonly string[]> {
  const run = await runExchangeCuda(plan, { routing, ...how });
  if ("refused" in run) throw new Error(run.refused.reason);
  return run.findings.map(({ kind, message }) => `${kind}: ${message}\n${run.stderr}`);
}

const edited =
  (path: string, from: string, to: string) =>
  (files: readonly EmittedFile[]): readonly EmittedFile[] =>
    files.map((file) => {
      if (file.path !== path) return file;
      expect(file.text).toContain(from);
      return { path, text: file.text.replace(from, to) };
    });

describe.runIf(canRun("executing emitted exchanges", ["g++"]))("the program of an exchange", () => {
  describe.each(ways)("by %s in two waves", (way) => {
    const plan = planOf({ nodes: 3, ranksPerNode: 5 }, way, 2);

    it("gives every rank its rows, again and again", async () => {
      expect(await findingsOf(plan, uneven(15), { iterations: 2 })).toEqual([]);
    });

    it("brings results back as sums", async () => {
      expect(await findingsOf(combining(plan, false), uneven(15), { seed: 1 })).toEqual([]);
    });
  });

  describe.each(["forward", "spread"] as const)("by %s with copies", (way) => {
    const plan = copied(planOf({ nodes: 4, ranksPerNode: 6 }, way, 2));
    it.each([
      ["takes copies apart where they arrive", plan],
      ["brings every row back", combining(plan, false)],
      ["adds up what crosses together", combining(plan, true)],
    ])("%s", async (_what, each) => {
      expect(await findingsOf(each, uneven(24), { seed: 2 })).toEqual([]);
    });
  });

  const plan = planOf({ nodes: 2, ranksPerNode: 4 }, "forward");

  it.each(["to-one", "gaps", "one-token", "empty"] as const)("is right for traffic %s", async (kind) => {
    expect(await findingsOf(copied(plan), drawTraffic(kind, plan, 1, 0.2))).toEqual([]);
  });

  it("runs on one node", async () => {
    expect(await findingsOf(planOf({ nodes: 1, ranksPerNode: 4 }, "direct"), uneven(4))).toEqual([]);
  });

  it("ends on all ranks where one has no room", async () => {
    const run = await runExchangeCuda(
      { ...plan, capacity_rows: 5 },
      { routing: drawTraffic("to-one", plan, 1) },
    );
    expect("refused" in run ? [] : run.findings.map(({ rank }) => rank)).toHaveLength(8);
    expect("refused" in run ? "" : run.stderr).toMatch(
      /rank \d would (receive|hold for others) \d+ rows; 5 fit/,
    );
  });

  it.each([
    [
      "no wait between messages and the next pack",
      "if (at > 0) compute_.wait(*moved_[at - 1]);",
      "",
      /^race/,
    ],
    [
      "a message to a wrong peer",
      "group.send(each.peer,",
      "group.send((each.peer + 1) % plan_.ranks,",
      /^(deadlock|mismatch|failure)/,
    ],
    ["no wait before messages leave", "transfers_.wait(*packed_[at]);", "", /^race/],
  ])("is seen to have %s", async (_what, from, to, kind) => {
    const edit = edited("runtime/exchange_step.cpp", from, to);
    expect((await findingsOf(plan, uneven(8), { edit }))[0]).toMatch(kind);
  });
});

describe("the program of an exchange", () => {
  it("is refused where a group would have more operations than NCCL has room for", () => {
    const emitted = emitExchangeCuda(planOf({ nodes: 130, ranksPerNode: 8 }, "direct"));
    expect(emitted).toMatchObject({ refused: { limit: "2048 operations in a group of NCCL" } });
  });

  it("is the same for the same plan, and as clang-format leaves it", async () => {
    const plan = planOf({ nodes: 3, ranksPerNode: 4 }, "spread", 2);
    const emitted = emitExchangeCuda(plan);
    expect(emitExchangeCuda(plan)).toEqual(emitted);
    if ("refused" in emitted) throw new Error(emitted.refused.reason);
    const { format } = await import("@wasm-fmt/clang-format");
    const text = (path: string): string => emitted.files.find((file) => file.path === path)!.bytes;
    for (const { path, bytes } of emitted.files)
      if (/\.(h|cpp|cu)$/.test(path))
        expect([path, format(bytes, "file.cpp", text(".clang-format"))]).toEqual([path, bytes]);
  });
});
