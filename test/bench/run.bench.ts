// What executing each example on all its ranks takes on both backends, phase by phase. Prints a table of one run each; the
// shortest of them is then sampled.
import { bench } from "vitest";
import { runPlan } from "../../src/run/run.js";
import { examples, planOf } from "../examples/example.js";
import { measureRun, PHASES } from "./run-cost.js";
import { table } from "./table.js";

const head = [
  ...["", "backend", "ranks", "launches", "memory MiB"],
  ...PHASES.map((phase) => `${phase} s`),
  ...["sum s", "CPU s", "error"],
];

const rows: string[][] = [];
for (const name of examples) {
  const plan = await planOf(name);
  for (const backend of ["webgpu", "cpu"] as const) {
    const cost = await measureRun(plan, backend);
    const sum = cost.time_s.reduce((total, each) => total + each, 0);
    rows.push([
      name,
      backend,
      String(cost.ranks),
      String(cost.launches),
      (cost.memory_bytes / 2 ** 20).toFixed(0),
      ...[...cost.time_s, sum, cost.cpu_s].map((each) => each.toFixed(1)),
      cost.max_relative_error.toExponential(1),
    ]);
  }
}
console.log(table(head, rows));

const mixtral = await planOf("mixtral-8x7b-prefill");
const sampled = async () => {
  await runPlan(mixtral, { backend: "cpu" });
};
bench("run mixtral-8x7b-prefill on the CPU", sampled, { iterations: 3, warmupIterations: 0 });
