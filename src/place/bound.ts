// A load that no placement and no split of the tokens can beat.
import { mayBeDealt } from "./bound/deal.js";
import { ByClass, ByParts, BySize, BySlots, type Weighing } from "./bound/weighings.js";
import { groupOfExpert, nodeCount, type Gpus, type PlaceProblem } from "./problem.js";
import { sharesOf } from "./shares.js";

/** The bound is found to within this share of itself. */
const RESOLUTION = 1e-4;
/** A load that is doubled so often suffices, or there is no placement at all, and any bound is right. */
const MOST_DOUBLED = 40;
/** Of an expert's load, so that it is not small itself. */
const BELOW = 1 - 1e-6;
/** Taken off, so that a placement that meets the bound is not below it by rounding. */
const ROUNDING = 1e-12;

/**
 * Share of all rows that the GPU with most has at least, over its speed: the least load that no weighing refutes, of the experts
 * of all GPUs and, where groups stay on nodes, of the groups that each node has. Pins are left out: they make no load lower.
 */
export function lowerBoundShare(problem: PlaceProblem, layer: number): number {
  const shares = sharesOf(problem.loads[layer]!);
  const { gpus, gate } = problem;
  const grouped = problem.groupRule === "hard" && gate.groups > 1 && nodeCount(gpus) > 1;
  const fastest = gpus.speeds.reduce(
    (best, each, gpu) => (gpus.slots[gpu]! > 0 ? Math.max(best, each) : best),
    0,
  );
  const speeds = gpus.speeds.map((speed) => speed / fastest);
  const together = speedTogether({ ...gpus, speeds }, grouped);
  const experts = shares.toSorted();
  const weighings = weighingsOf(experts, gpus, together);

  const mean = 1 / gpus.slots.reduce((sum, own, gpu) => sum + (own > 0 ? speeds[gpu]! : 0), 0);
  let bound = Math.max(mean, experts.at(-1)! / together.at(-1)!);
  for (const weighing of weighings)
    bound = leastNotRefuted(bound, (limit) => {
      const bears = gpus.slots.reduce((sum, own, gpu) => sum + weighing.bears(own, speeds[gpu]!, limit), 0);
      return weighing.weigh(experts, limit) > bears * (1 + 1e-9);
    });
  if (grouped) {
    const groups = Array.from({ length: gate.groups }, (_, group) =>
      shares.filter((_, expert) => groupOfExpert(expert, shares.length, gate.groups) === group).sort(),
    ).filter(({ length }) => length > 0);
    const nodes = nodeCount(gpus);
    bound = leastNotRefuted(bound, (limit) => {
      const weights = weighings.map((weighing) =>
        Float64Array.from(groups, (own) => weighing.weigh(own, limit)),
      );
      const bears = weighings.map((weighing) => {
        const sums = new Float64Array(nodes);
        gpus.slots.forEach(
          (own, gpu) => (sums[gpus.nodeOf[gpu]!]! += weighing.bears(own, speeds[gpu]!, limit)),
        );
        return sums;
      });
      return !mayBeDealt(weights, bears);
    });
  }
  return (bound / fastest) * (1 - ROUNDING);
}

/** What refutes most in cases tried: with as many extra slots as GPUs, cuts can make all loads equal, and the mean alone counts. */
function weighingsOf(
  experts: Float64Array,
  { slots }: Gpus,
  together: readonly number[],
): readonly Weighing[] {
  const usable = slots.filter((own) => own > 0).length;
  const mostSlots = slots.reduce((most, own) => Math.max(most, own), 0);
  const extra = slots.reduce((sum, own) => sum + own, 0) - experts.length;
  const common = [new BySize(experts), new BySlots(together)];
  if (extra >= usable) return common;
  const weighings: Weighing[] = [...common, new ByParts(2), new ByParts(3)];
  for (let smaller = 0; smaller < experts.length; smaller = 2 * smaller + 1)
    weighings.push(new ByClass(mostSlots, experts[smaller]! * BELOW));
  return weighings;
}

/** [count] most speed of so many usable GPUs, or fewer, that may hold one expert: of all, or of one node. */
function speedTogether({ nodeOf, slots, speeds }: Gpus, grouped: boolean): number[] {
  const places = new Map<number, number[]>();
  slots.forEach((own, gpu) => {
    const place = grouped ? nodeOf[gpu]! : 0;
    if (own > 0) places.set(place, [...(places.get(place) ?? []), speeds[gpu]!]);
  });
  const together = [0];
  for (const own of places.values()) {
    own.sort((a, b) => b - a);
    own.reduce((sum, each, at) => (together[at + 1] = Math.max(together[at + 1] ?? 0, sum + each)), 0);
  }
  together.forEach((sum, count) => (together[count] = Math.max(sum, together[count - 1] ?? 0)));
  return together;
}

/** `bound`, or how far above it loads are still refuted. A refuted load is refuted for every lower one. */
function leastNotRefuted(bound: number, isRefuted: (limit: number) => boolean): number {
  let high = bound * (1 + RESOLUTION);
  if (!isRefuted(high)) return bound;
  let low = high;
  for (let doubled = 0; isRefuted((high *= 2)); low = high) if (++doubled > MOST_DOUBLED) return bound;
  while (high - low > RESOLUTION * low) {
    const middle = (low + high) / 2;
    if (isRefuted(middle)) low = middle;
    else high = middle;
  }
  return low;
}
