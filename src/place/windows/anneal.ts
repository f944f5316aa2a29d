// Experts that trade places, and replicas that give way to others, until the loads of all windows are even: simulated annealing.
import { gpuOfSlots, nodeCount, type PlaceProblem } from "../problem.js";
import { Dice } from "../search/dice.js";
import { POWER, WindowLoads, type WindowedLayer } from "./window-loads.js";

/** Rises of the norm that are taken at the beginning, as a share of it; they shrink to next to nothing. */
const HOTTEST = 0.005;
const COOLEST = 2e-4;
/** Tries of small layers, over their windows, and of large ones. */
const LEAST_TRIES = 240_000;
const TRIES_PER_SLOT = 60;

/** `node`: every node keeps the experts that it has any replica of, so that as many copies cross as did before. */
export type Scope = "node" | "cluster";

/** [slot] the experts that were most even with equal shares. The same for the same seed. */
export function annealed(
  layer: WindowedLayer,
  start: readonly number[],
  scope: Scope,
  seed: number,
): readonly number[] {
  const { problem } = layer;
  const held = new Holdings(problem, start, layer.shares[0]!.length);
  const { expertOf, gpuOf } = held;
  const loads = new WindowLoads(layer);
  loads.fill(expertOf, (slot) => 1 / held.count[expertOf[slot]!]!);
  const dice = new Dice(seed);
  const tries = Math.max(Math.round(LEAST_TRIES / layer.shares.length), TRIES_PER_SLOT * start.length);
  let [best, least] = [expertOf.slice(), loads.sum];
  for (let step = 0; step < tries; step++) {
    const heat = HOTTEST * (COOLEST / HOTTEST) ** (step / tries);
    const own = held.slotsOf[step % 4 === 0 ? loads.busiest() : dice.below(held.slotsOf.length)]!;
    if (own.length === 0) continue;
    const slot = own[dice.below(own.length)]!;
    const other = dice.below(expertOf.length);
    const [expert, gained] = [expertOf[slot]!, expertOf[other]!];
    const isSwap = dice.below(3) > 0;
    if (isSwap ? !held.maySwap(slot, other, scope) : !held.mayReplace(slot, gained, scope)) continue;
    if (isSwap) {
      const [here, there] = [gpuOf[slot]!, gpuOf[other]!];
      loads.propose(expert, here, -1 / held.count[expert]!);
      loads.propose(gained, here, 1 / held.count[gained]!);
      loads.propose(gained, there, -1 / held.count[gained]!);
      loads.propose(expert, there, 1 / held.count[expert]!);
    } else {
      const [fewer, more] = [held.count[expert]!, held.count[gained]!];
      for (let at = 0; at < expertOf.length; at++) {
        if (at === slot) loads.propose(expert, gpuOf[at]!, -1 / fewer);
        else if (expertOf[at] === expert) loads.propose(expert, gpuOf[at]!, 1 / (fewer - 1) - 1 / fewer);
        else if (expertOf[at] === gained) loads.propose(gained, gpuOf[at]!, 1 / (more + 1) - 1 / more);
      }
      loads.propose(gained, gpuOf[slot]!, 1 / (more + 1));
    }
    // The norm is the root of the sum, and the chance that a rise is taken falls with its share of the norm.
    const chance = (dice.below(2 ** 24) + 1) / 2 ** 24;
    if (loads.after() > loads.sum * Math.exp(-Math.log(chance) * heat * POWER)) {
      loads.drop();
      continue;
    }
    loads.keep();
    if (isSwap) held.swap(slot, other);
    else held.replace(slot, gained);
    if (loads.sum < least) [best, least] = [expertOf.slice(), loads.sum];
  }
  return [...best];
}

/** Which expert is where, and what may change. */
class Holdings {
  readonly expertOf: Int32Array;
  readonly gpuOf: readonly number[];
  /** [gpu] its slots. */
  readonly slotsOf: readonly (readonly number[])[];
  /** [expert] its replicas. */
  readonly count: Int32Array;
  readonly #world: number;
  readonly #nodes: number;
  readonly #nodeOf: readonly number[];
  readonly #isHeld: Uint8Array;
  readonly #isPinned: Uint8Array;
  /** [expert * nodes + node] its replicas there. */
  readonly #onNode: Int32Array;

  constructor({ gpus, pins }: PlaceProblem, start: readonly number[], experts: number) {
    this.expertOf = Int32Array.from(start);
    this.gpuOf = gpuOfSlots(gpus);
    this.#world = gpus.slots.length;
    this.#nodes = nodeCount(gpus);
    this.#nodeOf = gpus.nodeOf;
    this.count = new Int32Array(experts);
    this.#onNode = new Int32Array(experts * this.#nodes);
    this.#isHeld = new Uint8Array(experts * this.#world);
    this.#isPinned = new Uint8Array(experts * this.#world);
    const slotsOf = gpus.slots.map((): number[] => []);
    this.gpuOf.forEach((gpu, slot) => slotsOf[gpu]!.push(slot));
    this.slotsOf = slotsOf;
    for (const { expert, gpu } of pins) this.#isPinned[expert * this.#world + gpu] = 1;
    this.expertOf.forEach((expert, slot) => {
      this.#put(expert, slot, 1);
    });
  }

  maySwap(slot: number, other: number, scope: Scope): boolean {
    const [one, two] = [this.expertOf[slot]!, this.expertOf[other]!];
    const [here, there] = [this.gpuOf[slot]!, this.gpuOf[other]!];
    if (one === two || this.#is(this.#isHeld, one, there) || this.#is(this.#isHeld, two, here)) return false;
    if (this.#is(this.#isPinned, one, here) || this.#is(this.#isPinned, two, there)) return false;
    if (scope === "cluster" || this.#nodeOf[here] === this.#nodeOf[there]) return true;
    // Both nodes have both before and after.
    return (
      this.#there(one, here) > 1 &&
      this.#there(one, there) > 0 &&
      this.#there(two, there) > 1 &&
      this.#there(two, here) > 0
    );
  }

  mayReplace(slot: number, gained: number, scope: Scope): boolean {
    const [expert, gpu] = [this.expertOf[slot]!, this.gpuOf[slot]!];
    if (this.count[expert]! < 2 || this.#is(this.#isHeld, gained, gpu)) return false;
    if (this.#is(this.#isPinned, expert, gpu)) return false;
    return scope === "cluster" || (this.#there(expert, gpu) > 1 && this.#there(gained, gpu) > 0);
  }

  swap(slot: number, other: number): void {
    const [one, two] = [this.expertOf[slot]!, this.expertOf[other]!];
    this.#put(one, slot, -1);
    this.#put(two, other, -1);
    this.#put(two, slot, 1);
    this.#put(one, other, 1);
  }

  replace(slot: number, gained: number): void {
    this.#put(this.expertOf[slot]!, slot, -1);
    this.#put(gained, slot, 1);
  }

  #put(expert: number, slot: number, step: 1 | -1): void {
    const gpu = this.gpuOf[slot]!;
    this.count[expert]! += step;
    this.#onNode[expert * this.#nodes + this.#nodeOf[gpu]!]! += step;
    this.#isHeld[expert * this.#world + gpu] = step > 0 ? 1 : 0;
    if (step > 0) this.expertOf[slot] = expert;
  }

  #is(table: Uint8Array, expert: number, gpu: number): boolean {
    return table[expert * this.#world + gpu] === 1;
  }

  /** Replicas of an expert on the node of a GPU. */
  #there(expert: number, gpu: number): number {
    return this.#onNode[expert * this.#nodes + this.#nodeOf[gpu]!]!;
  }
}
