// How the tokens of an expert divide among its replicas: unevenly, where that relieves the busiest GPU.
import type { Gpus } from "./problem.js";
import { gpuOfSlots } from "./problem.js";

/** Turns in a round of an expert: shares are multiples of one over it. */
export const MOST_TURNS = 32;

const SWEEPS = 40;
/** Sweeps end when no load changes by more than this share of the mean. */
const SETTLED = 1e-4;
/** Uneven shares must lower the greatest load by so much of it: even ones are simpler. */
const WORTH_IT = 1e-3;

/**
 * [slot] turns of each replica, at least one. `shares`: [expert] share of the rows. Levels the loads over speed expert by expert,
 * each poured over its replicas like water, which ends where the greatest load is least (the least squares of loads over such sets
 * are also lexicographically least; Fujishige 1980). Then whole turns.
 */
export function bestTurns(shares: Float64Array, expertOfSlot: ArrayLike<number>, gpus: Gpus): number[] {
  const even = new Array<number>(expertOfSlot.length).fill(1);
  const replicas = replicasOf(expertOfSlot, shares, gpus);
  if (replicas.shared.length === 0) return even;
  const loads = replicas.fixed.slice();
  const poured = new Float64Array(expertOfSlot.length);
  for (const expert of replicas.shared)
    for (const slot of replicas.slots[expert]!) {
      poured[slot] = shares[expert]! / replicas.slots[expert]!.length;
      loads[replicas.gpuOf[slot]!]! += poured[slot] * replicas.slowness[replicas.gpuOf[slot]!]!;
    }
  const evenMost = greatest(loads);
  settle(replicas, shares, loads, poured);
  if (greatest(loads) > evenMost * (1 - WORTH_IT)) return even;
  const turns = even.slice();
  const rounded = replicas.fixed.slice();
  for (const expert of replicas.shared) {
    const slots = replicas.slots[expert]!;
    const whole = wholeTurns(slots.map((slot) => poured[slot]! / shares[expert]!));
    const round = whole.reduce((sum, each) => sum + each, 0);
    slots.forEach((slot, at) => {
      turns[slot] = whole[at]!;
      const gpu = replicas.gpuOf[slot]!;
      rounded[gpu]! += ((shares[expert]! * whole[at]!) / round) * replicas.slowness[gpu]!;
    });
  }
  shiftTurns(replicas, shares, rounded, turns);
  if (greatest(rounded) > evenMost * (1 - WORTH_IT)) return even;
  for (const expert of replicas.shared) reduce(replicas.slots[expert]!, turns);
  return turns;
}

interface Replicas {
  /** Experts with several replicas and any load. */
  readonly shared: readonly number[];
  /** [expert] */
  readonly slots: readonly (readonly number[])[];
  /** [gpu] load of experts that have one replica. */
  readonly fixed: Float64Array;
  readonly gpuOf: readonly number[];
  readonly slowness: readonly number[];
}

function replicasOf(expertOfSlot: ArrayLike<number>, shares: Float64Array, gpus: Gpus): Replicas {
  const slots = Array.from(shares, (): number[] => []);
  for (let slot = 0; slot < expertOfSlot.length; slot++) slots[expertOfSlot[slot]!]!.push(slot);
  const gpuOf = gpuOfSlots(gpus);
  const slowness = gpus.speeds.map((speed) => 1 / speed);
  const fixed = new Float64Array(gpus.slots.length);
  const shared: number[] = [];
  slots.forEach((own, expert) => {
    if (own.length > 1 && shares[expert]! > 0) shared.push(expert);
    else
      for (const slot of own)
        fixed[gpuOf[slot]!]! += (shares[expert]! / own.length) * slowness[gpuOf[slot]!]!;
  });
  return { shared, slots, fixed, gpuOf, slowness };
}

function greatest(loads: Float64Array): number {
  let most = 0;
  for (const load of loads) if (load > most) most = load;
  return most;
}

/** Pours each expert's share over its GPUs until nothing moves. */
function settle(
  { shared, slots, gpuOf, slowness }: Replicas,
  shares: Float64Array,
  loads: Float64Array,
  poured: Float64Array,
): void {
  const mean = loads.reduce((sum, load) => sum + load, 0) / loads.length;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let moved = 0;
    for (const expert of shared) {
      const own = slots[expert]!;
      // What each GPU has without this expert, the least first.
      const others = own
        .map((slot) => {
          const gpu = gpuOf[slot]!;
          return { slot, gpu, load: loads[gpu]! - poured[slot]! * slowness[gpu]! };
        })
        .sort((a, b) => a.load - b.load || a.slot - b.slot);
      const surface = levelOf(others, slowness, shares[expert]!);
      for (const { slot, gpu, load } of others) {
        const amount = Math.max(0, surface - load) / slowness[gpu]!;
        moved = Math.max(moved, Math.abs(amount - poured[slot]!) * slowness[gpu]!);
        loads[gpu] = load + amount * slowness[gpu]!;
        poured[slot] = amount;
      }
    }
    if (moved < SETTLED * mean) return;
  }
}

/** Height to which so much fills vessels that begin at these loads, the lowest first. */
function levelOf(
  vessels: readonly { readonly gpu: number; readonly load: number }[],
  slowness: readonly number[],
  amount: number,
): number {
  let [width, filled] = [0, 0];
  for (const [at, { gpu, load }] of vessels.entries()) {
    width += 1 / slowness[gpu]!;
    filled += load / slowness[gpu]!;
    const surface = (amount + filled) / width;
    if (surface <= (vessels[at + 1]?.load ?? Infinity)) return surface;
  }
  return 0;
}

/** Whole turns for shares that sum to 1: the largest remainders, at least one each. */
function wholeTurns(parts: readonly number[]): number[] {
  const round = Math.max(MOST_TURNS, parts.length);
  const whole = parts.map((part) => Math.max(1, Math.floor(part * round)));
  for (let sum = whole.reduce((all, each) => all + each, 0); sum !== round;) {
    const step = sum < round ? 1 : -1;
    let best = -1;
    parts.forEach((part, at) => {
      if (step < 0 && whole[at]! <= 1) return;
      const error = step * (part * round - whole[at]!);
      if (best < 0 || error > step * (parts[best]! * round - whole[best]!)) best = at;
    });
    whole[best]! += step;
    sum += step;
  }
  return whole;
}

/** Turns of the busiest GPU's experts go to other replicas, one by one, while that lowers the greatest load. */
function shiftTurns(
  { shared, slots, gpuOf, slowness }: Replicas,
  shares: Float64Array,
  loads: Float64Array,
  turns: number[],
): void {
  for (let step = 0; step < SWEEPS * shared.length; step++) {
    let busiest = 0;
    for (let gpu = 1; gpu < loads.length; gpu++) if (loads[gpu]! > loads[busiest]!) busiest = gpu;
    let least = loads[busiest]! * (1 - 1e-9);
    let [from, to, unit] = [-1, -1, 0];
    for (const expert of shared) {
      const own = slots[expert]!;
      const source = own.find((slot) => gpuOf[slot] === busiest);
      if (source === undefined || turns[source]! < 2) continue;
      const one = shares[expert]! / own.reduce((sum, slot) => sum + turns[slot]!, 0);
      for (const slot of own) {
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

/** The same shares in as few turns as can be. */
function reduce(slots: readonly number[], turns: number[]): void {
  const divisor = slots.reduce((common, slot) => gcd(common, turns[slot]!), 0);
  for (const slot of slots) turns[slot] = turns[slot]! / divisor;
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
