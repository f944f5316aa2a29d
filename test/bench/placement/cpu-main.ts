// What placing 58 layers costs in a process of its own, bundled as the command line is: in the first call, when nothing is compiled,
// and in every case's calls after one, the quicker of two. Prints `CpuCost` as JSON; the argument is the number of GPUs.
import { placeLayers, type PlaceProblem } from "../../../src/place/index.js";
import { clusters, groupsFit, LAYERS, loadsOf, problemOf } from "./cases.js";
import type { CpuCost } from "./cpu-cost.js";
import { loadKinds } from "./loads.js";

/** CPU milliseconds, of the threads of the compiler and the garbage collector too. */
function placingMs(problem: PlaceProblem): number {
  const before = process.cpuUsage();
  placeLayers(problem);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e3;
}

const cluster = clusters.find(({ gpus }) => gpus === Number(process.argv[2]));
if (cluster === undefined) throw new Error("no cluster has so many GPUs");
const rules = groupsFit(cluster) ? (["priced", "hard"] as const) : (["priced"] as const);
const coldMs = placingMs(problemOf(loadsOf("log-normal 1.0", 0, LAYERS), cluster, "priced"));
const warm = loadKinds.flatMap((kind) =>
  rules.map((rule) => {
    const problem = problemOf(loadsOf(kind, 0, LAYERS), cluster, rule);
    placingMs(problem);
    return { name: `${kind}, groups ${rule}`, ms: Math.min(placingMs(problem), placingMs(problem)) };
  }),
);
const cost: CpuCost = { coldMs, warm };
console.log(JSON.stringify(cost));
