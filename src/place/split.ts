// How the tokens of an expert divide among its replicas: unevenly, where that relieves the busiest GPU.
import { gpuOfSlots, type Gpus, type PlaceProblem } from "./problem.js";

/** Turns in a round of an expert: shares are multiples of one over it. */
export const MOST_TURNS = 32;

const SWEEPS = 40;
/** Sweeps end when no load changes by more than this share of the mean. */
const SETTLED = 1e-4;
/** Uneven shares must lower the greatest load by so much of it: even ones are simpler. */
const WORTH_IT = 1e-3;
/** Shares that turns give are close enough to those wanted. */
const CLOSE = 2e-3;

/**
 * [slot] turns of each replica, at least one. `shares`: [expert] share of the rows. Levels the loads over speed expert by expert,
 * each poured over its replicas like water, which ends where the greatest load is least (the least squares of loads over such sets
 * are also lexicographically least; Fujishige 1980). Then whole turns.
 */
export function bestTurns(
  shares: Float64Array,
  expertOfSlot: ArrayLike<number>,
  { gpus, evenSplit = false }: Pick<PlaceProblem, "gpus" | "evenSplit">,
): readonly number[] {
  const even = new Array<number>(expertOfSlot.length).fill(1);
  if (evenSplit) return even;
  const replicas = replicasOf(expertOfSlot, shares, gpus);
  const { shared, fixed, gpuOf, slowness } = replicas;
  if (shared.length === 0) return even;
  const loads = fixed.slice();
  const poured = new Float64Array(expertOfSlot.length);
  for (const { load, slots } of shared)
    for (const slot of slots) {
      poured[slot] = load / slots.length;
      loads[gpuOf[slot]!]! += poured[slot] * slowness[gpuOf[slot]!]!;
    }
  const evenMost = greatest(loads);
  settle(replicas, loads, poured);
  if (greatest(loads) > evenMost * (1 - WORTH_IT)) return even;
  const turns = even.slice();
  const rounded = fixed.slice();
  for (const { load, slots } of shared) {
    const whole = wholeTurns(slots.map((slot) => poured[slot]! / load));
    const round = whole.reduce((sum, each) => sum + each, 0);
    slots.forEach((slot, at) => {
      turns[slot] = whole[at]!;
      const gpu = gpuOf[slot]!;
      rounded[gpu]! += ((load * whole[at]!) / round) * slowness[gpu]!;
    });
  }
  shiftTurns(replicas, rounded, turns);
  if (greatest(rounded) > evenMost * (1 - WORTH_IT)) return even;
  for (const { slots } of shared) reduce(slots, turns);
  return turns;
}

interface Replicas {
  /** Experts with several replicas and any load. */
  readonly shared: readonly { readonly load: number; readonly slots: readonly number[] }[];
  /** [gpu] load of experts that have one replica. */
  readonly fixed: Float64Array;
  readonly gpuOf: readonly number[];
  readonly slowness: readonly number[];
}

function replicasOf(expertOfSlot: ArrayLike<number>, shares: Float64Array, gpus: Gpus): Replicas {
  const counts = new Int32Array(shares.length);
  for (let slot = 0; slot < expertOfSlot.length; slot++) counts[expertOfSlot[slot]!]!++;
  const gpuOf = gpuOfSlots(gpus);
  const slowness = gpus.speeds.map((speed) => 1 / speed);
  const fixed = new Float64Array(gpus.slots.length);
  const shared = new Map<number, { readonly load: number; readonly slots: number[] }>();
  for (let slot = 0; slot < expertOfSlot.length; slot++) {
    const expert = expertOfSlot[slot]!;
    const load = shares[expert]!;
    if (counts[expert]! < 2) fixed[gpuOf[slot]!]! += load * slowness[gpuOf[slot]!]!;
    else if (load > 0) {
      const known = shared.get(expert) ?? { load, slots: [] };
      known.slots.push(slot);
      shared.set(expert, known);
    }
  }
  return { shared: [...shared.values()], fixed, gpuOf, slowness };
}

function greatest(loads: Float64Array): number {
  let most = 0;
  for (let gpu = 0; gpu < loads.length; gpu++) if (loads[gpu]! > most) most = loads[gpu]!;
  return most;
}

/** Pours each expert's share over its GPUs until nothing moves. */
function settle({ shared, gpuOf, slowness }: Replicas, loads: Float64Array, poured: Float64Array): void {
  let mean = 0;
  for (let gpu = 0; gpu < loads.length; gpu++) mean += loads[gpu]! / loads.length;
  const most = shared.reduce((length, { slots }) => Math.max(length, slots.length), 0);
  // Slots of an expert with what their GPUs have without it, the least first.
  const order = new Int32Array(most);
  const others = new Float64Array(most);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let moved = 0;
    for (const { load: total, slots } of shared) {
      for (let count = 0; count < slots.length; count++) {
        const slot = slots[count]!;
        const gpu = gpuOf[slot]!;
        const load = loads[gpu]! - poured[slot]! * slowness[gpu]!;
        let at = count;
        for (; at > 0 && others[at - 1]! > load; at--) {
          others[at] = others[at - 1]!;
          order[at] = order[at - 1]!;
        }
        others[at] = load;
        order[at] = slot;
      }
      // Height to which so much fills vessels that begin at these loads.
      let surface = 0;
      let width = 0;
      let filled = 0;
      for (let at = 0; at < slots.length; at++) {
        const slow = slowness[gpuOf[order[at]!]!]!;
        width += 1 / slow;
        filled += others[at]! / slow;
        surface = (total + filled) / width;
        if (at + 1 === slots.length || surface <= others[at + 1]!) break;
      }
      for (let at = 0; at < slots.length; at++) {
        const slot = order[at]!;
        const gpu = gpuOf[slot]!;
        const amount = Math.max(0, surface - others[at]!) / slowness[gpu]!;
        moved = Math.max(moved, Math.abs(amount - poured[slot]!) * slowness[gpu]!);
        loads[gpu] = others[at]! + amount * slowness[gpu]!;
        poured[slot] = amount;
      }
    }
    if (moved < SETTLED * mean) return;
  }
}

/** Whole turns for shares that sum to 1, at least one each: of the shortest round that comes as close as any but for a little. */
function wholeTurns(parts: readonly number[]): readonly number[] {
  let best: readonly number[] = [];
  let least = Infinity;
  for (let round = parts.length; round <= Math.max(MOST_TURNS, parts.length); round++) {
    const whole = roundedTurns(parts, round);
    let error = 0;
    for (let at = 0; at < parts.length; at++)
      error = Math.max(error, Math.abs(parts[at]! - whole[at]! / round));
    if (error >= least * (1 - WORTH_IT)) continue;
    best = whole;
    least = error;
    if (error < CLOSE) break;
  }
  return best;
}

/** Turns of a round of so many: the largest remainders. */
function roundedTurns(parts: readonly number[], round: number): number[] {
  const whole = parts.map((part) => Math.max(1, Math.floor(part * round)));
  let sum = 0;
  for (const each of whole) sum += each;
  while (sum !== round) {
    const step = sum < round ? 1 : -1;
    let best = -1;
    let most = -Infinity;
    for (let at = 0; at < parts.length; at++) {
      if (step < 0 && whole[at]! <= 1) continue;
      const error = step * (parts[at]! * round - whole[at]!);
      if (error <= most) continue;
      best = at;
      most = error;
    }
    whole[best]! += step;
    sum += step;
  }
  return whole;
}

/** Turns of the busiest GPU's experts go to other replicas, one by one, while that lowers the greatest load. */
function shiftTurns({ shared, gpuOf, slowness }: Replicas, loads: Float64Array, turns: number[]): void {
  for (let step = 0; step < SWEEPS * shared.length; step++) {
    let busiest = 0;
    for (let gpu = 1; gpu < loads.length; gpu++) if (loads[gpu]! > loads[busiest]!) busiest = gpu;
    let least = loads[busiest]! * (1 - 1e-9);
    let [from, to, unit] = [-1, -1, 0];
    for (const { load, slots } of shared) {
      const source = slots.find((slot) => gpuOf[slot] === busiest);
      if (source === undefined || turns[source]! < 2) continue;
      const one = load / slots.reduce((sum, slot) => sum + turns[slot]!, 0);
      for (const slot of slots) {
        const gpu = gpuOf[slot]!;
        if (gpu === busiest) continue;
        const after = Math.max(
          loads[gpu]! + one * slowness[gpu]!,
          loads[busiest]! - one * slowness[busiest]!,
        );
        if (after < least) [least, from, to, unit] = [after, source, slot, one];
      }
    }
    if (from < 0) return;
    turns[from]!--;
    turns[to]!++;
    loads[busiest]! -= unit * slowness[busiest]!;
    loads[gpuOf[to]!]! += unit * slowness[gpuOf[to]!]!;
  }
}

/** [slot] the same shares in as few turns as can be. */
export function reducedTurns(expertOfSlot: readonly number[], turns: readonly number[]): readonly number[] {
  const common = new Map<number, number>();
  expertOfSlot.forEach((expert, slot) => common.set(expert, gcd(common.get(expert) ?? 0, turns[slot]!)));
  return turns.map((each, slot) => each / common.get(expertOfSlot[slot]!)!);
}

function reduce(slots: readonly number[], turns: number[]): void {
  const divisor = slots.reduce((common, slot) => gcd(common, turns[slot]!), 0);
  for (const slot of slots) turns[slot] = turns[slot]! / divisor;
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
