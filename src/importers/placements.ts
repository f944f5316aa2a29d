// A placement that serves now, for a rebalance to start from: what `weft place --json` printed, or what was emitted for EPLB, SGLang
// or vLLM, whose GPUs have slots in equal runs. Two replicas of an expert may be on one GPU, as EPLB may have put them.
import { counted, orFault, shown, Unreadable, within, type LoadsFault } from "./loads/fault.js";
import { parseJson } from "./loads/json.js";
import { listAt, wholeAt } from "./loads/numbers.js";
import { isObject, keysOf, type JsonRecord } from "./loads/record.js";

export interface ReadPlacement {
  /** [layer][slot] the expert that lives there. Every expert has a slot in every layer. */
  readonly physicalToLogical: readonly (readonly number[])[];
  /** [layer][slot] its GPU. */
  readonly gpuOfSlot: readonly (readonly number[])[];
  /** [layer][slot] share of the expert's tokens that it takes, where the file says it; those of an expert sum to one. */
  readonly split?: readonly (readonly number[])[];
}

/** What a placement must fit. */
export interface PlacementShape {
  readonly experts: number;
  readonly gpus: number;
  readonly layers?: number;
}

const HINT =
  'Name what "weft place --json" printed, or a file of "weft place --emit" for eplb, sglang or vllm: an object with physical_to_logical or physical_to_logical_map.';

export function parsePlacement(text: string, shape: PlacementShape): ReadPlacement | LoadsFault {
  return orFault(() => {
    if (!/\S/.test(text)) throw new Unreadable("the file", "it is empty", HINT);
    const data = parseJson(text);
    if (!isObject(data)) throw new Unreadable("the file", `it is ${shown(data)}, not an object`, HINT);
    const [key, rows] = mapOf(data);
    const physicalToLogical = expertsOf(rows, key, shape);
    const gpus = data["gpu_of_slot"];
    const split = data["split"];
    return {
      physicalToLogical,
      gpuOfSlot:
        gpus === undefined ? equalRuns(physicalToLogical, shape) : gpusOf(gpus, physicalToLogical, shape),
      ...(split === undefined ? {} : { split: sharesOf(split, physicalToLogical) }),
    };
  });
}

/** The map from slots to experts, and what it is called. */
function mapOf(data: JsonRecord): readonly [string, unknown] {
  for (const key of ["physical_to_logical", "physical_to_logical_map"])
    if (data[key] !== undefined) return [key, data[key]];
  const key = "initial_global_assignments";
  const layers = data[key];
  if (!isObject(layers)) throw new Unreadable("the file", `it holds no placement${keysOf(data)}`, HINT);
  const numbers = Object.keys(layers).map((layer) =>
    wholeAt(/^\d+$/.test(layer) ? Number(layer) : layer, `${key}, a layer`, 0, Number.MAX_SAFE_INTEGER, HINT),
  );
  return [key, numbers.sort((one, other) => one - other).map((layer) => layers[String(layer)])];
}

function expertsOf(value: unknown, key: string, shape: PlacementShape): readonly (readonly number[])[] {
  const rows = listAt(value, key, "a list with the slots of each layer", HINT);
  if (shape.layers !== undefined && rows.length !== shape.layers)
    throw new Unreadable(
      key,
      `it has ${counted(rows.length, "layer")}, and the loads have ${String(shape.layers)}`,
      "Name the placement of the model that the loads are of.",
    );
  return rows.map((row, layer) => {
    const place = within(key, `layer ${String(layer)}`);
    const experts = listAt(row, place, "a list with the expert of each slot", HINT).map((expert, slot) =>
      wholeAt(
        expert,
        within(place, `slot ${String(slot)}`),
        0,
        shape.experts - 1,
        `Layers have ${counted(shape.experts, "expert")}. Name the placement of the model that the loads are of.`,
      ),
    );
    const has = new Set(experts);
    for (let expert = 0; expert < shape.experts; expert++)
      if (!has.has(expert))
        throw new Unreadable(
          place,
          `expert ${String(expert)} has no slot`,
          `Layers have ${counted(shape.experts, "expert")}, and each needs a slot.`,
        );
    return experts;
  });
}

/** Slots as systems number them that do not say where one is: through the GPUs, as many on each. */
function equalRuns(
  experts: readonly (readonly number[])[],
  { gpus }: PlacementShape,
): readonly (readonly number[])[] {
  return experts.map((row, layer) => {
    if (row.length % gpus !== 0)
      throw new Unreadable(
        `layer ${String(layer)}`,
        `its ${counted(row.length, "slot")} do not divide by ${counted(gpus, "GPU")}, and nothing says which slot is where`,
        "Check the number of GPUs, or add gpu_of_slot[layer][slot].",
      );
    const own = row.length / gpus;
    return row.map((_, slot) => Math.floor(slot / own));
  });
}

function gpusOf(
  value: unknown,
  experts: readonly (readonly number[])[],
  { gpus }: PlacementShape,
): readonly (readonly number[])[] {
  const hint = `Write the GPU of each slot, 0 to ${String(gpus - 1)}; check the number of GPUs.`;
  return rowsLike(experts, value, "gpu_of_slot", hint).map(([row, place]) =>
    row.map((gpu, slot) => wholeAt(gpu, within(place, `slot ${String(slot)}`), 0, gpus - 1, hint)),
  );
}

/** Shares that are rounded sum to one but for this. */
const ROUNDING = 1e-3;

function sharesOf(value: unknown, experts: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const hint =
    "Write the share of its expert's tokens that each slot takes, above 0; those of an expert sum to 1.";
  return rowsLike(experts, value, "split", hint).map(([row, place], layer) => {
    const sums = new Map<number, number>();
    const shares = row.map((share, slot) => {
      if (typeof share !== "number" || !(share > 0 && share <= 1 + ROUNDING))
        throw new Unreadable(
          within(place, `slot ${String(slot)}`),
          `it is ${shown(share)}, and no share`,
          hint,
        );
      const expert = experts[layer]![slot]!;
      sums.set(expert, (sums.get(expert) ?? 0) + share);
      return share;
    });
    for (const [expert, sum] of sums)
      if (Math.abs(sum - 1) > ROUNDING)
        throw new Unreadable(place, `the shares of expert ${String(expert)} sum to ${String(sum)}`, hint);
    return shares;
  });
}

/** Rows as long as those of the experts, with the place of each. */
function rowsLike(
  experts: readonly (readonly number[])[],
  value: unknown,
  key: string,
  hint: string,
): readonly (readonly [readonly unknown[], string])[] {
  const rows = listAt(value, key, "a list with a row for each layer", hint);
  if (rows.length !== experts.length)
    throw new Unreadable(
      key,
      `it has ${counted(rows.length, "layer")}, and the slots have experts in ${String(experts.length)}`,
      hint,
    );
  return rows.map((row, layer) => {
    const place = within(key, `layer ${String(layer)}`);
    const own = listAt(row, place, "a list with a number for each slot", hint);
    if (own.length !== experts[layer]!.length)
      throw new Unreadable(
        place,
        `it has ${counted(own.length, "slot")}, and ${String(experts[layer]!.length)} have experts`,
        hint,
      );
    return [own, place] as const;
  });
}
