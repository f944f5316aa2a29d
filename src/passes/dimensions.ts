// The named dimensions of a plan: the model's, then those of the batch, of the number formats and of the slots.
import { bytesDimension, scaleBytesDimension } from "../plan/dimensions.js";
import type { Dimension, Dtype, Placement, Precision, PrecisionClass } from "../plan/types.gen.js";
import { mostSlots, mostTurns } from "../plan/placement.js";
import type { Program, TokenSpec } from "../check/program.js";
import type { Candidate } from "./candidate.js";

const dtypeBytes: Readonly<Record<Dtype, number>> = { f32: 4, u32: 4, bf16: 2, fp16: 2, fp8: 1 };
/** fp8 values carry an f32 scale for each 128; the other formats need none. */
const FP8_SCALE_BYTES = 4;

/** The declared bound on received rows, in thousandths since expressions are over integers: 1.25 is 1250. */
export const BOUND_DIMENSION = "bound_thousandths";
export const BOUND_SCALE = 1000;

export const slotsDimension = (placement: string): string => `${placement}.slots`;
/** Slots of the rank that has the most. */
export const ownSlotsDimension = (placement: string): string => `${placement}.own_slots`;

/** Entries of `replica_slot` in the layer that has most. */
export const turnsDimension = (placement: string): string => `${placement}.turns`;

type Batched = Pick<Candidate, "microBatches">;

/** Dimensions of the batch: those of one micro-batch of one rank. */
function batchDimensions(program: Program, candidate: Batched): Dimension[] {
  const { sequences, length, context } = program.schedule.batch;
  return [
    { name: "sequences", kind: "sequences", value: sequences / candidate.microBatches },
    { name: "length", kind: "length", value: length },
    { name: "context", kind: "context", value: context },
    {
      name: "tokens",
      kind: "derived",
      value: (sequences / candidate.microBatches) * length,
      expr: ["*", "sequences", "length"],
    },
  ];
}

/** Number format of each class of data, with the dimensions that hold its bytes. */
export function precisionsOf(program: Program): Precision[] {
  const classes = Object.entries(program.schedule.precision) as [PrecisionClass, Dtype][];
  return classes.map(([precisionClass, dtype]) => ({
    class: precisionClass,
    dtype,
    bytes: bytesDimension(precisionClass),
    scale_bytes: scaleBytesDimension(precisionClass),
  }));
}

function precisionDimensions(precisions: readonly Precision[]): Dimension[] {
  return precisions.flatMap(({ dtype, bytes, scale_bytes: scaleBytes }): Dimension[] => [
    { name: bytes, kind: "dtype_bytes", value: dtypeBytes[dtype] },
    { name: scaleBytes, kind: "dtype_bytes", value: dtype === "fp8" ? FP8_SCALE_BYTES : 0 },
  ]);
}

function slotDimensions(placements: readonly Placement[]): Dimension[] {
  return placements.flatMap((placement): Dimension[] => [
    { name: slotsDimension(placement.name), kind: "slots", value: placement.slots },
    { name: ownSlotsDimension(placement.name), kind: "slots", value: mostSlots(placement) },
    { name: turnsDimension(placement.name), kind: "slots", value: mostTurns(placement) },
  ]);
}

/** Where more than the bound ends the program, a miniature must be able to leave more room than the plan: so it is a dimension. */
function boundDimension({ bound, overflow }: TokenSpec): Dimension[] {
  if (bound === undefined) return [];
  const kind = overflow === "rounds" ? "fixed" : "bound";
  return [{ name: BOUND_DIMENSION, kind, value: Math.ceil(bound * BOUND_SCALE) }];
}

/** Every dimension of the plan, derived ones after what they derive from. */
export function planDimensions(
  program: Program,
  candidate: Batched,
  placements: readonly Placement[],
): Dimension[] {
  return [
    ...program.dimensions,
    ...batchDimensions(program, candidate),
    ...precisionDimensions(precisionsOf(program)),
    ...slotDimensions(placements),
    ...boundDimension(program.schedule.exchange.tokens),
  ];
}
