// What placements are compared on: load kinds and clusters, DeepSeek-V3's layers on H800.
import {
  deepSeekV3,
  pricesOf,
  type GateShape,
  type GroupRule,
  type PlaceProblem,
} from "../../../src/place/index.js";
import { libraryModel } from "../../accuracy/systems.js";
import type { BaselineShape } from "./eplb.js";
import { drawLoads, type LoadKind, type LoadShape } from "./loads.js";

export interface Cluster {
  readonly gpus: number;
  readonly nodes: number;
  readonly slots: number;
}

export const clusters: readonly Cluster[] = [
  { gpus: 32, nodes: 4, slots: 288 },
  { gpus: 64, nodes: 8, slots: 320 },
  { gpus: 144, nodes: 18, slots: 288 },
];

/** Layers of DeepSeek-V3 with routed experts. */
export const LAYERS = 58;
export const SEEDS: readonly number[] = [0, 1, 2];

export const gate: GateShape = { topK: 8, groups: 8, topGroups: 4 };
export const loadShape: LoadShape = { experts: 256, groups: gate.groups, topK: gate.topK };

const h800 = libraryModel("h800");
if (h800 === undefined) throw new Error("the library has no H800");
export const prices = pricesOf(deepSeekV3, h800.machine);

export const baselineShape = (cluster: Cluster): BaselineShape => ({ ...cluster, groups: gate.groups });

/** Whether whole groups can be on nodes with equally many on each. */
export const groupsFit = ({ nodes }: Cluster): boolean => gate.groups % nodes === 0;

/** What a solver is asked: the loads alone, it sees none of the tokens that its placement is judged by. */
export function problemOf(
  loads: PlaceProblem["loads"],
  { gpus, nodes, slots }: Cluster,
  groupRule: GroupRule,
): PlaceProblem {
  const perGpu = <T>(value: (gpu: number) => T): T[] => Array.from({ length: gpus }, (_, gpu) => value(gpu));
  return {
    loads,
    gpus: {
      nodeOf: perGpu((gpu) => Math.floor((gpu * nodes) / gpus)),
      slots: perGpu(() => slots / gpus),
      speeds: perGpu(() => 1),
    },
    ...{ gate, groupRule, pins: [], prices },
  };
}

export const loadsOf = (kind: LoadKind, seed: number, layers: number): number[][] =>
  drawLoads(kind, seed, layers, loadShape);
