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
  const [common, tight] = [commonWeighings(experts, together), tightWeighings(experts, gpus)];
  const all = kindsOf(gpus, speeds, () => 0);

  const mean = 1 / all.reduce((sum, { speed, count }) => sum + speed * count, 0);
  let bound = Math.max(mean, experts.at(-1)! / together.at(-1)!);
  for (const weighing of areScarce(all, experts.length, experts.length) ? [...common, ...tight] : common)
    bound = leastNotRefuted(bound, (limit) => {
      const bears = all.reduce(
        (sum, { slots, speed, count }) => sum + count * weighing.bears(slots, speed, limit),
        0,
      );
      return weighing.weigh(experts, limit) > bears * (1 + 1e-9);
    });
  if (grouped) {
    const groups = Array.from({ length: gate.groups }, (_, group) =>
      shares.filter((_, expert) => groupOfExpert(expert, shares.length, gate.groups) === group).sort(),
    ).filter(({ length }) => length > 0);
    const onNodes = kindsOf(gpus, speeds, (gpu) => gpus.nodeOf[gpu]!);
    const scarce = areScarce(onNodes, Math.ceil(experts.length / gate.groups), experts.length);
    const weighings = scarce ? [...common, ...tight] : common;
    const ways = weighings.length;
    bound = leastNotRefuted(bound, (limit) => {
      const weights = new Float64Array(groups.length * ways);
      const bears = new Float64Array(nodeCount(gpus) * ways);
      weighings.forEach((weighing, way) => {
        groups.forEach((own, group) => (weights[group * ways + way] = weighing.weigh(own, limit)));
        for (const { node, slots, speed, count } of onNodes)
          bears[node * ways + way]! += count * weighing.bears(slots, speed, limit);
      });
      return !mayBeDealt(weights, bears, ways);
    });
  }
  return (bound / fastest) * (1 - ROUNDING);
}

const commonWeighings = (experts: Float64Array, together: readonly number[]): readonly Weighing[] => [
  new BySize(experts),
  new BySlots(together),
];

/** What counts where slots are scarce. */
function tightWeighings(experts: Float64Array, { slots }: Gpus): readonly Weighing[] {
  const mostSlots = slots.reduce((most, own) => Math.max(most, own), 0);
  const weighings: Weighing[] = [new ByParts(2), new ByParts(3)];
  for (let smaller = 0; smaller < experts.length; smaller = 2 * smaller + 1)
    weighings.push(new ByClass(mostSlots, experts[smaller]! * BELOW));
  return weighings;
}

/** GPUs of a node that are alike. */
interface Kind {
  readonly node: number;
  readonly slots: number;
  readonly speed: number;
  count: number;
}

/** GPUs with slots, those of a node that are alike together. */
function kindsOf(
  { slots }: Gpus,
  speeds: readonly number[],
  nodeOf: (gpu: number) => number,
): readonly Kind[] {
  const kinds: Kind[] = [];
  slots.forEach((own, gpu) => {
    if (own === 0) return;
    const node = nodeOf(gpu);
    const same = kinds.findLast(
      (kind) => kind.node === node && kind.slots === own && kind.speed === speeds[gpu],
    );
    if (same === undefined) kinds.push({ node, slots: own, speed: speeds[gpu]!, count: 1 });
    else same.count++;
  });
  return kinds;
}

/**
 * Whether the GPUs of some node, full of groups of so many experts, have fewer slots to spare than they are. With as many, cuts can
 * make all their loads equal, and what fits beside what is no matter.
 */
function areScarce(kinds: readonly Kind[], groupSize: number, experts: number): boolean {
  const nodes = new Map<number, { slots: number; gpus: number }>();
  for (const { node, slots, count } of kinds) {
    const sum = nodes.get(node) ?? { slots: 0, gpus: 0 };
    nodes.set(node, { slots: sum.slots + slots * count, gpus: sum.gpus + count });
  }
  return [...nodes.values()].some(({ slots, gpus }) => {
    const held = Math.min(experts, Math.floor(slots / groupSize) * groupSize);
    return slots - held < gpus;
  });
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
