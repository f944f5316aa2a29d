// Placement: which expert lives in which slot, for each gate and layer.
import { InternalError } from "../../diagnostics/internal-error.js";
import type { Program } from "../../check/program.js";
import { rankOfSlot } from "../../plan/placement.js";
import type { Placement, Routing } from "../../plan/types.gen.js";
import type { PlacementMethod } from "../candidate.js";
import type { ExchangeSite } from "../lower/exchanges.js";
import { balancedPacking, replicaCounts, slotsPerRank } from "../../place/balance.js";
import type { PlacedLayer } from "../../place/index.js";
import { expectedLoads } from "./loads.js";
import { layerTables } from "./tables.js";

/** Number of experts of a gate. */
export const expertsOf = (program: Program, site: ExchangeSite): number => extentOf(program, site, "experts");

function extentOf(program: Program, site: ExchangeSite, extent: "experts" | "top_k"): number {
  const name = site.gate.dims[extent];
  const value =
    typeof name === "number" ? name : program.dimensions.find((each) => each.name === name)?.value;
  if (value === undefined) throw new InternalError(`gate ${site.name} has no ${extent}`);
  return value;
}

/** Layers that use a block. */
export function layersUsing(program: Program, block: string): number {
  return program.model.layers.filter((run) => run.block === block).reduce((sum, run) => sum + run.repeat, 0);
}

/** Expected routing of each gate. */
export function routingOf(program: Program, sites: readonly ExchangeSite[]): Routing[] {
  return sites.map((site) => ({
    block: site.block,
    gate: site.gate.id,
    distribution: program.schedule.routing.text,
    loads: expectedLoads(
      program.schedule.routing.value,
      layersUsing(program, site.block),
      expertsOf(program, site),
      extentOf(program, site, "top_k"),
    ),
  }));
}

/** Slots of one expert-parallel group: as stated, or one for each expert and the redundant ones, rounded up to equal ranks. */
export function slotCount(program: Program, experts: number): number {
  const { redundant, slots } = program.schedule.placement;
  const ranks = program.schedule.parallel.ep;
  if (slots !== undefined) return slots.value;
  if (redundant === undefined) return experts;
  return Math.ceil((experts + redundant.value) / ranks) * ranks;
}

/** Places the experts of every gate. */
export function place(
  program: Program,
  sites: readonly ExchangeSite[],
  routings: readonly Routing[],
  method: PlacementMethod,
): Placement[] {
  const ranks = program.schedule.parallel.ep;
  return sites.map((site, index) => {
    const loads = routings[index]?.loads ?? [];
    const experts = expertsOf(program, site);
    const slots = slotCount(program, experts);
    const capacity = slotsPerRank(slots, ranks);
    const layers = loads.map((row, layer) =>
      layerTables(evenly(expertsOfRanks(method, row, slots, capacity, layer % ranks)), experts),
    );
    const first = JSON.stringify(layers[0]);
    return {
      name: `${site.name}.placement`,
      block: site.block,
      gate: site.gate.id,
      experts,
      slots,
      slot_begin: capacity.reduce<number[]>((begins, own) => [...begins, (begins.at(-1) ?? 0) + own], [0]),
      layers: layers.every((each) => JSON.stringify(each) === first) ? layers.slice(0, 1) : layers,
    };
  });
}

function expertsOfRanks(
  method: PlacementMethod,
  loads: readonly number[],
  slots: number,
  capacity: readonly number[],
  firstRank: number,
): number[][] {
  switch (method) {
    case "balanced":
      return balancedPacking(loads, replicaCounts(loads, slots, capacity.length), capacity, firstRank);
    case "contiguous": {
      let next = 0;
      return capacity.map((own) => Array.from({ length: own }, () => next++));
    }
    default:
      return method satisfies never;
  }
}

/** A placement whose experts' replicas share their tokens evenly. */
function evenly(expertsByRank: readonly (readonly number[])[]): PlacedLayer {
  const expertOfSlot = expertsByRank.flat();
  return { expertOfSlot, turns: expertOfSlot.map(() => 1) };
}

/** The checker behind placement: every expert has a slot, none twice on a rank, slot counts hold. Throws InternalError. */
export function checkPlaced(placements: readonly Placement[]): void {
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
