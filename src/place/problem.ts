// What a placement is asked for: how many tokens each expert gets in each layer, which GPUs have how many slots, what must hold,
// and what time costs. Everything a solver may know; where it came from (a schedule, a file of loads) is no matter here.
import type { LayerPrices } from "./prices.js";

/** GPUs that hold the experts of a layer. Nodes are runs of GPUs; they need not be of one size. */
export interface Gpus {
  /** [gpu] its node; rises from 0 by at most one. */
  readonly nodeOf: readonly number[];
  /** [gpu] expert slots; 0 where a GPU is excluded. */
  readonly slots: readonly number[];
  /** [gpu] rows of experts that it computes in the time in which the fastest computes one: in (0, 1]. */
  readonly speeds: readonly number[];
}

/** What the gate chooses for a token: `topK` experts out of `topGroups` of the `groups`. One group where experts have none. */
export interface GateShape {
  readonly topK: number;
  readonly groups: number;
  readonly topGroups: number;
}

/** An expert that has a replica on a GPU, whatever that costs. */
export interface Pin {
  readonly expert: number;
  readonly gpu: number;
}

/**
 * `hard`: all replicas of a group's experts are on one node. `priced`: wherever the predicted time is least. With one group
 * there is nothing to keep together.
 */
export type GroupRule = "hard" | "priced";

export interface PlaceProblem {
  /** [layer][expert] tokens that choose it, in any unit; finite, not negative. Rows of zeros are taken as uniform. */
  readonly loads: readonly (readonly number[])[];
  readonly gpus: Gpus;
  readonly gate: GateShape;
  readonly groupRule: GroupRule;
  readonly pins: readonly Pin[];
  readonly prices: LayerPrices;
  /** Whether the replicas of an expert must have equal shares, as they have in systems that know no others. */
  readonly evenSplit?: boolean;
  /** [layer] experts of tokens that were seen, `topK` for each token: which experts are chosen together. */
  readonly tokens?: readonly (Int32Array | undefined)[];
}

/** A placement of one layer. Slots are numbered through the GPUs, those of GPU 0 first. */
export interface PlacedLayer {
  /** [slot] the expert that lives there. */
  readonly expertOfSlot: readonly number[];
  /** [slot] of so many turns in a round of its expert's it takes the token: at least one. Its share is its turns over those of all. */
  readonly turns: readonly number[];
}

/** [gpu] first slot, and after the last GPU their number. */
export function slotBegins(slots: readonly number[]): number[] {
  const begins = [0];
  for (const own of slots) begins.push(begins.at(-1)! + own);
  return begins;
}

const gpusBySlot = new WeakMap<Gpus, readonly number[]>();

/** [slot] its GPU. */
export function gpuOfSlots(gpus: Gpus): readonly number[] {
  const known = gpusBySlot.get(gpus);
  if (known !== undefined) return known;
  const made = gpus.slots.flatMap((own, gpu) => new Array<number>(own).fill(gpu));
  gpusBySlot.set(gpus, made);
  return made;
}

const nodesBySlot = new WeakMap<Gpus, readonly number[]>();

/** [slot] the node of its GPU. */
export function nodeOfSlots(gpus: Gpus): readonly number[] {
  const known = nodesBySlot.get(gpus);
  if (known !== undefined) return known;
  const made = gpuOfSlots(gpus).map((gpu) => gpus.nodeOf[gpu]!);
  nodesBySlot.set(gpus, made);
  return made;
}

/** Number of nodes. */
export const nodeCount = ({ nodeOf }: Gpus): number => (nodeOf.at(-1) ?? -1) + 1;

/** The group of an expert: groups are runs of equal length, the last perhaps shorter. */
export const groupOfExpert = (expert: number, experts: number, groups: number): number =>
  Math.floor(expert / Math.ceil(experts / groups));
