// Slots of the GPUs, from counts and from what a user states about single ones: which are excluded, which are weaker, how many
// slots each has, how much memory there is for experts.
import type { PlaceFault } from "./fault.js";
import type { Gpus } from "./problem.js";

/** What is stated about GPUs; what is not stated is equal for all. */
export interface GpuConstraints {
  /** [gpu] slots. */
  readonly slots?: readonly number[];
  /** GPUs that hold no experts: their slots go to the others. */
  readonly excluded?: readonly number[];
  /** Speed of single GPUs, 1 for the rest: in (0, 1]. */
  readonly speeds?: ReadonlyMap<number, number>;
  /** Bytes for the experts' weights of all layers: of every GPU, or [gpu]. */
  readonly memoryBytes?: number | readonly number[];
}

export interface GpuCounts {
  readonly gpus: number;
  /** Nodes are runs of GPUs; where they do not divide, the first have one more. */
  readonly nodes: number;
  /** Of all GPUs. Not needed where `constraints` states the slots of each. */
  readonly slots?: number;
  /** More slots on one GPU would hold an expert twice. */
  readonly experts: number;
  /** Weights of an expert in all layers: what a slot takes of a GPU's memory. Needed where memory is stated. */
  readonly slotBytes?: number;
  readonly constraints?: GpuConstraints;
}

/** GPUs with their slots, as even as what is stated allows, or what keeps them from having so many. */
export function gpusOf(counts: GpuCounts): Gpus | PlaceFault {
  const { gpus, nodes, constraints = {} } = counts;
  if (nodes < 1 || nodes > gpus)
    return {
      about: "gpus",
      place: "nodes",
      reason: `${String(nodes)} nodes of ${countedGpus(gpus)} leave nodes without a GPU`,
      hint: `State 1 to ${String(gpus)} nodes.`,
    };
  const fault = statedFault(gpus, constraints);
  if (fault !== undefined) return fault;
  const excluded = new Set(constraints.excluded);
  const stated = constraints.slots?.reduce((sum, own) => sum + own, 0);
  const total = counts.slots ?? stated;
  if (total === undefined)
    return { about: "slots", place: "slots", reason: "their number is not stated", hint: "State it." };
  if (stated !== undefined && stated !== total)
    return {
      about: "slots",
      place: "gpus.slots",
      reason: `the slots of the GPUs sum to ${String(stated)}, and ${String(total)} are asked for`,
      hint: "State slots that sum to it, or their sum.",
    };
  const most = mostSlots(counts);
  const own = Array.from({ length: gpus }, (_, gpu) =>
    excluded.has(gpu) ? 0 : (constraints.slots?.[gpu] ?? 0),
  );
  const crowded = own.findIndex((slots, gpu) => slots > most[gpu]!);
  if (crowded >= 0) return crowdedFault(counts, crowded, own[crowded]!, most[crowded]!);
  const slots = filled(own, total, most);
  const room = most.reduce((sum, each) => sum + each, 0);
  if (slots === undefined)
    return {
      about: "slots",
      place: "slots",
      reason: `there are ${String(total)}, and the GPUs have room for ${String(room)}: ${roomReason(counts, excluded.size)}`,
      hint: `Ask for ${String(room)} slots at most${constraints.memoryBytes === undefined ? "" : ", or give the GPUs more memory"}.`,
    };
  const empty = slots.findIndex((each, gpu) => each === 0 && !excluded.has(gpu));
  if (empty >= 0)
    return {
      about: "slots",
      place: constraints.slots === undefined ? "slots" : `gpus.slots[${String(empty)}]`,
      reason: `GPU ${String(empty)} would hold no expert`,
      hint: `Ask for ${String(gpus - excluded.size)} slots or more, or write the GPU into "excluded".`,
    };
  return {
    nodeOf: evenly(gpus, nodes).flatMap((size, node) => new Array<number>(size).fill(node)),
    slots,
    speeds: Array.from({ length: gpus }, (_, gpu) => constraints.speeds?.get(gpu) ?? 1),
  };
}

const countedGpus = (gpus: number): string => `${String(gpus)} GPU${gpus === 1 ? "" : "s"}`;

/** What names a GPU that there is not, or says nothing of one that there is. */
function statedFault(
  gpus: number,
  { slots, excluded = [], speeds, memoryBytes }: GpuConstraints,
): PlaceFault | undefined {
  const [first, last] = ["0", String(gpus - 1)];
  const missing = (place: string, gpu: number): PlaceFault => ({
    ...{ about: "gpus", place },
    reason: `there is no GPU ${String(gpu)}`,
    hint: `GPUs are numbered ${first} to ${last}.`,
  });
  const isMissing = (gpu: number): boolean => !Number.isSafeInteger(gpu) || gpu < 0 || gpu >= gpus;
  const [at, gpu] = [excluded.findIndex(isMissing), [...(speeds?.keys() ?? [])].find(isMissing)];
  if (at >= 0) return missing(`gpus.excluded[${String(at)}]`, excluded[at]!);
  if (gpu !== undefined) return missing("gpus.speeds", gpu);
  if (new Set(excluded).size === gpus)
    return {
      ...{ about: "gpus", place: "gpus.excluded" },
      reason: "no GPU is left to hold an expert",
      hint: "Leave one out of it.",
    };
  for (const [place, list] of [
    ["gpus.slots", slots],
    ["gpus.memory_bytes", typeof memoryBytes === "number" ? undefined : memoryBytes],
  ] as const)
    if (list !== undefined && list.length !== gpus)
      return {
        ...{ about: "gpus", place },
        reason: `it has ${String(list.length)} numbers for ${countedGpus(gpus)}`,
        hint: "Write one number for each GPU.",
      };
  return undefined;
}

/** [gpu] the most slots it may have: one for each expert, and as memory allows. */
function mostSlots({ gpus, experts, slotBytes, constraints = {} }: GpuCounts): number[] {
  const { memoryBytes, excluded = [] } = constraints;
  return Array.from({ length: gpus }, (_, gpu) => {
    if (excluded.includes(gpu)) return 0;
    const memory = typeof memoryBytes === "number" ? memoryBytes : memoryBytes?.[gpu];
    return memory === undefined || slotBytes === undefined
      ? experts
      : Math.min(experts, Math.floor(memory / slotBytes));
  });
}

function crowdedFault({ experts }: GpuCounts, gpu: number, slots: number, most: number): PlaceFault {
  return {
    ...{ about: "slots", place: `gpus.slots[${String(gpu)}]` },
    reason:
      most < experts
        ? `the memory of GPU ${String(gpu)} holds ${String(most)} experts of each layer, and it has ${String(slots)} slots`
        : `GPU ${String(gpu)} has ${String(slots)} slots for ${String(experts)} experts, and holds each at most once`,
    hint: `Give it ${String(most)} slots at most.`,
  };
}

const roomReason = ({ constraints, gpus, experts }: GpuCounts, excluded: number): string =>
  constraints?.memoryBytes === undefined
    ? `each of ${countedGpus(gpus - excluded)} holds each of ${String(experts)} experts at most once`
    : "their memory holds no more experts of each layer";

/** `total` slots: those that GPUs have, and further ones where there are fewest. Undefined where there is no room. */
function filled(own: readonly number[], total: number, most: readonly number[]): number[] | undefined {
  const slots = [...own];
  for (let left = total - own.reduce((sum, each) => sum + each, 0); left > 0; left--) {
    let fewest = -1;
    slots.forEach((each, gpu) => {
      if (each < most[gpu]! && (fewest < 0 || each < slots[fewest]!)) fewest = gpu;
    });
    if (fewest < 0) return undefined;
    slots[fewest]!++;
  }
  return slots;
}

/** Parts of a whole: equal, or the first ones have one more. */
const evenly = (whole: number, parts: number): number[] =>
  Array.from({ length: parts }, (_, part) => Math.floor(whole / parts) + (part < whole % parts ? 1 : 0));
