// A placement as other systems number it: physical experts through the GPUs, as many on each, replicas sharing evenly. What that
// loses of a placement is refused or noted.

/** A placement of all layers. */
export interface PlacementTables {
  /** [layer][slot] the expert that lives there. */
  readonly physicalToLogical: readonly (readonly number[])[];
  /** [layer][slot] its GPU. */
  readonly gpuOfSlot: readonly (readonly number[])[];
  /** [layer][slot] share of the expert's tokens that it takes. */
  readonly split: readonly (readonly number[])[];
  readonly experts: number;
  readonly gpus: number;
  readonly nodes: number;
  /** [layer] mean over greatest load of a GPU where replicas share evenly, for the note on what an even split costs. */
  readonly balancedness?: readonly number[];
}

/** The file of a system, with what to tell who loads it. */
export interface EmittedPlacement {
  readonly text: string;
  /** How the system is made to load it: one sentence or two. */
  readonly loading: string;
  /** What the system will do otherwise than the placement says, a sentence each. */
  readonly notes: readonly string[];
}

/** Why a system cannot have a placement: `reason` completes "... cannot be emitted for SGLang: ". */
export interface PlacementRefusal {
  readonly reason: string;
  readonly hint: string;
}

export const isRefusal = (emitted: object): emitted is PlacementRefusal => "reason" in emitted;

/** [layer][physical expert] its expert, physical experts numbered through the GPUs; a refusal where GPUs have unlike numbers. */
export function physicalExperts(
  { physicalToLogical, gpuOfSlot, gpus }: PlacementTables,
  system: string,
): readonly (readonly number[])[] | PlacementRefusal {
  for (const [layer, of] of gpuOfSlot.entries()) {
    const slots = new Array<number>(gpus).fill(0);
    for (const gpu of of) slots[gpu] = slots[gpu]! + 1;
    const unlike = slots.findIndex((own) => own !== slots[0]);
    if (unlike >= 0)
      return {
        reason: `${system} has as many experts on every GPU, and in layer ${String(layer)} GPU 0 has ${String(slots[0])} and GPU ${String(unlike)} has ${String(slots[unlike])}`,
        hint: "Place with a number of slots that the GPUs divide, and without slots of single GPUs or excluded ones.",
      };
  }
  return physicalToLogical.map((experts, layer) => {
    const of = gpuOfSlot[layer]!;
    // Sorting is stable: the slots of a GPU stay in their order.
    return experts
      .map((_, slot) => slot)
      .sort((one, other) => of[one]! - of[other]!)
      .map((slot) => experts[slot]!);
  });
}

/** [layer][expert] its physical experts, filled up with -1 to `width`. */
export const replicasOf = (
  physical: readonly (readonly number[])[],
  experts: number,
  width: number,
): readonly (readonly (readonly number[])[])[] =>
  physical.map((row) => {
    const replicas = Array.from({ length: experts }, (): number[] => []);
    row.forEach((expert, slot) => replicas[expert]!.push(slot));
    return replicas.map((own) => [...own, ...new Array<number>(width - own.length).fill(-1)]);
  });

/** [layer][expert] how many physical experts it has. */
export const replicaCounts = (
  physical: readonly (readonly number[])[],
  experts: number,
): readonly (readonly number[])[] =>
  physical.map((row) => {
    const counts = new Array<number>(experts).fill(0);
    for (const expert of row) counts[expert] = counts[expert]! + 1;
    return counts;
  });

/** Shares that are this near to each other are of one split, written and read again. */
const SAME_SHARE = 1e-6;

/** What a system that splits evenly makes of the placement's shares: one note, or none where they are even. */
export function unevenNotes(tables: PlacementTables, system: string): readonly string[] {
  const counts = replicaCounts(tables.physicalToLogical, tables.experts);
  let [slots, layers] = [0, 0];
  tables.split.forEach((shares, layer) => {
    const uneven = shares.filter((share, slot) => {
      const expert = tables.physicalToLogical[layer]![slot]!;
      return Math.abs(share - 1 / counts[layer]![expert]!) > SAME_SHARE;
    }).length;
    slots += uneven;
    layers += uneven > 0 ? 1 : 0;
  });
  if (slots === 0) return [];
  return [
    `${system} gives the replicas of an expert equal shares of its tokens; ${counted(slots, "slot")} in ${counted(layers, "layer")} were to take another share.${balancedBy(tables.balancedness)}`,
  ];
}

function balancedBy(balancedness: readonly number[] | undefined): string {
  if (balancedness === undefined || balancedness.length === 0) return "";
  const mean = balancedness.reduce((sum, each) => sum + each, 0) / balancedness.length;
  const worst = balancedness.reduce((least, each) => Math.min(least, each), 1);
  return ` Shared equally, its balancedness is ${mean.toFixed(3)} over layers, and ${worst.toFixed(3)} in the worst.`;
}

const counted = (value: number, what: string): string => `${String(value)} ${what}${value === 1 ? "" : "s"}`;

/** A table of numbers as JSON, a row a line. */
export const printRows = (rows: readonly (readonly unknown[])[]): string =>
  `[\n${rows.map((row) => `    ${JSON.stringify(row)}`).join(",\n")}\n  ]`;
