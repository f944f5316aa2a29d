// The reports of a real plan say what the plan says.
import { beforeAll, describe, expect, it } from "vitest";
import {
  compile,
  describeRun,
  openEntry,
  run,
  summarise,
  type Compilation,
  type RunResult,
} from "../../src/index.js";
import { memoryParts } from "../../src/report/memory-parts.js";
import { drawTimeline } from "../../src/report/timeline.js";
import { size, time } from "../../src/report/units.js";

type Compiled = NonNullable<Compilation["compiled"]>;
let compiled: Compiled;
let result: RunResult;

beforeAll(async () => {
  const entry = openEntry(new URL("../cli/fixtures/tiny.weft", import.meta.url).pathname);
  const compilation = await compile({ entry, overrides: ["prefill.batch.micro_batches=2"] });
  if (compilation.compiled === undefined) throw new Error(JSON.stringify(compilation.diagnostics.sorted()));
  compiled = compilation.compiled;
  result = await run(compiled.plan, { backend: "cpu", seed: 1 });
});

describe("the summary of a compile", () => {
  const summary = async (): Promise<string> => {
    const { plan, proof, sha256, text } = compiled;
    return summarise(plan, { proof, sha256, outputs: ["out/plan.json"], bytes: text.length });
  };

  it("names every decision, its choice, and what lost", async () => {
    const said = await summary();
    expect(compiled.plan.why?.decisions.length).toBeGreaterThan(0);
    const decisions = compiled.plan.why?.decisions.filter(({ layer }) => layer === undefined) ?? [];
    for (const { name, choice, alternatives } of decisions) {
      expect(said).toContain(`${name}: ${choice}  (`);
      for (const { choice: loser } of alternatives.slice(0, 4)) expect(said).toContain(`lost: ${loser}`);
    }
    expect(said).toContain("as the schedule says");
  });

  it("gives the prediction beside its bound", async () => {
    const said = await summary();
    const prediction = compiled.plan.why?.prediction;
    if (prediction === undefined) throw new Error("no prediction");
    for (const us of [
      prediction.step_time_us,
      prediction.exposed_communication_us,
      prediction.lower_bound_us,
    ])
      expect(said).toContain(time(us));
    expect(said).toContain(prediction.bound_by);
    expect(said).toContain(size(prediction.peak_memory_bytes));
  });

  it("does without the part that says why", async () => {
    const { why: _why, ...plan } = compiled.plan;
    const said = await summarise(plan, {
      proof: compiled.proof,
      sha256: compiled.sha256,
      outputs: [],
      bytes: 1,
    });
    expect(said).toContain("Memory of a GPU");
    expect(said).not.toContain("Decided");
  });
});

describe("the parts of the memory", () => {
  it("add up to the peak, alignment aside, largest first", () => {
    const parts = memoryParts(compiled.plan);
    const sum = parts.reduce((total, { bytes }) => total + bytes, 0);
    const { alignment_bytes, regions, total } = compiled.plan.memory;
    expect(sum).toBeLessThanOrEqual(total.value);
    expect(sum).toBeGreaterThan(total.value - alignment_bytes * regions.length);
    expect(parts.map(({ bytes }) => bytes)).toEqual(parts.map(({ bytes }) => bytes).sort((a, b) => b - a));
  });
});

describe("the timeline", () => {
  it("has a row of equal length for each stream, with both micro-batches", () => {
    const [heading = "", ...rest] = drawTimeline(compiled.plan);
    expect(heading).toMatch(/^layer \d+ \(moe\), /);
    const rows = rest.slice(0, -1);
    expect(rows).toHaveLength(compiled.plan.roles[0]?.streams.length ?? 0);
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
    const compute = rows.find((row) => row.startsWith("compute")) ?? "";
    expect(compute).toMatch(/S+/);
    expect(compute).toMatch(/s+/);
  });

  it("names each letter that it uses", () => {
    const lines = drawTimeline(compiled.plan);
    const used = new Set(lines.slice(1, -1).flatMap((row) => Array.from(row.replace(/^\S+ +/, ""))));
    for (const letter of used) expect(lines.at(-1)).toContain(`${letter.toUpperCase()} `);
  });
});

describe("the report of an execution", () => {
  it("says what was reduced, how much was executed, and how far off it is", async () => {
    const said = await describeRun(result);
    for (const { name, from, to } of result.reduced) expect(said).toContain(`${name} ${from}->${to}`);
    expect(said).toMatch(/launches +[\d,]+ +of [\d,]+/);
    expect(said).toContain(result.routing_sha256.slice(0, 16));
    expect(said).toContain("The plan computes what the model says.");
  });

  it("names the failure, and what waits for what", async () => {
    const failure = {
      kind: "deadlock",
      message: "nothing can start",
      waiting: ["rank 0 waits for rank 1"],
    } as const;
    const said = await describeRun({ ...result, ok: false, failure });
    expect(said).toContain("The plan is wrong.\nnothing can start\n  rank 0 waits for rank 1\n");
  });

  it("does without layers where nothing was finished", async () => {
    const said = await describeRun({ ...result, ok: false, layers: [], max_relative_error: null });
    expect(said).toContain("no layer was finished");
  });
});
