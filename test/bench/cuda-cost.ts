// What each phase of executing an emitted program on emulated GPUs takes. `weft run --backend cuda-emulated` does the same.
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { emitCuda, emitEmulation } from "../../src/emit/cuda/emit.js";
import { miniature, writePlan, type LaunchPlan } from "../../src/plan/index.js";
import { balanceRouters } from "../../src/run/balance.js";
import { compareAll } from "../../src/run/checked-execution.js";
import { ExecutionContext } from "../../src/run/context.js";
import { buildEmulated } from "../../src/run/cuda/build.js";
import { findCompiler } from "../../src/run/cuda/compiler.js";
import { emulate } from "../../src/run/cuda/emulation.js";
import { CapturedFiles, writeImages } from "../../src/run/cuda/images.js";
import { ObjectCache } from "../../src/run/cuda/object-cache.js";
import { ExecutionData } from "../../src/run/data.js";

export const PHASES = ["build", "build again", "routers", "images", "run", "dense evaluation"] as const;

export interface EmulationCost {
  readonly ranks: number;
  readonly layers: number;
  /** Operations of streams. */
  readonly operations: number;
  /** By phase. */
  readonly time_s: readonly number[];
  /** What was found wrong. */
  readonly findings: readonly string[];
  readonly max_relative_error: number;
}

/** Builds the program of a plan from nothing and then from the cache, and runs it once. */
export async function measureEmulated(plan: LaunchPlan): Promise<EmulationCost> {
  const folder = mkdtempSync(join(tmpdir(), "weft-bench-"));
  const time_s: number[] = [];
  const timed = async <T>(work: () => T | Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work();
    time_s.push((performance.now() - start) / 1e3);
    return result;
  };
  try {
    const [objects, first, again, images, checkpoints] = [
      "objects",
      "first",
      "again",
      "images",
      "checkpoints",
    ].map((name) => {
      mkdirSync(join(folder, name));
      return join(folder, name);
    }) as [string, string, string, string, string];
    const options = { compiler: await findCompiler(), cache: new ObjectCache(objects) };
    const program = emitCuda(plan, {
      planSha256: createHash("sha256").update(writePlan(plan)).digest("hex"),
    });
    const { executable } = await timed(() => buildEmulated(first, program, emitEmulation(), options));
    await timed(() => buildEmulated(again, program, emitEmulation(), options));
    const context = new ExecutionContext(miniature(plan).plan);
    const data = new ExecutionData(context, 1);
    await timed(() => balanceRouters(context, data));
    await timed(() => writeImages(images, context, data));
    const run = await timed(() =>
      emulate(executable, folder, { seed: 1, order: "random", data: images, checkpoints }),
    );
    const { comparisons, failure } = await timed(() =>
      compareAll({ context, data }, new CapturedFiles(checkpoints, context), 1e-4),
    );
    return {
      ranks: plan.world,
      layers: context.index.layers,
      operations: run.operations,
      time_s,
      findings: [
        ...run.findings.map(({ message }) => message),
        ...(failure === undefined ? [] : [failure.message]),
      ],
      max_relative_error: Math.max(...comparisons.map((each) => each.maxRelativeError)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
