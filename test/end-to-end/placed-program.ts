// Plans of the compiler's passes whose placement is a test's: experts live where it puts them, and their tokens are divided as it says.
import type { Program } from "../../src/check/program.js";
import type { Candidate } from "../../src/passes/candidate.js";
import { layerTables } from "../../src/passes/place/tables.js";
import { buildPlan, prepare } from "../../src/passes/plan/build.js";
import { slotBegins, type PlacedLayer } from "../../src/place/index.js";
import type { LaunchPlan, Placement } from "../../src/plan/index.js";

/** [rank] the experts that live there, each with its turns in its expert's round. */
export type PlacedExperts = readonly (readonly (readonly [expert: number, turns: number])[])[];

/** `0:3 1` is expert 0 with three turns and expert 1 with one; ranks are apart by a stroke. */
export const placedExperts = (text: string): PlacedExperts =>
  text.split("|").map((rank) =>
    rank
      .trim()
      .split(" ")
      .filter((each) => each !== "")
      .map((each) => {
        const [expert, turns = "1"] = each.split(":");
        return [Number(expert), Number(turns)];
      }),
  );

export interface PlacedChoices {
  /** Of each expert layer, or of all of them; ranks have as many slots in each. */
  readonly layers: readonly [PlacedExperts, ...PlacedExperts[]];
  readonly exchange: Candidate["exchange"];
  readonly chunks?: number;
  /** Micro-batches, which overlap. */
  readonly batches?: number;
}

/** The plan of a program with one mixture of experts. */
export function planPlaced(
  program: Program,
  { layers, exchange, chunks = 1, batches = 1 }: PlacedChoices,
): LaunchPlan {
  const prepared = prepare(program);
  const [site] = prepared.sites;
  if (site === undefined) throw new Error("the program has no experts");
  const placed = layers.map((ranks): PlacedLayer => ({
    expertOfSlot: ranks.flat().map(([expert]) => expert),
    turns: ranks.flat().map(([, turns]) => turns),
  }));
  const experts = new Set(placed[0]!.expertOfSlot).size;
  const slotBegin = slotBegins(layers[0].map((own) => own.length));
  const placement: Placement = {
    ...{ name: `${site.name}.placement`, block: site.block, gate: site.gate.id, experts },
    ...{ slots: slotBegin.at(-1)!, slot_begin: slotBegin },
    layers: placed.map((layer) => layerTables(layer, experts)),
  };
  return buildPlan(
    { ...prepared, placementsBy: () => [placement] },
    {
      ...{ placement: "priced", exchange, microBatches: batches, batches, chunks, sms: 16 },
      acrossLayers: undefined,
    },
  );
}
