// What the memory of a rank holds, by kind of data, from the plan's regions.
import type { Buffer, LaunchPlan } from "../plan/index.js";

export interface MemoryPart {
  readonly name: string;
  readonly bytes: number;
  readonly meaning: string;
}

const parts = {
  weights: "of the experts that live on a rank, and of all other operators",
  cache: "keys and values of earlier tokens",
  activations: "values between operators; those that are never live together share a place",
  "exchange buffers": "rows on their way to experts and back, in the worst case that is allowed",
  tables: "placement, token ids and counts",
} as const;
type PartName = keyof typeof parts;

/** Largest first; parts that take nothing are left out. A region that several kinds share counts for its largest buffer. */
export function memoryParts({ memory }: LaunchPlan): readonly MemoryPart[] {
  const bytes = new Map<PartName, number>();
  for (const region of memory.regions) {
    const [largest] = memory.buffers
      .filter((each) => each.region === region.name)
      .sort((a, b) => bytesOf(b) - bytesOf(a));
    const name = largest === undefined ? "activations" : partOf(largest);
    bytes.set(name, (bytes.get(name) ?? 0) + region.bytes.value);
  }
  return [...bytes]
    .map(([name, each]) => ({ name, bytes: each, meaning: parts[name] }))
    .filter((each) => each.bytes > 0)
    .sort((a, b) => b.bytes - a.bytes);
}

const bytesOf = ({ instances, instance_bytes }: Buffer): number => instances.value * instance_bytes.value;

function partOf({ kind }: Buffer): PartName {
  switch (kind) {
    case "weights":
      return "weights";
    case "state":
      return "cache";
    case "activation":
    case "output":
      return "activations";
    case "exchange":
      return "exchange buffers";
    case "table":
    case "input":
    case "counts":
      return "tables";
    default:
      return kind satisfies never;
  }
}
