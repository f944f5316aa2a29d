// Executes the program that is emitted for a plan: its miniature is built for the CPU against an emulation of CUDA and NCCL, run on
// all ranks, and held against the dense evaluation of the model.
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { emitCuda, emitEmulation } from "../../emit/cuda/emit.js";
import { miniature, writePlan, type LaunchPlan } from "../../plan/index.js";
import { balancedLayers, type SelectionBias } from "../balance.js";
import { compareAll, type Comparison } from "../checked-execution.js";
import { composeResult, type Executed } from "../compose-result.js";
import { ExecutionContext } from "../context.js";
import { ExecutionData } from "../data.js";
import type { Failure } from "../failure.js";
import { DEFAULT_TOLERANCE, type RunStage } from "../run.js";
import type { RunResult } from "../result.js";
import { buildEmulated } from "./build.js";
import { findCompiler, findRealHeaders } from "./compiler.js";
import { countedBy } from "./counted.js";
import { emulate, type EmulationRun, type Finding, type Order } from "./emulation.js";
import { CapturedFiles, writeImages } from "./images.js";
import { ObjectCache } from "./object-cache.js";

export interface EmulatedRunOptions {
  readonly backend: "cuda-emulated";
  /** By which rule the emulated GPUs go on; at random where absent. */
  readonly order?: Order;
  /** Decides the order of launches alone. */
  readonly seed?: number;
  /** Decides weights and inputs alone. */
  readonly dataSeed?: number;
  readonly selectionBias?: SelectionBias;
  readonly tolerance?: number;
  /** Something that goes wrong on purpose: KIND:RANK[:NUMBER]. */
  readonly fault?: string;
  /** Further options of the emitted program. */
  readonly program?: readonly string[];
  readonly onProgress?: (share: number, stage: RunStage | "building") => void;
}

/**
 * Executes a plan. What is wrong with it, or with what is emitted for it, is in the result's `failure`.
 * @throws {CompilerUnavailable} where nothing can be built
 */
export async function runEmulated(plan: LaunchPlan, options: EmulatedRunOptions): Promise<RunResult> {
  const { seed = 0, dataSeed = 0, order = "random", tolerance = DEFAULT_TOLERANCE, onProgress } = options;
  const compiler = await findCompiler();
  const folder = mkdtempSync(join(tmpdir(), "weft-emulated-"));
  try {
    const planSha256 = createHash("sha256").update(writePlan(plan)).digest("hex");
    const building = buildEmulated(folder, emitCuda(plan, { planSha256 }), emitEmulation(), {
      compiler,
      headers: findRealHeaders(),
      cache: ObjectCache.ofUser(),
      onProgress: (share) => onProgress?.(share, "building"),
    });
    const { plan: small, reduced } = miniature(plan);
    const context = new ExecutionContext(small);
    const data = new ExecutionData(context, dataSeed);
    const [{ executable }] = await Promise.all([building, prepare(context, data, options)]);
    const [images, checkpoints] = ["images", "checkpoints"].map((name) => join(folder, name)) as [
      string,
      string,
    ];
    mkdirSync(images);
    mkdirSync(checkpoints);
    writeImages(images, context, data);
    onProgress?.(0, "executing");
    const { fault, program } = options;
    const run = await emulate(executable, folder, { seed, order, fault, program, data: images, checkpoints });
    const { checked, executed } = await examine(context, data, run, checkpoints, tolerance);
    const how = { backend: options.backend, order, seed, dataSeed, reduced, tolerance };
    return await composeResult(plan, context, { ...how, checked, executed });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Makes the weights while the compiler is at work: between layers what it has finished is seen to. */
async function prepare(
  context: ExecutionContext,
  data: ExecutionData,
  { selectionBias, onProgress }: EmulatedRunOptions,
): Promise<void> {
  for (const share of balancedLayers(context, data, selectionBias)) {
    onProgress?.(share, "preparing");
    await setImmediate();
  }
}

/** Compares what a run computed, and counts what it moved, where it came to its end. */
async function examine(
  context: ExecutionContext,
  data: ExecutionData,
  run: EmulationRun,
  checkpoints: string,
  tolerance: number,
): Promise<{ checked: Comparison; executed: Executed }> {
  const [finding] = run.findings;
  const { launches, transfers, bytes } = run;
  const counted: Executed = {
    amounts: { launches, transfers, bytes },
    inRounds: () => ({}),
    receivedRows: () => ({}),
    copiesAway: () => undefined,
  };
  if (finding !== undefined)
    return { checked: { comparisons: [], failure: failureOf(context, finding, run) }, executed: counted };
  const captured = new CapturedFiles(checkpoints, context);
  const checked = await compareAll({ context, data }, captured, tolerance);
  if (checked.failure !== undefined) return { checked, executed: counted };
  const choiceOf = (layer: number, gate: string): Uint32Array => {
    const value = context.captures.value(layer, gate)!;
    return captured.wordsOf(value, context.captures.tokensOf(layer));
  };
  return { checked, executed: countedBy(context, choiceOf) };
}

const kinds = {
  race: "race",
  deadlock: "deadlock",
  mismatch: "size_mismatch",
  misuse: "misuse",
  fault: "failed",
  failure: "failed",
} as const satisfies Record<Finding["kind"], Failure["kind"]>;

/** The first finding is the failure; all of them are told, and what ranks that fail say themselves. */
function failureOf(context: ExecutionContext, finding: Finding, { findings, stderr }: EmulationRun): Failure {
  const { kind, rank, message, lines } = finding;
  const said = [...new Set([...stderr.matchAll(/^weft: (.*)$/gm)].map(([, text]) => text!))];
  const others = [...said, ...findings.slice(1).map((each) => `${each.kind}: ${each.message}`)];
  const failure = {
    kind: kinds[kind],
    ...(rank < 0 ? {} : { rank }),
    message,
    ...(lines.length === 0 ? {} : { lines }),
    ...(others.length === 0 ? {} : { others }),
  };
  // A rank that ends its program for want of room does as the schedule says.
  const beyond = said
    .map((text) => /^rank (\d+) would (?:receive|forward) \d+ rows in (\S+)/.exec(text))
    .find((each) => each);
  if (beyond === null || beyond === undefined || kind !== "failure") return failure;
  const { overflow } = context.index.exchange(beyond[2]!).tokens;
  return {
    ...failure,
    kind: overflow === "abort" ? "aborted" : "over_capacity",
    rank: Number(beyond[1]),
    message: beyond.input,
    others: [...others.filter((each) => each !== beyond.input), `${kind}: ${message}`],
  };
}
