// Builds damaged programs and lets the emulation look for what is wrong with them.
import { createHash } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { emitCuda, emitEmulation } from "../../../../src/emit/cuda/emit.js";
import { miniature, writePlan, type LaunchPlan } from "../../../../src/plan/index.js";
import { balanceRouters } from "../../../../src/run/balance.js";
import { ExecutionContext } from "../../../../src/run/context.js";
import { buildEmulated } from "../../../../src/run/cuda/build.js";
import { findCompiler } from "../../../../src/run/cuda/compiler.js";
import { emulate, ORDERS, type Finding, type Order } from "../../../../src/run/cuda/emulation.js";
import { writeImages } from "../../../../src/run/cuda/images.js";
import { ObjectCache } from "../../../../src/run/cuda/object-cache.js";
import { ExecutionData } from "../../../../src/run/data.js";
import type { Kind, Program } from "./kinds.js";

export interface Run {
  readonly order: Order;
  readonly seed: number;
  readonly findings: readonly Finding[];
}

/** A plan whose program is damaged, with memory images for all of its runs. */
export class Hunt {
  readonly program: Program;
  #built = 0;

  constructor(
    readonly folder: string,
    plan: LaunchPlan,
  ) {
    this.program = emitCuda(plan, { planSha256: createHash("sha256").update(writePlan(plan)).digest("hex") });
    const context = new ExecutionContext(miniature(plan).plan);
    const data = new ExecutionData(context, 1);
    balanceRouters(context, data);
    for (const name of ["images", "checkpoints"]) mkdirSync(join(folder, name), { recursive: true });
    writeImages(join(folder, "images"), context, data);
  }

  /** Runs a program with every order and seed. */
  async run(program: Program, seeds: readonly number[]): Promise<readonly Run[]> {
    const folder = join(this.folder, `program-${String(this.#built++)}`);
    mkdirSync(folder);
    try {
      const options = { compiler: await findCompiler(), cache: ObjectCache.ofUser() };
      const { executable } = await buildEmulated(folder, program, emitEmulation(), options);
      const runs: Run[] = [];
      for (const order of ORDERS)
        for (const seed of seeds) {
          const [data, checkpoints] = [join(this.folder, "images"), join(this.folder, "checkpoints")];
          const { findings } = await emulate(executable, folder, {
            ...{ seed, order, data, checkpoints, limitSeconds: 120 },
            // Nobody else loads this machine's emulated GPUs: what stands still for so long stands still.
            program: ["--timeout", "5"],
          });
          runs.push({ order, seed, findings });
        }
      return runs;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** Runs in which nothing was found of what a kind is found by. */
export function missed({ found }: Kind, runs: readonly Run[]): readonly Run[] {
  return runs.filter(({ findings }) => !findings.some((finding) => found.includes(finding.kind)));
}
