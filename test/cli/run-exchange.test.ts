// weft run of exchange plans: what is said, to people and to machines, and what is refused.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeExchangePlan, type ExchangePlan } from "../../src/exchange-plan/index.js";
import { withCopies } from "../end-to-end/exchange-cases.js";
import { planOf } from "../exchange/plans.js";
import { codes, emptyFolder, fixture, json, weft } from "./weft.js";

const plan = withCopies(planOf({ nodes: 3, ranksPerNode: 2 }, "forward", 2, (from, to) => (from + to) % 4));

/** A file that holds the plan, changed. */
function fileOf(changes: Partial<ExchangePlan> = {}): string {
  const path = join(emptyFolder(), "a2a.json");
  writeFileSync(path, writeExchangePlan({ ...plan, ...changes }));
  return path;
}

describe("weft run of an exchange plan", () => {
  it("says what moved, and that all of it is where it belongs", () => {
    const ran = weft(["run", fileOf(), "--backend", "cpu", "--seed", "3"]);
    expect(ran).toMatchObject({ status: 0, stderr: "" });
    expect(ran.stdout).toBe(`Executed on the CPU: 6 ranks, order seed 3, data seed 1

Reduced, so that it can be executed here
  nothing

Executed
  tokens            27  of all ranks; traffic: drawn from the plan's demand
  rows              54  of 64 B, one for each destination of a token
  launches           3  of every rank, for a dispatch
  messages          29  between ranks
  nvlink      2.25 KiB  in those messages
  infiniband  2.19 KiB  in those messages

Every row is where it belongs, byte for byte.
`);
  });

  it("gives the same to machines, and on WebGPU", () => {
    const fields = (backend: string) =>
      json(weft(["run", fileOf(), "--backend", backend, "--data-seed", "7", "--json"]));
    const { adapter, ...gpu } = fields("webgpu");
    expect(adapter).toBeTypeOf("string");
    const cpu = fields("cpu");
    expect(gpu).toEqual({ ...cpu, backend: "webgpu" });
    expect(cpu).toMatchObject({
      format: "weft.run/1",
      ok: true,
      traffic: "demand",
      direction: "dispatch",
      ranks: 6,
      launches: 3,
      row_bytes: 64,
      bytes_per_tier: { nvlink: expect.any(Number) as unknown, infiniband: expect.any(Number) as unknown },
      diagnostics: [],
    });
  });

  it("adds exactly in a combine", () => {
    const ran = weft(["run", fileOf({ direction: "combine", partial_sums: true }), "--backend", "cpu"]);
    expect(ran.status).toBe(0);
    expect(ran.stdout).toContain("Every token has the sum of what its destinations gave back, exactly.");
  });

  it("executes large plans with fewer and narrower rows, and says so", () => {
    const large = planOf({ nodes: 2, ranksPerNode: 2 }, "spread", 1, () => 40_000);
    const ran = weft(["run", fileOf({ ...large, row_bytes: 14_336 }), "--backend", "cpu"]);
    expect(ran.status).toBe(0);
    expect(ran.stdout).toContain("  row_bytes 14,336->128, rows 640,000->131,072\n");
  });

  it("executes traffic of other kinds", () => {
    for (const [kind, words] of [
      ["to-one", "all for one rank"],
      ["gaps", "the demand, with ranks that send nothing and ranks that receive nothing"],
      ["one-token", "a single token"],
      ["empty", "none"],
    ] as const) {
      const ran = weft(["run", fileOf(), "--backend", "cpu", "--traffic", kind]);
      expect(ran.status).toBe(0);
      expect(ran.stdout).toContain(`traffic: ${words}\n`);
    }
  });

  it("stops where a rank has no room, before anything moves", () => {
    const ran = weft([
      "run",
      fileOf({ capacity_rows: 20 }),
      "--backend",
      "cpu",
      "--traffic",
      "to-one",
      "--json",
    ]);
    expect(ran.status).toBe(3);
    expect(codes(ran)).toEqual(["over-capacity"]);
    expect(json(ran)).toMatchObject({
      ok: false,
      messages: 0,
      failure: { kind: "over_capacity", capacity: 20, rank: expect.any(Number) as unknown },
    });
  });

  it("says what a wrong plan sends on before it has it", () => {
    const routes = plan.routes.map((route) => ({ ...route, launches: [...route.launches].reverse() }));
    const ran = weft(["run", fileOf({ routes }), "--backend", "webgpu"]);
    expect(ran.status).toBe(3);
    expect(ran.stdout).toMatch(/The plan is wrong\n {2}poison: rank \d sends on what has not arrived: rows/);
  });

  it.each([
    ["a launch that there is not", { launches: plan.launches.slice(1) }],
    ["another machine", { ranks: 8 }],
    ["no routes' spread", { routes: [{ ...plan.routes[1]!, way: "spread" as const }] }],
  ])("refuses a plan that says nothing definite: %s", (_, changes) => {
    const ran = weft(["run", fileOf(changes), "--backend", "cpu", "--json"]);
    expect(ran.status).toBe(3);
    expect(codes(ran)).toEqual(["plan-inconsistent"]);
  });

  it("refuses options that are for other plans", () => {
    const out = emptyFolder();
    weft(["compile", fixture("tiny.weft"), "-o", out]);
    for (const args of [
      [join(out, "plan.json"), "--traffic", "gaps"],
      [fileOf(), "--backend", "cuda-emulated"],
    ]) {
      const ran = weft(["run", ...args, "--json"]);
      expect(ran.status).toBe(2);
      expect(codes(ran)).toEqual(["wrong-arguments"]);
    }
  });
});
