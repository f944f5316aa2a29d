// Which GPU has most to do should differ from layer to layer: where layers overlap, a GPU that is behind in one then catches up in
// the next. GPUs that are alike may trade places, and so may nodes, without changing what a layer costs.
import {
  gpuOfSlots,
  nodeCount,
  slotBegins,
  type Gpus,
  type PlacedLayer,
  type PlaceProblem,
} from "./problem.js";
import { sharesOf } from "./shares.js";
import { splitOf } from "./score.js";

/** The same layers, with what is heaviest in each where least has come together in those before. */
export function staggered(problem: PlaceProblem, layers: readonly PlacedLayer[]): PlacedLayer[] {
  const { gpus, pins, loads } = problem;
  const pinned = new Set(pins.map(({ gpu }) => gpu));
  const before = new Float64Array(gpus.slots.length);
  return layers.map((layer, at) => {
    const own = gpuLoads(gpus, layer, sharesOf(loads[at]!));
    const from = trade(gpus, pinned, own, before);
    from.forEach((other, gpu) => (before[gpu]! += own[other]!));
    const begins = slotBegins(gpus.slots);
    const order = from.flatMap((other) =>
      Array.from({ length: gpus.slots[other]! }, (_, slot) => begins[other]! + slot),
    );
    return {
      expertOfSlot: order.map((slot) => layer.expertOfSlot[slot]!),
      turns: order.map((slot) => layer.turns[slot]!),
    };
  });
}

/** [gpu] share of all rows, over its speed. */
function gpuLoads(gpus: Gpus, layer: PlacedLayer, shares: Float64Array): Float64Array {
  const loads = new Float64Array(gpus.slots.length);
  const split = splitOf(layer, shares.length);
  gpuOfSlots(gpus).forEach((gpu, slot) => {
    loads[gpu]! += (shares[layer.expertOfSlot[slot]!]! * split[slot]!) / gpus.speeds[gpu]!;
  });
  return loads;
}

/** [gpu] the GPU whose experts it gets. */
function trade(gpus: Gpus, pinned: ReadonlySet<number>, own: Float64Array, before: Float64Array): number[] {
  const members = Array.from({ length: nodeCount(gpus) }, (): number[] => []);
  gpus.nodeOf.forEach((node, gpu) => members[node]!.push(gpu));
  const sumOf = (of: Float64Array, node: number): number =>
    members[node]!.reduce((all, gpu) => all + of[gpu]!, 0);
  const kindOf = (gpu: number): string =>
    pinned.has(gpu) ? `pinned ${String(gpu)}` : `${String(gpus.slots[gpu])} ${String(gpus.speeds[gpu])}`;
  const nodes = matched(
    members.map((each) => each.map(kindOf).join()),
    (node) => sumOf(own, node),
    (node) => sumOf(before, node),
  );
  const from = new Array<number>(gpus.slots.length);
  nodes.forEach((other, node) => {
    const [here, there] = [members[node]!, members[other]!];
    const order = matched(
      here.map(kindOf),
      (at) => own[there[at]!]!,
      (at) => before[here[at]!]!,
    );
    order.forEach((index, at) => (from[here[at]!] = there[index]!));
  });
  return from;
}

/** For each place the item that goes there: within a kind the heaviest item to the place that has had least. */
function matched(
  kinds: readonly string[],
  weight: (item: number) => number,
  had: (place: number) => number,
): number[] {
  const found = new Array<number>(kinds.length);
  for (const kind of new Set(kinds)) {
    const alike = kinds.flatMap((each, at) => (each === kind ? [at] : []));
    const items = [...alike].sort((a, b) => weight(b) - weight(a) || a - b);
    const places = [...alike].sort((a, b) => had(a) - had(b) || a - b);
    places.forEach((place, at) => (found[place] = items[at]!));
  }
  return found;
}
