// What the emitted program of each example takes to build and to run on emulated GPUs, and how large it is. Prints tables of one
// run each; the smallest program is then sampled.
import { bench } from "vitest";
import { emitCuda } from "../../src/emit/cuda/emit.js";
import type { LaunchPlan } from "../../src/plan/index.js";
import { examples, planOf } from "../examples/example.js";
import { measureEmulated, PHASES } from "./cuda-cost.js";
import { architectureNames, kernelTable } from "./cuda/kernel-table.js";
import { table } from "./table.js";

const rows: string[][] = [];
async function add(name: string, plan: LaunchPlan): Promise<void> {
  const { ranks, layers, operations, time_s, findings, max_relative_error } = await measureEmulated(plan);
  const [build = 0, , ...others] = time_s;
  rows.push([
    name,
    ...[ranks, layers, operations].map(String),
    ...[...time_s, others.reduce((sum, each) => sum + each, build)].map((each) => each.toFixed(1)),
    max_relative_error.toExponential(1),
    String(findings.length),
  ]);
}

const V3 = "deepseek-v3-prefill";
for (const name of examples) await add(name, await planOf(name));
await add(`${V3} on 64 ranks`, await planOf(V3, ["H800.nodes=8", "prefill.parallel.ep=64"]));
const head = [
  "",
  "ranks",
  "layers",
  "operations",
  ...PHASES.map((phase) => `${phase} s`),
  "sum s",
  "error",
  "findings",
];
console.log(table(head, rows));

/** Lines of what is printed from the plan, and of the whole program. */
const sizes = async (name: string, overrides: readonly string[]): Promise<string[]> => {
  const plan = await planOf(name, overrides);
  const files = emitCuda(plan, { planSha256: "0".repeat(64) }).filter(({ path }) =>
    /\.(cpp|cu|cuh|h)$/.test(path),
  );
  const lines = (prefix: string): number =>
    files
      .filter(({ path }) => path.startsWith(prefix))
      .reduce((sum, { text }) => sum + text.split("\n").length - 1, 0);
  const bytes = files.reduce((sum, { text }) => sum + text.length, 0);
  const layers = plan.model.layers.reduce((sum, { repeat }) => sum + repeat, 0);
  const counts = [plan.world, layers, lines("program/"), lines("")].map(String);
  return [overrides.length === 0 ? name : overrides.join(" "), ...counts, (bytes / 1024).toFixed(0)];
};
const tweaks: readonly (readonly [string, readonly string[]])[] = [
  ...examples.map((name) => [name, []] as const),
  ...[2, 7, 29, 58].map((layers) => [V3, [`DeepSeekV3.moe_layers=${String(layers)}`]] as const),
  ...[2, 4, 8].map((nodes) => [V3, [`H800.nodes=${nodes}`, `prefill.parallel.ep=${8 * nodes}`]] as const),
];
const measured: string[][] = [];
for (const [name, overrides] of tweaks) measured.push(await sizes(name, overrides));
console.log(table(["", "ranks", "layers", "lines of program/", "lines", "KiB"], measured));

for (const architecture of architectureNames) {
  const kernels = await kernelTable(architecture);
  const head = [
    ...[architecture, "registers", "bytes spilled", "stack bytes", "shared bytes", "threads", "occupancy"],
  ];
  const lines = kernels.map((each) => [
    `${each.kernel} ${each.instance}`,
    ...[each.registers, each.spilledBytes, each.stackBytes, each.sharedBytes, each.threads].map(String),
    each.occupancy.toFixed(2),
  ]);
  console.log(table(head, lines));
}

const mixtral = await planOf("mixtral-8x7b-prefill");
const sampled = async () => {
  await measureEmulated(mixtral);
};
bench("build and run mixtral-8x7b-prefill", sampled, { iterations: 1, warmupIterations: 0 });
