// Placements of experts beside those of EPLB's algorithm: how even the GPUs' loads are, what crosses nodes, how long a layer takes
// by tokens that neither of them saw, and what placing costs. Then what is required of them. PLACEMENT_CASES="zipf 1.0@64, uniform@32"
// tries a few cases alone, PLACEMENT_LAYERS=8 fewer layers of each.
import { bench } from "vitest";
import { placeLayers } from "../../src/place/index.js";
import { compareAll } from "./placement/all-cases.js";
import { clusters, LAYERS, loadsOf, problemOf, SEEDS } from "./placement/cases.js";
import { cpuRequirements } from "./placement/cpu-cost.js";
import { loadKinds } from "./placement/loads.js";
import { requirements } from "./placement/required.js";
import { mean, percent, summary } from "./placement/summary.js";

/** Tokens that a layer's placements are judged by. */
const TOKENS = 2048;

const layers = Number(process.env["PLACEMENT_LAYERS"] ?? LAYERS);
const only = process.env["PLACEMENT_CASES"]?.split(",").map((name) => name.trim());
const { cases, errors } = compareAll({
  ...{ seeds: SEEDS, layers, tokens: TOKENS },
  wanted: (kind, { gpus }) => only?.includes(`${kind}@${String(gpus)}`) ?? true,
});
if (cases.length === 0)
  throw new Error(`PLACEMENT_CASES names none: ${loadKinds.join(", ")}, each @32, @64 or @144`);

console.log(summary(cases));
console.log(
  `${String(TOKENS)} tokens for each layer; ${percent(mean(errors), 2)} of their choices (at most ${percent(Math.max(...errors), 2)}) are not where the loads have them`,
);
const verdicts = [...requirements(cases), ...cpuRequirements()].map(
  ({ name, measured, met }) => `${met ? "met   " : "missed"}  ${name}: ${measured}`,
);
console.log(["Required:", ...verdicts].join("\n"));

const [smallest] = clusters;
const problem = problemOf(loadsOf("log-normal 1.0", 0, LAYERS), smallest!, "priced");
bench("placing 58 layers on 32 GPUs", () => void placeLayers(problem));
