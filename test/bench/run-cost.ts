// What each phase of an execution takes. `weft run` does the same, but evaluates layers densely while it executes others.
import { performance } from "node:perf_hooks";
import { miniature, type LaunchPlan } from "../../src/plan/index.js";
import type { Backend } from "../../src/run/backend.js";
import { balanceRouters } from "../../src/run/balance.js";
import { ExecutionContext } from "../../src/run/context.js";
import { CpuBackend } from "../../src/run/cpu/backend.js";
import { ExecutionData } from "../../src/run/data.js";
import { Execution } from "../../src/run/execution.js";
import { compareLayers } from "../../src/run/oracle/compare.js";
import { WebGpuBackend } from "../../src/run/webgpu/backend.js";
import { openDevice } from "../../src/run/webgpu/device.js";

export const PHASES = ["calibration", "upload", "execution", "dense evaluation"] as const;

export interface RunCost {
  readonly ranks: number;
  readonly launches: number;
  /** Bytes of the memory of all ranks. */
  readonly memory_bytes: number;
  /** By phase. */
  readonly time_s: readonly number[];
  /** User time of all threads, those of a software GPU included. */
  readonly cpu_s: number;
  readonly max_relative_error: number;
}

/** Executes the miniature of a plan once. */
export async function measureRun(plan: LaunchPlan, name: Backend["name"]): Promise<RunCost> {
  const began = process.cpuUsage();
  const time_s: number[] = [];
  const timed = async <T>(work: () => T | Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work();
    time_s.push((performance.now() - start) / 1e3);
    return result;
  };
  const context = new ExecutionContext(miniature(plan).plan);
  const data = new ExecutionData(context, 1);
  const execution = new Execution(context, data, 1);
  const shape = {
    ranks: context.plan.world,
    rankWords: context.rankWords,
    captureWords: context.captures.words,
  };
  const open = name === "webgpu" ? await openDevice() : undefined;
  const backend = open ? await WebGpuBackend.create(open, shape) : new CpuBackend(shape);
  /** Waits until all that was sent has been done. */
  const finished = () => backend.read([{ word: 0, words: 1 }]);
  await timed(() => {
    balanceRouters(context, data);
  });
  await timed(async () => {
    execution.upload(backend);
    await finished();
  });
  await timed(async () => {
    await execution.run(backend);
    await finished();
  });
  context.captures.settle();
  const error = await timed(async () => {
    let largest = 0;
    for await (const { maxRelativeError } of compareLayers(context, data, backend))
      largest = Math.max(largest, maxRelativeError);
    return largest;
  });
  backend.destroy();
  open?.destroy();
  return {
    ranks: context.plan.world,
    launches: execution.amounts.launches,
    memory_bytes: 4 * (shape.ranks * shape.rankWords + shape.captureWords),
    time_s,
    cpu_s: process.cpuUsage(began).user / 1e6,
    max_relative_error: error,
  };
}
