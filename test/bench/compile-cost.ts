// What each stage of compiling takes: time, and memory as the garbage collector sees it.
import { GCProfiler, getHeapStatistics } from "node:v8";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { check } from "../../src/check/check.js";
import { openEntry } from "../../src/files.js";
import { compileProgram } from "../../src/passes/index.js";
import { writePlan } from "../../src/plan/write.js";
import { parse } from "../../src/syntax/parse.js";
import { verify } from "../../src/verify/index.js";

export interface StageCost {
  readonly stage: "parse" | "check" | "passes" | "verify" | "write";
  readonly time_ms: number;
  /** Bytes allocated on the heap during the stage. */
  readonly allocated_bytes: number;
  /** Most bytes in use on the heap during the stage, garbage included. */
  readonly peak_bytes: number;
}

export interface CompileCost {
  readonly stages: readonly StageCost[];
  readonly ranks: number;
  readonly layers: number;
  readonly launches: number;
  readonly plan_bytes: number;
}

/** Compiles an example once, stage by stage. Time is that of one run: the first one of a process also compiles Weft itself. */
export function measureCompile(example: string, overrides: readonly string[] = []): CompileCost {
  const { uri, host } = openEntry(fileURLToPath(new URL(`../../examples/${example}.weft`, import.meta.url)));
  const stages: StageCost[] = [];
  const run = <T>(stage: StageCost["stage"], work: () => T): T => {
    const { result, cost } = measured(work);
    stages.push({ stage, ...cost });
    return result;
  };
  const checked = check(uri, host, { overrides });
  // Check parses for itself; to see either alone, all texts are parsed once more.
  run("parse", () => checked.sources.forEach((source) => parse(source)));
  const { program, diagnostics } = run("check", () => check(uri, host, { overrides }));
  const plan = program && run("passes", () => compileProgram(program, diagnostics));
  if (plan === undefined)
    throw new Error(
      diagnostics
        .sorted()
        .map(({ message }) => message)
        .join("; "),
    );
  if (!run("verify", () => verify(plan)).ok) throw new Error(`the plan of ${example} is refuted`);
  const text = run("write", () => writePlan(plan));
  return {
    stages,
    ranks: plan.world,
    layers: plan.model.layers.reduce((sum, each) => sum + each.repeat, 0),
    launches: plan.cells.reduce((sum, each) => sum + each.launches.length, 0),
    plan_bytes: Buffer.byteLength(text),
  };
}

function measured<T>(work: () => T): { result: T; cost: Omit<StageCost, "stage"> } {
  const profiler = new GCProfiler();
  let used = getHeapStatistics().used_heap_size;
  profiler.start();
  const start = performance.now();
  const result = work();
  const time_ms = performance.now() - start;
  let allocated = 0;
  let peak = used;
  const note = (size: number): void => {
    allocated += Math.max(0, size - used);
    peak = Math.max(peak, size);
  };
  for (const { beforeGC, afterGC } of profiler.stop().statistics) {
    note(beforeGC.heapStatistics.usedHeapSize);
    used = afterGC.heapStatistics.usedHeapSize;
  }
  note(getHeapStatistics().used_heap_size);
  return { result, cost: { time_ms, allocated_bytes: allocated, peak_bytes: peak } };
}
