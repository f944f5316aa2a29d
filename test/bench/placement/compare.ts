// Places the layers of a case by every method, and has each placement judged by the same tokens.
import { placeLayers, type PlacedLayer, type PlaceProblem } from "../../../src/place/index.js";
import { baselineShape, gate, groupsFit, prices, problemOf, type Cluster } from "./cases.js";
import { baselinePolicy, placeByBaseline, type BaselinePolicy } from "./eplb.js";
import { balancedness, doubled, evenly, gpuLoads } from "./gpu-loads.js";
import { judgeLayer } from "./layer-time.js";
import type { LoadKind } from "./loads.js";

/** `hierarchical` and `global` are the baseline's policies, `hard` and `priced` what Weft does with the gate's groups. */
export type Method = BaselinePolicy | "hard" | "priced";

export interface LayerFigures {
  /** Mean over greatest load of the GPUs with an even split. */
  readonly evenBalance: number;
  /** Greatest over mean load of the GPUs, with the placement's own split and with an even one. */
  readonly maxLoad: number;
  readonly evenMaxLoad: number;
  readonly slowBytes: number;
  readonly timeUs: number;
  /** Replicas beside another one of their expert, on one GPU. */
  readonly doubled: number;
  /** What a solver says of its own placement. */
  readonly claims?: {
    /** Greatest load over a bound that none can beat, less 1. */
    readonly gap: number;
    readonly startWasBest: boolean;
    readonly timeUs: number;
  };
}

export interface MethodFigures {
  readonly method: Method;
  readonly layers: readonly LayerFigures[];
  /** CPU time of all layers, in a process that has done it before or not. */
  readonly cpuMs: number;
}

export interface CaseFigures {
  readonly kind: LoadKind;
  readonly seed: number;
  readonly cluster: Cluster;
  /** What the baseline's rule chooses here. */
  readonly rule: BaselinePolicy;
  readonly methods: readonly MethodFigures[];
}

export interface Case {
  readonly kind: LoadKind;
  readonly seed: number;
  readonly cluster: Cluster;
  readonly loads: readonly (readonly number[])[];
  /** [layer] experts of sampled tokens. */
  readonly tokens: readonly Int32Array[];
}

/** Methods that are possible: groups are kept on nodes only where they divide. */
const methodsFor = (cluster: Cluster): readonly Method[] =>
  groupsFit(cluster) ? ["hierarchical", "global", "hard", "priced"] : ["global", "priced"];

export function compare({ kind, seed, cluster, loads, tokens }: Case): CaseFigures {
  const methods = methodsFor(cluster).map((method): MethodFigures => {
    const problem = problemOf(loads, cluster, method === "hard" ? "hard" : "priced");
    const before = process.cpuUsage();
    const placements = place(method, problem, cluster);
    const { user, system } = process.cpuUsage(before);
    const layers = placements.map(({ placed, claims }, layer) => ({
      ...figuresOf(placed, problem, layer, tokens[layer]!),
      ...(claims === undefined ? {} : { claims }),
    }));
    return { method, layers, cpuMs: (user + system) / 1e3 };
  });
  return { kind, seed, cluster, rule: baselinePolicy(baselineShape(cluster)), methods };
}

interface Placement {
  readonly placed: PlacedLayer;
  readonly claims?: LayerFigures["claims"];
}

function place(method: Method, problem: PlaceProblem, cluster: Cluster): Placement[] {
  switch (method) {
    case "hierarchical":
    case "global":
      return problem.loads.map((loads) => ({
        placed: evenly(placeByBaseline(loads, baselineShape(cluster), method)),
      }));
    case "hard":
    case "priced":
      return placeLayers(problem).map(({ placed, score, lowerBoundLoad, startWasBest }) => ({
        placed,
        claims: { gap: score.maxLoad / lowerBoundLoad - 1, startWasBest, timeUs: score.timeUs },
      }));
    default:
      return method satisfies never;
  }
}

function figuresOf(placed: PlacedLayer, { loads, gpus }: PlaceProblem, layer: number, tokens: Int32Array) {
  const own = gpuLoads(loads[layer]!, placed, gpus);
  const even = gpuLoads(loads[layer]!, evenly(placed.expertOfSlot), gpus);
  const { slowBytes, timeUs } = judgeLayer(placed, tokens, { topK: gate.topK, gpus, prices });
  return {
    evenBalance: balancedness(even),
    maxLoad: 1 / balancedness(own),
    evenMaxLoad: 1 / balancedness(even),
    doubled: doubled(placed, gpus),
    ...{ slowBytes, timeUs },
  };
}
