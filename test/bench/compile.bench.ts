// What compiling costs: time and memory of each stage for each example, the size of its plan, and how both grow with layers,
// experts and ranks. Prints two tables, of one run each; the shortest of them is then sampled.
import { readdirSync } from "node:fs";
import { bench } from "vitest";
import { measureCompile, type CompileCost } from "./compile-cost.js";
import { table } from "./table.js";

const STAGES = ["parse", "check", "passes", "verify", "write"] as const;
const EXAMPLE = "deepseek-v3-prefill";

const examples = readdirSync(new URL("../../examples/", import.meta.url))
  .filter((name) => name.endsWith(".weft"))
  .map((name) => name.slice(0, -".weft".length))
  .sort();

const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);
const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);

function row(name: string, { stages, ranks, layers, launches, plan_bytes: plan }: CompileCost): string[] {
  const times = STAGES.map((stage) => stages.find((each) => each.stage === stage)?.time_ms ?? 0);
  return [
    name,
    ...[ranks, layers, launches].map(String),
    ...[...times, sum(times)].map((each) => each.toFixed(each < 10 ? 1 : 0)),
    mebibytes(sum(stages.map((each) => each.allocated_bytes))),
    mebibytes(Math.max(...stages.map((each) => each.peak_bytes))),
    (plan / 1024).toFixed(0),
  ];
}

const head = [
  ...["", "ranks", "layers", "launches", ...STAGES.map((stage) => `${stage} ms`), "sum ms"],
  ...["allocated MiB", "peak MiB", "plan KiB"],
];

// The first compile of a process also compiles Weft itself, and is not shown.
measureCompile(EXAMPLE, ["DeepSeekV3.moe_layers=2"]);

console.log(
  table(
    head,
    examples.map((name) => row(name, measureCompile(name))),
  ),
);

const growth = [
  ...[7, 14, 29, 58].map((layers) => [`DeepSeekV3.moe_layers=${String(layers)}`]),
  ...[128, 256, 512].map((experts) => [`DeepSeekV3.experts=${String(experts)}`]),
  ...[2, 4, 8].map((nodes) => [`H800.nodes=${String(nodes)}`, `prefill.parallel.ep=${String(8 * nodes)}`]),
];
// Fewer ranks hold more experts each, which 80 GiB would not take.
const memory = "prefill.batch.sequences=2";
console.log(
  table(
    [`${EXAMPLE} with`, ...head.slice(1)],
    growth.map((options) => row(options.join(" "), measureCompile(EXAMPLE, [...options, memory]))),
  ),
);

bench("compile mixtral-8x7b-prefill", () => void measureCompile("mixtral-8x7b-prefill"));
