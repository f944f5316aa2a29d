// Placement: which expert lives in which slot, for each gate and layer, by the methods that `decide` chooses among.
import type { Program } from "../../check/program.js";
import { InternalError } from "../../diagnostics/internal-error.js";
import {
  placeLayers,
  slotBegins,
  staggered,
  suitsRule,
  undoubledLayer,
  type PlacedLayer,
  type PlacedResult,
  type PlaceFault,
  type PlaceProblem,
} from "../../place/index.js";
import { rankOfSlot } from "../../plan/placement.js";
import type { Placement, Routing } from "../../plan/types.gen.js";
import { placementMethods, type PlacementMethod } from "../candidate.js";
import type { ExchangeSite } from "../lower/exchanges.js";
import type { OperatorGraph } from "../lower/graph.js";
import { siteProblems, type SiteProblem } from "./problem.js";
import { layerTables } from "./tables.js";

/** An exchange whose experts can be placed. */
export interface PlaceableSite extends SiteProblem {
  readonly problem: PlaceProblem;
}

/** Places the experts of every exchange of a program; each method places once. */
export class Placer {
  readonly #problems: readonly SiteProblem[];
  readonly #placements = new Map<PlacementMethod, readonly Placement[]>();
  readonly #solved = new Map<string, readonly PlacedResult[]>();

  constructor(
    program: Program,
    graphs: ReadonlyMap<string, OperatorGraph>,
    sites: readonly ExchangeSite[],
    routings: readonly Routing[],
  ) {
    this.#problems = siteProblems(program, graphs, sites, routings);
  }

  /** What keeps the experts of an exchange from being placed, if anything does. */
  get fault(): { readonly site: ExchangeSite; readonly fault: PlaceFault } | undefined {
    for (const { site, problem } of this.#problems) if ("reason" in problem) return { site, fault: problem };
    return undefined;
  }

  /** The exchanges, none of which may be at fault. */
  get sites(): readonly PlaceableSite[] {
    return this.#problems.map((each) => {
      const { site, problem } = each;
      if ("reason" in problem) throw new InternalError(`${site.name} cannot be placed: ${problem.reason}`);
      return { ...each, problem };
    });
  }

  /** Methods that keep what the schedule asks for. */
  get methods(): readonly PlacementMethod[] {
    return placementMethods.filter((method) => this.sites.every((each) => suits(method, each)));
  }

  /** The most slots of a GPU. */
  get mostSlots(): number {
    return Math.max(0, ...this.sites.flatMap(({ problem }) => problem.gpus.slots));
  }

  /** Experts of a token, of the gate that chooses most. */
  get mostChosen(): number {
    return Math.max(1, ...this.sites.map(({ problem }) => problem.gate.topK));
  }

  placements(method: PlacementMethod): readonly Placement[] {
    const known = this.#placements.get(method);
    if (known !== undefined) return known;
    const made = this.sites.map((each) => placementOf(each, this.layers(method, each)));
    checkPlaced(made);
    this.#placements.set(method, made);
    return made;
  }

  /** What the search found for the layers of an exchange. */
  solved(each: PlaceableSite): readonly PlacedResult[] {
    const known = this.#solved.get(each.site.name) ?? placeLayers(each.problem);
    this.#solved.set(each.site.name, known);
    return known;
  }

  /** The layers of an exchange as a method places them. */
  layers(method: PlacementMethod, each: PlaceableSite): readonly PlacedLayer[] {
    switch (method) {
      case "priced":
        return staggered(
          each.problem,
          this.solved(each).map(({ placed }) => placed),
        );
      case "eplb":
        return each.problem.loads.map((_, layer) => undoubledLayer(each.problem, layer));
      case "contiguous":
        return each.problem.loads.map(() => evenly(Array.from({ length: each.experts }, (_, at) => at)));
      default:
        return method satisfies never;
    }
  }
}

function suits(method: PlacementMethod, { problem, experts }: PlaceableSite): boolean {
  switch (method) {
    case "priced":
      return true;
    case "eplb":
      return suitsRule(problem);
    case "contiguous": {
      const { gpus, groupRule, pins } = problem;
      const slots = gpus.slots.reduce((all, own) => all + own, 0);
      return slots === experts && groupRule === "priced" && pins.length === 0;
    }
    default:
      return method satisfies never;
  }
}

/** Replicas that share their tokens evenly. */
const evenly = (expertOfSlot: readonly number[]): PlacedLayer => ({
  expertOfSlot,
  turns: expertOfSlot.map(() => 1),
});

function placementOf({ site, experts, problem }: PlaceableSite, placed: readonly PlacedLayer[]): Placement {
  const layers = placed.map((layer) => layerTables(layer, experts));
  const begins = slotBegins(problem.gpus.slots);
  const first = JSON.stringify(layers[0]);
  return {
    name: `${site.name}.placement`,
    block: site.block,
    gate: site.gate.id,
    experts,
    slots: begins.at(-1)!,
    slot_begin: begins,
    layers: layers.every((each) => JSON.stringify(each) === first) ? layers.slice(0, 1) : layers,
  };
}

/** The checker behind placement: every expert has a slot, none twice on a rank, slot counts hold. Throws InternalError. */
function checkPlaced(placements: readonly Placement[]): void {
  for (const placement of placements)
    for (const layer of placement.layers) {
      if (layer.expert_of_slot.length !== placement.slots)
        throw new InternalError(`${placement.name} has ${String(layer.expert_of_slot.length)} slots`);
      const seen = new Set<string>();
      layer.expert_of_slot.forEach((expert, slot) => {
        const key = `${String(expert)} on ${String(rankOfSlot(placement, slot))}`;
        if (seen.has(key)) throw new InternalError(`${placement.name}: expert ${key} twice`);
        seen.add(key);
      });
      if (new Set(layer.expert_of_slot).size !== placement.experts)
        throw new InternalError(`${placement.name} leaves experts without a slot`);
    }
}
