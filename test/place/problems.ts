// Placement problems for tests: everything that a test does not name is plain.
import type { PlaceProblem } from "../../src/place/index.js";

interface Plain {
  readonly loads: readonly number[];
  readonly slots: readonly number[];
  /** Nodes of equal numbers of GPUs. */
  readonly nodes?: number;
  readonly speeds?: readonly number[];
  readonly groups?: number;
  readonly groupRule?: PlaceProblem["groupRule"];
  readonly pins?: PlaceProblem["pins"];
}

/** One layer on GPUs with so many slots. A row costs the same on every way and in every expert. */
export function plainProblem({ loads, slots, nodes = 1, groups = 1, ...rest }: Plain): PlaceProblem {
  return {
    loads: [loads],
    gpus: {
      nodeOf: slots.map((_, gpu) => Math.floor((gpu * nodes) / slots.length)),
      slots,
      speeds: rest.speeds ?? slots.map(() => 1),
    },
    gate: { topK: 1, groups, topGroups: groups },
    groupRule: rest.groupRule ?? "priced",
    pins: rest.pins ?? [],
    prices: {
      ...{ tokensPerGpu: 64, dispatchBytes: 1, combineBytes: 2, fastRate: 100, slowRate: 25, expertBytes: 1 },
      expertsUs: (rows) => rows.reduce((sum, each) => sum + each / 100 + (each > 0 ? 0.1 : 0), 0),
    },
  };
}
