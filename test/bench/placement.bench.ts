// Placements of experts beside those of EPLB's algorithm: how even the GPUs' loads are, what crosses nodes, how long a layer takes
// by tokens that neither of them saw, and what placing costs. Then what is required of them. PLACEMENT_CASES="zipf 1.0@64, uniform@32"
// tries a few cases alone, PLACEMENT_LAYERS=8 fewer layers of each.
import { bench } from "vitest";
import { placeLayers } from "../../src/place/index.js";
import { clusters, gate, LAYERS, loadShape, loadsOf, problemOf, SEEDS } from "./placement/cases.js";
import { compare } from "./placement/compare.js";
import { GateSampler } from "./placement/gate.js";
import { loadKinds } from "./placement/loads.js";
import { requirements } from "./placement/required.js";
import { mean, percent, summary } from "./placement/summary.js";

/** Tokens that a layer's placements are judged by. */
const TOKENS = 2048;

const layers = Number(process.env["PLACEMENT_LAYERS"] ?? LAYERS);
const only = process.env["PLACEMENT_CASES"]?.split(",").map((name) => name.trim());
const sampler = new GateSampler(gate, loadShape.experts, TOKENS, layers);
const errors: number[] = [];

const cases = loadKinds.flatMap((kind) => {
  const wanted = clusters.filter(({ gpus }) => only?.includes(`${kind}@${String(gpus)}`) ?? true);
  if (wanted.length === 0) return [];
  return SEEDS.flatMap((seed) => {
    const loads = loadsOf(kind, seed, layers);
    const samples = loads.map((shares, layer) => sampler.sample(shares, layer));
    errors.push(...samples.map(({ error }) => error));
    const tokens = samples.map(({ experts }) => experts);
    return wanted.map((cluster) => compare({ kind, seed, cluster, loads, tokens }));
  });
});
if (cases.length === 0)
  throw new Error(`PLACEMENT_CASES names none: ${loadKinds.join(", ")}, each @32, @64 or @144`);

console.log(summary(cases));
console.log(
  `${String(TOKENS)} tokens for each layer; ${percent(mean(errors), 2)} of their choices (at most ${percent(Math.max(...errors), 2)}) are not where the loads have them`,
);
console.log("Required:");
for (const { name, measured, met } of requirements(cases))
  console.log(`${met ? "met   " : "missed"}  ${name}: ${measured}`);

const [smallest] = clusters;
const problem = problemOf(loadsOf("log-normal 1.0", 0, LAYERS), smallest!, "priced");
bench("placing 58 layers on 32 GPUs", () => void placeLayers(problem));
