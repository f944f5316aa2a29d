// Random placement problems that have a solution, of counts that need not divide one another.
import fc from "fast-check";
import type { Pin, PlaceProblem } from "../../src/place/index.js";
import { groupOfExpert } from "../../src/place/problem.js";
import { plainProblem } from "./problems.js";

type Draw = fc.GeneratorValue;

const groupRules = (): fc.Arbitrary<PlaceProblem["groupRule"]> => fc.constantFrom("hard", "priced");
const someLoad = (): fc.Arbitrary<number> => fc.constantFrom(0, 1, 2, 5, 10, 40, 0.3);
const someSpeed = (): fc.Arbitrary<number> => fc.constantFrom(1, 1, 1, 0.5, 0.25);

interface Sizes {
  readonly mostExperts: number;
  readonly mostGpus: number;
  readonly layers: number;
}

/** Each node of so many GPUs has experts, of whole groups where these are kept on nodes, and slots enough for them. */
export function randomProblem(draw: Draw, { mostExperts, mostGpus, layers }: Sizes): PlaceProblem {
  const between = (min: number, max: number): number => draw(fc.integer, { min, max });
  const experts = between(1, mostExperts);
  const gpus = between(1, mostGpus);
  const nodeOf: number[] = [];
  for (let gpu = 0; gpu < gpus; gpu++) nodeOf.push(gpu === 0 ? 0 : nodeOf[gpu - 1]! + between(0, 1));
  const nodes = nodeOf.at(-1)! + 1;
  const groups = between(1, Math.min(4, experts));
  const groupRule = draw(groupRules);
  const nodeOfGroup = Array.from({ length: groups }, () => between(0, nodes - 1));
  // The experts that a GPU may have: of the groups on its node, or all of them.
  const allowed = nodeOf.map((node) =>
    Array.from({ length: experts }, (_, expert) => expert).filter(
      (expert) => groupRule === "priced" || nodeOfGroup[groupOfExpert(expert, experts, groups)] === node,
    ),
  );
  const held = allowed.map(() => new Set<number>());
  // One slot of every expert, then more of them, some pinned.
  for (let expert = 0; expert < experts; expert++) {
    const able = allowed.flatMap((own, gpu) => (own.includes(expert) ? [gpu] : []));
    held[able[between(0, able.length - 1)]!]!.add(expert);
  }
  const pins: Pin[] = [];
  for (let more = between(0, 6); more > 0; more--) {
    const gpu = between(0, gpus - 1);
    const expert = allowed[gpu]![between(0, Math.max(0, allowed[gpu]!.length - 1))];
    if (expert === undefined || held[gpu]!.has(expert)) continue;
    held[gpu]!.add(expert);
    if (between(0, 2) === 0) pins.push({ expert, gpu });
  }
  const loads = Array.from({ length: layers }, () => Array.from({ length: experts }, () => draw(someLoad)));
  return {
    ...plainProblem({ loads: [], slots: [], groupRule, pins }),
    loads,
    gpus: {
      nodeOf,
      slots: held.map((own) => own.size),
      speeds: nodeOf.map(() => draw(someSpeed)),
    },
    gate: { topK: between(1, Math.min(3, experts)), groups, topGroups: between(1, groups) },
  };
}
