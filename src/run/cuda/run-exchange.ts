// Executes the program that is emitted for an exchange plan: built for the CPU against an emulation of CUDA and NCCL, run on all
// ranks with the traffic that it is given. The program itself holds every result against what the routing alone says.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { emitEmulation, type EmittedFile } from "../../emit/cuda/emit.js";
import { emitExchangeCuda } from "../../emit/exchange/cuda/emit.js";
import type { ExchangeRefusal } from "../../emit/exchange/emitted.js";
import type { ExchangePlan, Routing } from "../../exchange-plan/index.js";
import { buildEmulated } from "./build.js";
import { findCompiler, findRealHeaders } from "./compiler.js";
import { emulate, type EmulationRun, type Order } from "./emulation.js";
import { ObjectCache } from "./object-cache.js";

export interface ExchangeCudaOptions {
  /** What every rank has for whom. */
  readonly routing: Routing;
  /** Decides the order in which the emulated GPUs go on. */
  readonly seed?: number;
  readonly order?: Order;
  /** Exchanges, one after the other; 1 where absent. */
  readonly iterations?: number;
  /** Changes the program before it is built. */
  readonly edit?: (files: readonly EmittedFile[]) => readonly EmittedFile[];
}

/**
 * Executes a plan's program. What is wrong with it, or with its result, is among the run's findings.
 * @throws {CompilerUnavailable} where nothing can be built
 */
export async function runExchangeCuda(
  plan: ExchangePlan,
  { routing, seed = 0, order = "random", iterations = 1, edit = (files) => files }: ExchangeCudaOptions,
): Promise<EmulationRun | { readonly refused: ExchangeRefusal }> {
  const emitted = emitExchangeCuda(plan);
  if ("refused" in emitted) return emitted;
  const files = emitted.files.map(({ path, bytes }) => ({ path, text: bytes }));
  const folder = mkdtempSync(join(tmpdir(), "weft-emulated-"));
  try {
    const { executable } = await buildEmulated(folder, edit(files), emitEmulation(), {
      compiler: await findCompiler(),
      headers: findRealHeaders(),
      cache: ObjectCache.ofUser(),
    });
    const data = join(folder, "routing.txt");
    writeFileSync(data, textOfRouting(routing));
    return await emulate(executable, folder, {
      seed,
      order,
      data,
      program: ["--iterations", String(iterations)],
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A line for each token: its source, then its destinations. */
const textOfRouting = (routing: Routing): string =>
  routing
    .flatMap((tokens, source) => tokens.map((destinations) => `${[source, ...destinations].join(" ")}\n`))
    .join("");
