// How much every rank moves over each tier in each launch.
import type { ExchangePlan } from "../../../exchange-plan/index.js";
import { forEachTransfer } from "../transfers.js";

/** Bytes of a rank, in both directions. */
export interface Load {
  readonly sent: Float64Array;
  readonly received: Float64Array;
  /** Where a launch, a rank and a tier stand in both. */
  readonly at: (launch: number, rank: number, tier: number) => number;
}

export function loadOf(plan: ExchangePlan): Load {
  const { ranks, launches, machine } = plan;
  const tiers = machine.tiers.length;
  const at = (launch: number, rank: number, tier: number): number => (launch * ranks + rank) * tiers + tier;
  const sent = new Float64Array(launches.length * ranks * tiers);
  const received = new Float64Array(sent.length);
  let unit = 1;
  const units = machine.tiers.map(({ joins }) => (unit *= joins));
  forEachTransfer(plan, ({ launch, from, to, bytes }) => {
    // The fastest tier, of those whose units hold both.
    const tier = units.findIndex((size) => Math.floor(from / size) === Math.floor(to / size));
    sent[at(launch, from, tier)]! += bytes;
    received[at(launch, to, tier)]! += bytes;
  });
  return { sent, received, at };
}
