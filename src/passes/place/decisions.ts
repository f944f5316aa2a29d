// What placement came to in each layer, with its predicted time, and what lost: as a plan tells it.
import type { Program } from "../../check/program.js";
import {
  gpuOfSlots,
  LayerScorer,
  lowerBoundShare,
  type LayerScore,
  type PlacedLayer as Slots,
  type PlaceProblem,
} from "../../place/index.js";
import type { Alternative, Decision, PlacedLayer } from "../../plan/types.gen.js";
import type { PlacementMethod } from "../candidate.js";
import type { PlaceableSite, Placer } from "./place.js";

/** A placement of a layer by a method, with its score. */
interface Scored {
  readonly method: string;
  readonly slots: Slots;
  readonly score: LayerScore;
}

/** Decisions of the layers of all exchanges; of layers that are placed alike, of the first. `chosen`: that of the method. */
export function layerDecisions(
  program: Program,
  placer: Placer,
  method: PlacementMethod,
  { pinned, span }: Pick<Decision, "pinned" | "span">,
): Decision[] {
  return placer.sites.flatMap((each) => {
    const { site, problem } = each;
    const layers = layersOf(program, site.block);
    const solved = method === "priced" || !pinned ? placer.solved(each) : undefined;
    return placer.layers(method, each).map((slots, at): Decision => {
      const own = solved?.[at];
      const scored = {
        method,
        slots,
        score: own && method === "priced" ? own.score : scoreOf(each, at, slots),
      };
      const losers: Scored[] =
        own === undefined
          ? []
          : [
              ...(method === "priced" ? [] : [{ method: "priced", slots: own.placed, score: own.score }]),
              ...(method === "eplb"
                ? []
                : [{ method: RULES[own.rule.policy], slots: own.rule.placed, score: own.rule.score }]),
            ];
      const bound = own?.lowerBoundLoad ?? leastLoad(problem, at);
      return {
        name: "placement",
        ...(layers[at] === undefined ? {} : { layer: layers[at] }),
        ...pricedChoice(problem, scored, bound),
        pinned,
        placement: `${site.name}.placement`,
        ...(method === "priced" && own !== undefined ? { start_was_best: own.startWasBest } : {}),
        alternatives: losers.map((loser): Alternative => pricedChoice(problem, loser, bound)),
        span,
      };
    });
  });
}

const RULES: Readonly<Record<"groups_on_nodes" | "spread", string>> = {
  groups_on_nodes: "eplb: groups on nodes",
  spread: "eplb: all experts spread",
};

const layersOf = ({ model }: Program, block: string): readonly number[] =>
  model.layers
    .filter((run) => run.block === block)
    .flatMap(({ first, repeat }) => Array.from({ length: repeat }, (_, at) => first + at));

const leastLoad = (problem: PlaceProblem, layer: number): number =>
  lowerBoundShare(problem, layer) * problem.loads[layer]!.reduce((sum, each) => sum + each, 0);

const scoreOf = ({ problem }: PlaceableSite, layer: number, slots: Slots): LayerScore =>
  new LayerScorer(problem, layer).score(slots);

/** A choice with its price, as decisions and their alternatives have it. */
function pricedChoice(
  problem: PlaceProblem,
  scored: Scored,
  bound: number,
): Pick<Decision, "choice" | "price_us"> & { readonly placed: PlacedLayer } {
  const placed = figures(problem, scored, bound);
  return { choice: words(placed), price_us: nanoseconds(scored.score.timeUs), placed };
}

function figures({ gpus }: PlaceProblem, { method, slots, score }: Scored, bound: number): PlacedLayer {
  const gpuOf = gpuOfSlots(gpus);
  const turns = new Map<number, number[]>();
  const pairs = new Set<string>();
  slots.expertOfSlot.forEach((expert, slot) => {
    pairs.add(`${String(expert)} ${String(gpuOf[slot])}`);
    turns.set(expert, [...(turns.get(expert) ?? []), slots.turns[slot]!]);
  });
  const replicas = [...turns.values()];
  return {
    method,
    replicated: replicas.filter(({ length }) => length > 1).length,
    most_replicas: Math.max(...replicas.map(({ length }) => length)),
    uneven: replicas.filter((each) => each.some((turn) => turn !== each[0])).length,
    twice: slots.expertOfSlot.length - pairs.size,
    load_over_mean: ratio(1 / score.balance),
    load_over_bound: bound === 0 ? 1 : ratio(score.maxLoad / bound),
    nodes_per_token: ratio(score.copies),
    dispatch_us: nanoseconds(score.dispatchUs),
    experts_us: nanoseconds(score.expertsUs),
    combine_us: nanoseconds(score.combineUs),
  };
}

const nanoseconds = (time_us: number): number => Math.round(time_us * 1e3) / 1e3;
const ratio = (value: number): number => Math.round(value * 1e4) / 1e4;

function words({
  method,
  replicated,
  most_replicas: most,
  load_over_mean,
  nodes_per_token,
}: PlacedLayer): string {
  const experts = `${String(replicated)} expert${replicated === 1 ? "" : "s"} replicated`;
  const replicas = replicated === 0 ? "no expert replicated" : `${experts}, up to ${String(most)} times`;
  const nodes = nodes_per_token === 0 ? "" : `, ${nodes_per_token.toFixed(2)} other nodes a token`;
  return `${method}: ${replicas}, the fullest GPU ${load_over_mean.toFixed(2)} times the mean${nodes}`;
}
