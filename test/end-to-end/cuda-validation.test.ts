// Emitted programs as their owners run them, with weights of their own making: each layer is held against program/model.cpp, the
// model by its definition in C++, which knows no ranks. What the options change, and what fits on a GPU at a time, changes no result.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { emitEmulation } from "../../src/emit/cuda/emit.js";
import type { LaunchPlan } from "../../src/plan/index.js";
import { buildEmulated } from "../../src/run/cuda/build.js";
import { findCompiler } from "../../src/run/cuda/compiler.js";
import { ObjectCache } from "../../src/run/cuda/object-cache.js";
import { canRun, inFolder, programOf } from "../emit/cuda/program.js";
import { planOf as planOfExample } from "../examples/example.js";
import { overNodes } from "./crowded.js";
import { edited, planOf } from "./mixtral.js";
import { placedExperts } from "./placed-program.js";
import { placedPlan } from "./placed.js";

const execute = promisify(execFile);

interface Result {
  readonly validated: boolean;
  readonly graph: boolean;
  readonly wrong: number;
  readonly layers: readonly unknown[];
}

/** Runs the program of a plan with `emulation` and its own `options`, and changes of its files, if any. */
async function resultOf(
  plan: LaunchPlan,
  emulation: readonly string[],
  options: readonly string[],
  change: (path: string, text: string) => string = (_path, text) => text,
): Promise<Result> {
  return inFolder(async (folder) => {
    const program = programOf(plan).map(({ path, text }) => ({ path, text: change(path, text) }));
    const compiler = await findCompiler();
    const cache = ObjectCache.ofUser();
    const { executable } = await buildEmulated(folder, program, emitEmulation(), { compiler, cache });
    const json = join(folder, "result.json");
    const own = ["-w", "1", "-n", "1", "--validate", "--json", json, ...options];
    // Validation that finds something ends with an error, and writes what it found all the same.
    await execute(executable, ["--seed", "1", "--order", "random", ...emulation, "--", ...own]).catch(
      () => undefined,
    );
    return JSON.parse(readFileSync(json, "utf8")) as Result;
  });
}

const mixtral = () => planOf(edited(), ["Mixtral.depth=2"]);

describe.runIf(canRun("validating emitted programs", ["g++"]))("an emitted program validates itself", () => {
  it.each<
    readonly [string, () => Promise<LaunchPlan>, emulation: readonly string[], options: readonly string[]]
  >([
    ["grouped-query attention", mixtral, ["--resident", "one"], ["--register"]],
    [
      "latent attention, groups of experts, shared experts, over nodes",
      () =>
        planOfExample("deepseek-v3-prefill", [
          ...["DeepSeekV3.moe_layers=2", "H800.nodes=2", "prefill.parallel.ep=16"],
        ]),
      [],
      [],
    ],
    [
      "a cache before the step",
      () =>
        planOfExample("deepseek-v3-decode", [
          ...["DeepSeekV3.moe_layers=2", "H800.nodes=2", "decode.parallel.ep=16"],
        ]),
      [],
      [],
    ],
    [
      "static shapes in a CUDA graph",
      () =>
        planOf(edited(["exchange  = auto", "exchange  = auto(tokens: capacity(1.0))"]), ["Mixtral.depth=2"]),
      [],
      ["--graph"],
    ],
    ["rounds over nodes", () => overNodes("rounds", false), [], []],
    [
      "replicas that share tokens otherwise in each layer, and a rank without slots",
      () => {
        const layers = [
          placedExperts("0:3 1 5 | | 2 1:2 | 3 4"),
          placedExperts("5 4:2 3 | | 4:5 0 | 1 2"),
        ] as const;
        return Promise.resolve(placedPlan({ layers, exchange: "direct_by_peer" }));
      },
      [],
      [],
    ],
  ])("%s", async (_name, make, emulation, options) => {
    const plan = await make();
    const result = await resultOf(plan, emulation, options);
    const layers = plan.model.layers.reduce((sum, { repeat }) => sum + repeat, 0);
    expect(result).toMatchObject({ validated: true, wrong: 0, graph: options.includes("--graph") });
    expect(result.layers).toHaveLength(layers);
  });

  it("and finds a block that computes something else", async () => {
    const result = await resultOf(await mixtral(), [], [], (path, text) =>
      path === "program/model.cpp" ? text.replace("return add;", "return routed;") : text,
    );
    expect(result.wrong).toBeGreaterThan(0);
  });
});
